import type { CapabilitiesAnswer, ListenerWire, LoadBalancerWire, PlanAnswer } from '@elbow/api';
import { parseListenerCreate } from '@elbow/api';
import type { WarningCode } from '@elbow/model';
import { useQuery } from '@tanstack/react-query';
import { useSettled } from '../../certificates/use-settled.ts';
import { createBody } from '../form/listener-body.ts';
import type { ListenerValues } from '../form/listener-values.ts';
import { planPreview } from '../queries.ts';
import { serverSentence } from '../../server-words/server-words.ts';

export interface Surroundings {
  readonly loadBalancer: LoadBalancerWire;
  readonly siblings: readonly ListenerWire[];
  readonly capabilities: CapabilitiesAnswer;
}

export interface ServerView {
  readonly remarksOn: (field: string) => readonly string[];
  /** Too few addresses in the backend subnets: what is free and what is needed. */
  readonly shortage: Shortage | null;
}

export interface Shortage {
  readonly free: number;
  readonly needed: number;
}

/** What only the server can know; the rest the fields say by themselves. */
const serverCodes: readonly WarningCode[] = [
  'callerNotInWhitelist',
  'callerInBlacklist',
  'noSuiteForKey',
  'nameNotInSni',
  'certificateExpiresSoon',
];

/** Fields whose remarks stand at another one. */
const shownAt: Readonly<Record<string, string>> = { security_policy_id: 'tls_ciphers_policy' };

const settledMs = 400;

/** Lets the server try the listener out while it is being filled in: nothing stays of it. */
export function useServerView(values: ListenerValues, isNew: boolean, around: Surroundings): ServerView {
  const body = JSON.stringify(tryOutBody(values, isNew, around));
  const settled = useSettled(body, settledMs);
  const isFine = parseListenerCreate({ listener: JSON.parse(settled) as unknown }).ok;
  const preview = useQuery({
    ...planPreview({ listener: JSON.parse(settled) as ReturnType<typeof createBody> }),
    enabled: isFine,
  });
  const plan = isFine && settled === body ? preview.data : undefined;
  const shown = (plan?.warnings ?? []).filter(({ code }) => serverCodes.includes(code));
  return {
    remarksOn: (field) =>
      shown.filter((one) => fieldOf(one.field) === field).map(({ message }) => serverSentence(message)),
    shortage: plan === undefined ? null : shortageOf(plan),
  };
}

/** One that exists holds its own port: it is tried on another. */
function tryOutBody(
  values: ListenerValues,
  isNew: boolean,
  { loadBalancer, siblings, capabilities }: Surroundings,
) {
  const body = createBody(values, loadBalancer.id);
  if (isNew) return body;
  const used = new Set([values.protocol_port, ...siblings.map(({ protocol_port: port }) => port)]);
  const free = Array.from({ length: 100 }, (_, at) => capabilities.lowest_port + 40_000 + at);
  return { ...body, protocol_port: Math.min(free.find((port) => !used.has(port)) ?? 65_000, 65_535) };
}

function fieldOf(path: string): string {
  const field = path.replace(/^listener\./, '');
  return shownAt[field] ?? field;
}

/** Code of the API for backend subnets that have run out. */
export const subnetShort = 'ELB.8934';

export function shortageOf({ errors }: Pick<PlanAnswer, 'errors'>): Shortage | null {
  const found = errors.find(({ code }) => code === subnetShort);
  if (found === undefined) return null;
  const needed = Number(/^(\d+) more/.exec(found.message)?.[1] ?? 0);
  const free = [...found.message.matchAll(/: (\d+) free/g)].reduce(
    (sum, [, count]) => sum + Number(count),
    0,
  );
  return { free, needed };
}

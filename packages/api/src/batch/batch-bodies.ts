import { accepted, invalidField, mapOutcome, type Outcome, problem, refused } from '@elbow/model';
import { z } from 'zod';
import { type LoadBalancerCreate, parseLoadBalancerCreate } from '../load-balancer/load-balancer-body.ts';
import { isRecord } from '../schema/is-record.ts';
import { parseBody, parsePlainBody } from '../schema/parse-body.ts';
import { certificateId, flag, integer, line, says, uuid } from '../schema/values.ts';

/** One call changes no more than this. */
const mostItems = 200;

const different = (ids: readonly string[]): boolean => new Set(ids).size === ids.length;

function idList(id: z.ZodType<string>, most = mostItems) {
  return z
    .array(id, says('must be a list of ids'))
    .min(1, 'must hold at least one id')
    .max(most, `must hold at most ${most} ids`)
    .refine(different, 'must not hold an id twice');
}

const listeners = z.strictObject({ listener_ids: idList(uuid, 10) });
const pools = z.strictObject({ pools: idList(uuid) });
const certificates = z.strictObject({ certificates: idList(certificateId) });
const cascade = { unbounded_pool: flag.default(true), public_ip: flag.default(false) };
const loadBalancers = z.strictObject({ loadbalancer_ids: idList(uuid, 50), ...cascade });
const cascadeBody = z.strictObject(cascade);
const zones = z.strictObject({
  availability_zone_list: z
    .array(line(64).min(1, 'must not be empty'), says('must be a list of zone codes'))
    .min(1, 'must name at least one availability zone'),
});

export function parseListenerIds(body: unknown): Outcome<readonly string[]> {
  return mapOutcome(parsePlainBody(listeners, body), (wire) => wire.listener_ids);
}

export function parsePoolIds(body: unknown): Outcome<readonly string[]> {
  return mapOutcome(parsePlainBody(pools, body), (wire) => wire.pools);
}

export function parseCertificateIds(body: unknown): Outcome<readonly string[]> {
  return mapOutcome(parsePlainBody(certificates, body), (wire) => wire.certificates);
}

/** What goes along with a load balancer; its public address returns to the pool of the settings in any case. */
export interface Cascade {
  /** Pools that nothing else uses. */
  readonly removesPools: boolean;
}

export function parseCascade(body: unknown): Outcome<Cascade> {
  return mapOutcome(parseBody('loadbalancer', cascadeBody, body), (wire) => ({
    removesPools: wire.unbounded_pool,
  }));
}

export function parseLoadBalancerIds(body: unknown): Outcome<Cascade & { readonly ids: readonly string[] }> {
  return mapOutcome(parsePlainBody(loadBalancers, body), (wire) => ({
    ids: wire.loadbalancer_ids,
    removesPools: wire.unbounded_pool,
  }));
}

export function parseZones(body: unknown): Outcome<readonly string[]> {
  return mapOutcome(parsePlainBody(zones, body), (wire) => [...new Set(wire.availability_zone_list)]);
}

export interface LoadBalancerBatch {
  /** In the order in which they are made. */
  readonly wishes: readonly LoadBalancerCreate[];
}

/** Every copy would want it. */
const onlyForOne = ['vip_address', 'ipv6_vip_address', 'publicip_ids'] as const;

const number = integer(1, 10).default(1);

/** A create body with `number`: more than one get names that end in `-0001`, `-0002`, … */
export function parseLoadBalancerBatch(body: unknown): Outcome<LoadBalancerBatch> {
  const wrapped = isRecord(body) ? body['loadbalancer'] : undefined;
  if (!isRecord(body) || !isRecord(wrapped)) return refused(problem('invalidInput', wrapperRule));
  const { number: count, ...fields } = wrapped;
  const parsedCount = number.safeParse(count);
  if (!parsedCount.success)
    return refused(invalidField('loadbalancer.number', 'must be an integer from 1 to 10'));
  const single = onlyForOne.find((name) => wrapped[name] !== undefined && wrapped[name] !== null);
  if (parsedCount.data > 1 && single !== undefined)
    return refused(invalidField(`loadbalancer.${single}`, 'can be given for one load balancer only'));
  const parsed = parseLoadBalancerCreate({ ...body, loadbalancer: fields });
  if (!parsed.ok) return parsed;
  if (parsedCount.data === 1) return accepted({ wishes: [parsed.value] });
  const wishes = Array.from({ length: parsedCount.data }, (_, at) => ({
    ...parsed.value,
    name: withEnding(parsed.value.name, `-${String(at + 1).padStart(4, '0')}`),
  }));
  return accepted({ wishes });
}

const wrapperRule = 'the request body must be a JSON object with the key loadbalancer';

/** Longest name of anything. */
const longestName = 255;

/** @returns the name with the ending, shortened where both do not fit */
export function withEnding(name: string, ending: string): string {
  return [...name].slice(0, longestName - ending.length).join('') + ending;
}

/** For documents that are made from the schemas. */
export const batchBodies = {
  listeners,
  pools,
  certificates,
  loadBalancers,
  cascade: cascadeBody,
  zones,
  number,
} as const;

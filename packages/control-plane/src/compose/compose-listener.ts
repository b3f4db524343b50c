import { atMember, type ComposeWish, parseCompose } from '@elbow/api';
import type { Problem } from '@elbow/model';
import type { Reader, Row } from '@elbow/store';
import { createRow } from '../services/crud/crud.ts';
import { healthMonitorDescriptor } from '../services/pools/health-monitors.ts';
import { listenerDescriptor } from '../services/listeners/listeners.ts';
import { memberDescriptor } from '../services/pools/members.ts';
import { poolDescriptor } from '../services/pools/pools.ts';
import { Refusal, valueOf } from '../services/crud/refusal.ts';
import type { Answer, Call, ServiceContext, Unit } from '../services/crud/service-context.ts';

/** What has been made; in a preview some of it may be missing. */
export interface Composed {
  readonly pool: Row<'pool'> | null;
  readonly healthMonitor: Row<'healthMonitor'> | null;
  readonly members: readonly Row<'member'>[];
  readonly listener: Row<'listener'> | null;
}

/** Told of what a step refused; throws, unless the steps that are left are to be tried too. */
export type OnRefusal = (problems: readonly Problem[]) => void;

/** `POST /elbow/v1/listeners/compose`: a listener with its pool, members and health monitor, all of them or none. */
export async function composeListener(context: ServiceContext, call: Call): Promise<Answer> {
  const wish = valueOf(parseCompose(call.body));
  const { value, revision } = await context.store.write(async (writer) => {
    const composed = await compose({ context, unit: { writer, call } }, wish, refuseAll);
    return composedToWire(context, writer, composed);
  });
  return { status: 201, body: value, revision };
}

function refuseAll([first, ...others]: readonly Problem[]): void {
  if (first !== undefined) throw new Refusal(first, others);
}

export interface ComposeStage {
  readonly context: ServiceContext;
  readonly unit: Unit;
}

/** Makes everything inside a unit by the rules that each part has by itself. @throws Refusal */
export async function compose(
  { context, unit }: ComposeStage,
  wish: ComposeWish,
  onRefusal: OnRefusal,
): Promise<Composed> {
  const step = <T>(work: () => Promise<T>, at?: number): Promise<T | null> => tried(work, onRefusal, at);
  const { pool: poolWish, healthMonitor: monitorWish, listener: listenerWish } = wish;
  const pool =
    poolWish === null ? null : await step(() => createRow(context, poolDescriptor(context), unit, poolWish));
  const poolId = poolWish === null ? listenerWish.defaultPoolId : (pool?.id ?? null);
  const listener = await step(() =>
    createRow(context, listenerDescriptor(context), unit, { ...listenerWish, defaultPoolId: poolId }),
  );
  if (poolId === null) return { pool, listener, healthMonitor: null, members: [] };
  const healthMonitor =
    monitorWish === null
      ? null
      : await step(() => createRow(context, healthMonitorDescriptor(), unit, { ...monitorWish, poolId }));
  // Members find their pool by the path of their call.
  const inPool = { writer: unit.writer, call: { ...unit.call, params: { pool_id: poolId } } };
  const members: Row<'member'>[] = [];
  for (const [at, member] of wish.members.entries()) {
    const row = await step(() => createRow(context, memberDescriptor(context), inPool, member), at);
    if (row !== null) members.push(row);
  }
  return { pool, listener, healthMonitor, members };
}

/** @param at place in the list of members, of a step that makes one */
async function tried<T>(work: () => Promise<T>, onRefusal: OnRefusal, at?: number): Promise<T | null> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const problems = [error.problem, ...error.others];
    onRefusal(at === undefined ? problems : problems.map((problem) => atMember(problem, at)));
    return null;
  }
}

/** Each part as its own call would answer it. */
export async function composedToWire(context: ServiceContext, reader: Reader, composed: Composed) {
  const { pool, listener, healthMonitor, members } = composed;
  const [poolWire] = await poolDescriptor(context).toWire(reader, pool === null ? [] : [pool]);
  const [listenerWire] = await listenerDescriptor(context).toWire(
    reader,
    listener === null ? [] : [listener],
  );
  const [monitorWire] = await healthMonitorDescriptor().toWire(
    reader,
    healthMonitor === null ? [] : [healthMonitor],
  );
  return {
    listener: listenerWire ?? null,
    pool: poolWire ?? null,
    healthmonitor: monitorWire ?? null,
    members: await memberDescriptor(context).toWire(reader, members),
  };
}

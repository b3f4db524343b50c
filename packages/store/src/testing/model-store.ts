import type { ResourceKind, Resources } from '@elbow/model';
import type { ListQuery, Row } from '../store.ts';

/** One step of a unit, as data. */
export type Step =
  | {
      readonly [K in ResourceKind]: {
        readonly do: 'insert' | 'update';
        readonly kind: K;
        readonly row: Row<K>;
      };
    }[ResourceKind]
  | { readonly do: 'remove'; readonly kind: ResourceKind; readonly id: string }
  | { readonly do: 'touch'; readonly id: string };

type AnyRow = Resources[ResourceKind];
type Table = ReadonlyMap<string, AnyRow>;

/** What a store holds, as plain maps in order of insertion: the rules once more, told in the simplest way. */
export interface ModelState {
  readonly tables: Readonly<Record<ResourceKind, Table>>;
  readonly revisions: ReadonlyMap<string, number>;
}

const EMPTY: Table = new Map();

export const emptyState: ModelState = {
  tables: {
    loadBalancer: EMPTY,
    listener: EMPTY,
    pool: EMPTY,
    member: EMPTY,
    certificate: EMPTY,
    securityPolicy: EMPTY,
    healthMonitor: EMPTY,
    ipGroup: EMPTY,
    l7Policy: EMPTY,
    l7Rule: EMPTY,
    job: EMPTY,
    recycledLoadBalancer: EMPTY,
  },
  revisions: new Map(),
};

/** The errors one of which the step must give; none when it must succeed. */
export function violationsOf(state: ModelState, step: Step): readonly string[] {
  switch (step.do) {
    case 'touch':
      return [];
    case 'remove':
      if (!state.tables[step.kind].has(step.id)) return ['UnknownRow'];
      return isReferredTo(state, step.kind, step.id) ? ['RowInUse'] : [];
    case 'update':
      if (!state.tables[step.kind].has(step.row.id)) return ['UnknownRow'];
      return rowViolations(withoutRow(state, step.kind, step.row.id), step.kind, step.row);
    case 'insert': {
      const isTaken = state.tables[step.kind].has(step.row.id);
      return [...(isTaken ? ['DuplicateRow id'] : []), ...rowViolations(state, step.kind, step.row)];
    }
  }
}

/** The state after a step that succeeds. */
export function afterStep(state: ModelState, step: Step): ModelState {
  if (step.do === 'touch') return state;
  const table = new Map(state.tables[step.kind]);
  if (step.do === 'remove') table.delete(step.id);
  else table.set(step.row.id, step.row);
  return { ...state, tables: { ...state.tables, [step.kind]: table } };
}

export function listOf<K extends ResourceKind>(
  state: ModelState,
  kind: K,
  query: ListQuery<K>,
): readonly AnyRow[] {
  const all = [...state.tables[kind].values()];
  const markerAt = all.findIndex((row) => row.id === query.marker);
  const isReverse = query.isReverse ?? false;
  const side = isReverse ? all.slice(0, markerAt < 0 ? all.length : markerAt) : all.slice(markerAt + 1);
  const matching = side.filter((row) => matches(row, query));
  const limit = query.limit ?? matching.length;
  return isReverse ? matching.slice(Math.max(0, matching.length - limit)) : matching.slice(0, limit);
}

function matches<K extends ResourceKind>(row: AnyRow, { where = {} }: ListQuery<K>): boolean {
  const values: Readonly<Record<string, unknown>> = { ...row };
  return Object.entries<readonly unknown[] | undefined>(where).every(
    ([attribute, wanted]) => wanted === undefined || wanted.includes(values[attribute] ?? null),
  );
}

function rowViolations(state: ModelState, kind: ResourceKind, row: AnyRow): readonly string[] {
  const others = [...state.tables[kind].values()];
  const taken = uniqueKeys(kind, row).filter(([name, key]) =>
    others.some((other) => uniqueKeys(kind, other).some(([n, k]) => n === name && k === key)),
  );
  const isDangling = references(row).some(([target, id]) => !state.tables[target].has(id));
  return [...taken.map(([name]) => `DuplicateRow ${name}`), ...(isDangling ? ['UnknownReference'] : [])];
}

function withoutRow(state: ModelState, kind: ResourceKind, id: string): ModelState {
  return afterStep(state, { do: 'remove', kind, id });
}

function isReferredTo(state: ModelState, kind: ResourceKind, id: string): boolean {
  const rows = Object.values(state.tables).flatMap((table) => [...table.values()]);
  return rows.some((row) => references(row).some(([target, targetId]) => target === kind && targetId === id));
}

function uniqueKeys(kind: ResourceKind, row: AnyRow): readonly (readonly [name: string, key: string])[] {
  if ('vipAddress' in row)
    return row.vipAddress === null ? [] : [['loadBalancer.vipAddress', row.vipAddress]];
  if (kind === 'listener' && 'defaultPoolId' in row)
    return [['listener.port', `${row.loadBalancerId} ${row.port}`]];
  if ('urlPath' in row) return [['healthMonitor.poolId', row.poolId]];
  if ('poolId' in row) return [['member.address', `${row.poolId} ${row.address} ${row.port}`]];
  return [];
}

function references(row: AnyRow): readonly (readonly [ResourceKind, string])[] {
  const found: (readonly [ResourceKind, string])[] = [];
  if ('loadBalancerId' in row && row.loadBalancerId !== null)
    found.push(['loadBalancer', row.loadBalancerId]);
  if ('defaultPoolId' in row && row.defaultPoolId !== null) found.push(['pool', row.defaultPoolId]);
  if ('poolId' in row) found.push(['pool', row.poolId]);
  if ('certificateId' in row) found.push(['certificate', row.certificateId]);
  if ('listenerId' in row) found.push(['listener', row.listenerId]);
  if ('redirectPoolId' in row && row.redirectPoolId !== null) found.push(['pool', row.redirectPoolId]);
  if ('redirectListenerId' in row && row.redirectListenerId !== null)
    found.push(['listener', row.redirectListenerId]);
  if ('policyId' in row) found.push(['l7Policy', row.policyId]);
  return found;
}

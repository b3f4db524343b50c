import type { ResourceKind } from '@elbow/model';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DuplicateRow } from '../errors.ts';
import type { ListQuery, Store, Writer } from '../store.ts';
import { afterStep, emptyState, listOf, type ModelState, type Step, violationsOf } from './model-store.ts';
import {
  aCertificate,
  aHealthMonitor,
  aLoadBalancer,
  aMember,
  anHttpListener,
  anHttpsListener,
  aPool,
} from './rows.ts';

interface Unit {
  readonly steps: readonly Step[];
  readonly throwsAtEnd: boolean;
}

/** Any sequence of units, some of them at the same time, does to a store what it does to plain maps. */
export function describeModelContract(store: () => Store): void {
  describe('any sequence of units', () => {
    it('does what the model says', { timeout: 60_000 }, async () => {
      let succeeded = 0;
      await fc.assert(
        fc.asyncProperty(batches, queries, async (batches, lookups) => {
          await empty(store());
          const base = (await store().changesSince(0)).revision;
          let state = emptyState;
          for (const units of [FOUNDATION, ...batches]) {
            const expected = units.map((unit) => {
              const outcome = expectUnit(state, unit, base);
              state = outcome.state;
              return outcome;
            });
            const actual = await Promise.all(units.map((unit) => runUnit(store(), unit)));
            actual.forEach((outcome, i) => expect(expected[i]?.allowed).toContain(outcome));
            succeeded += actual.filter((outcome) => outcome.startsWith('revision')).length;
          }
          await expectState(store(), state, base);
          for (const query of lookups) await expectList(store(), state, query);
        }),
        { numRuns: 40 },
      );
      // A generator whose units all fail would prove nothing.
      expect(succeeded).toBeGreaterThan(100);
    });
  });
}

function expectUnit(
  before: ModelState,
  { steps, throwsAtEnd }: Unit,
  base: number,
): { readonly state: ModelState; readonly allowed: readonly string[] } {
  let state = before;
  for (const step of steps) {
    const violations = violationsOf(state, step);
    if (violations.length > 0) return { state: before, allowed: violations };
    state = afterStep(state, step);
  }
  if (throwsAtEnd) return { state: before, allowed: ['RangeError'] };
  const touched = steps.flatMap((step) => (step.do === 'touch' ? [step.id] : []));
  if (touched.length === 0) return { state, allowed: ['revision 0'] };
  const revision = Math.max(base, ...state.revisions.values()) + 1;
  const revisions = new Map([...state.revisions, ...touched.map((id) => [id, revision] as const)]);
  return { state: { ...state, revisions }, allowed: [`revision ${revision}`] };
}

async function runUnit(store: Store, { steps, throwsAtEnd }: Unit): Promise<string> {
  const work = async (writer: Writer): Promise<void> => {
    for (const step of steps) await runStep(writer, step);
    if (throwsAtEnd) throw new RangeError('at the end');
  };
  try {
    return `revision ${(await store.write(work)).revision}`;
  } catch (error) {
    if (error instanceof DuplicateRow) return `DuplicateRow ${error.constraint}`;
    return (error as Error).name;
  }
}

async function runStep(writer: Writer, step: Step): Promise<void> {
  switch (step.do) {
    case 'touch':
      return writer.touch(step.id);
    case 'remove':
      return writer.remove(step.kind, step.id);
    default:
      return writer[step.do](step.kind, step.row);
  }
}

const KINDS: readonly ResourceKind[] = [
  'healthMonitor',
  'member',
  'listener',
  'pool',
  'certificate',
  'loadBalancer',
];

async function empty(store: Store): Promise<void> {
  await store.write(async (writer) => {
    for (const kind of KINDS) {
      for (const { id } of await writer.list(kind, {})) await writer.remove(kind, id);
    }
  });
}

async function expectState(store: Store, state: ModelState, base: number): Promise<void> {
  await store.read(async (reader) => {
    for (const kind of KINDS) {
      expect(await reader.list(kind, {})).toEqual([...state.tables[kind].values()]);
      expect(await reader.count(kind, {})).toBe(state.tables[kind].size);
    }
  });
  const byRevision = [...state.revisions].sort(([a, x], [b, y]) => x - y || (a < b ? -1 : 1));
  expect(await store.changesSince(base)).toEqual({
    revision: Math.max(base, ...state.revisions.values()),
    loadBalancerIds: byRevision.map(([id]) => id),
  });
}

async function expectList(store: Store, state: ModelState, query: ListQuery<'listener'>): Promise<void> {
  const list = store.read((reader) => reader.list('listener', query));
  if (query.marker !== undefined && !state.tables.listener.has(query.marker)) {
    await expect(list).rejects.toThrow('not a known id');
  } else {
    expect(await list).toEqual(listOf(state, 'listener', query));
  }
}

const idOf = (prefix: string, count: number): fc.Arbitrary<string> =>
  fc.nat({ max: count - 1 }).map((i) => `${prefix}${i}`);
const orNull = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(value, { nil: null });

const loadBalancerId = idOf('lb', 3);
const poolId = idOf('pool', 3);
const certificateId = idOf('certificate', 2);
const listenerId = idOf('listener', 5);
const change = fc.constantFrom('insert' as const, 'insert' as const, 'update' as const);
const name = fc.string({ maxLength: 5 });

const step: fc.Arbitrary<Step> = fc.oneof(
  fc
    .record({ do: change, id: loadBalancerId, vipAddress: orNull(idOf('127.0.0.', 3)), name })
    .map(
      ({ do: verb, id, ...row }): Step => ({ do: verb, kind: 'loadBalancer', row: aLoadBalancer(id, row) }),
    ),
  fc
    .record({ do: change, id: certificateId, name })
    .map(({ do: verb, id, ...row }): Step => ({ do: verb, kind: 'certificate', row: aCertificate(id, row) })),
  fc
    .record({ do: change, id: poolId, loadBalancerId: orNull(loadBalancerId), name })
    .map(({ do: verb, id, ...row }): Step => ({ do: verb, kind: 'pool', row: aPool(id, row) })),
  fc
    .record({
      do: change,
      id: listenerId,
      loadBalancerId,
      port: fc.integer({ min: 1, max: 4 }),
      defaultPoolId: orNull(poolId),
    })
    .map(({ do: verb, id, ...row }): Step => ({ do: verb, kind: 'listener', row: anHttpListener(id, row) })),
  fc
    .record({
      do: change,
      id: listenerId,
      loadBalancerId,
      port: fc.integer({ min: 1, max: 4 }),
      certificateId,
    })
    .map(({ do: verb, id, ...row }): Step => ({ do: verb, kind: 'listener', row: anHttpsListener(id, row) })),
  fc
    .record({ do: change, id: idOf('member', 4), poolId, address: idOf('10.0.0.', 2) })
    .map(({ do: verb, id, ...row }): Step => ({ do: verb, kind: 'member', row: aMember(id, row) })),
  fc
    .record({ do: change, id: idOf('monitor', 3), poolId, name })
    .map(
      ({ do: verb, id, ...row }): Step => ({ do: verb, kind: 'healthMonitor', row: aHealthMonitor(id, row) }),
    ),
  fc.oneof(
    fc.record({
      do: fc.constant('remove' as const),
      kind: fc.constant('healthMonitor' as const),
      id: idOf('monitor', 3),
    }),
    fc.record({
      do: fc.constant('remove' as const),
      kind: fc.constant('loadBalancer' as const),
      id: loadBalancerId,
    }),
    fc.record({ do: fc.constant('remove' as const), kind: fc.constant('pool' as const), id: poolId }),
    fc.record({
      do: fc.constant('remove' as const),
      kind: fc.constant('certificate' as const),
      id: certificateId,
    }),
    fc.record({ do: fc.constant('remove' as const), kind: fc.constant('listener' as const), id: listenerId }),
    fc.record({
      do: fc.constant('remove' as const),
      kind: fc.constant('member' as const),
      id: idOf('member', 4),
    }),
  ),
  fc.record({ do: fc.constant('touch' as const), id: loadBalancerId }),
);

/** Something to refer to, so that not every unit fails on its references. */
const FOUNDATION: readonly Unit[] = [
  {
    steps: [
      { do: 'insert', kind: 'loadBalancer', row: aLoadBalancer('lb0') },
      { do: 'insert', kind: 'loadBalancer', row: aLoadBalancer('lb1') },
      { do: 'insert', kind: 'certificate', row: aCertificate('certificate0') },
      { do: 'insert', kind: 'pool', row: aPool('pool0', { loadBalancerId: 'lb0' }) },
      { do: 'insert', kind: 'listener', row: anHttpListener('listener0', { loadBalancerId: 'lb1' }) },
      { do: 'insert', kind: 'member', row: aMember('member0', { poolId: 'pool0' }) },
    ],
    throwsAtEnd: false,
  },
];

const unit: fc.Arbitrary<Unit> = fc.record({
  steps: fc.array(step, { minLength: 1, maxLength: 3 }),
  throwsAtEnd: fc.nat({ max: 9 }).map((n) => n === 0),
});

const batches = fc.array(fc.array(unit, { minLength: 1, maxLength: 12 }), { minLength: 1, maxLength: 6 });

const queries = fc.array(
  fc.record(
    {
      marker: listenerId,
      limit: fc.integer({ min: 0, max: 4 }),
      isReverse: fc.boolean(),
      where: fc.record(
        {
          port: fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 3 }),
          protocol: fc.array(fc.constantFrom('HTTP', 'HTTPS'), { maxLength: 2 }),
          defaultPoolId: fc.array(orNull(poolId), { maxLength: 2 }),
          certificateId: fc.array(orNull(certificateId), { maxLength: 2 }),
          isHttp2Enabled: fc.array(orNull(fc.boolean()), { maxLength: 2 }),
        },
        { requiredKeys: [] },
      ),
    },
    { requiredKeys: [] },
  ),
  { maxLength: 6 },
);

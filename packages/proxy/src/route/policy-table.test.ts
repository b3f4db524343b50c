import type { PolicyEntry } from '@elbow/plan';
import { RequestFacts } from '@elbow/traffic';
import { describe, expect, it } from 'vitest';
import { sharedForm } from './shared-form.ts';
import { prepareTable } from './table-change.ts';

function entry(at: number): PolicyEntry {
  const path = { kind: 'path', compare: 'prefix', values: [`/app${at}/`] } as const;
  const method = { kind: 'method', values: ['GET', 'POST'] } as const;
  const action = { kind: 'fixed', status: 200, contentType: 'text/plain', body: 'a\nb ☕' } as const;
  return {
    id: `policy-${at}`,
    conditions: [path, method],
    action,
    limit: null,
    removedFields: [],
    writtenFields: [],
  };
}

const sealingKey = new Uint8Array(32);
const facts = (target: string) =>
  new RequestFacts({ method: 'GET', target, authority: 'x.test', fields: '', address: '127.0.0.1' });

describe('a table of 10,000 policies', () => {
  const policies = Array.from({ length: 10_000 }, (_, at) => entry(at));
  const lines = [sharedForm({ kind: 'policyBlock', id: 'policy-0', policies })];

  it('is read in slices: the event loop has many turns meanwhile', async () => {
    let turns = 0;
    let isDone = false;
    const count = (): void => {
      turns++;
      if (!isDone) setImmediate(count);
    };
    setImmediate(count);
    const { table } = await prepareTable(lines, sealingKey, null);
    isDone = true;
    expect(table.index.policies).toHaveLength(10_000);
    expect(turns).toBeGreaterThan(3);
    expect(table.index.find(facts('/app9999/x'))?.entry).toEqual(policies[9999]);
    expect(table.index.find(facts('/app10000/x'))).toBeNull();
  });
});

describe('pools of a policy', () => {
  const forward = (at: number, weights: readonly number[], stickyMs: number | null = null): PolicyEntry => ({
    ...entry(at),
    action: {
      kind: 'forward',
      pools: weights.map((weight, pool) => ({ poolId: `pool-${pool}`, weight })),
      stickyMs,
      rewrite: null,
      cors: null,
      mirror: null,
    },
  });

  it('take turns by their weights in all workers together, each policy by itself', async () => {
    const policies = [forward(1, [3, 1]), forward(2, [0, 0]), forward(3, [1, 1])];
    const shared = sharedForm({ kind: 'policyBlock', id: 'b', policies });
    // Each worker is a thread, and reads the memory by an object of its own.
    const workers = [1, 2, 3]
      .map(() => structuredClone(shared))
      .map((own) => prepareTable([own], sealingKey, null));
    const tables = (await Promise.all(workers)).map(({ table }) => table);
    const picks = Array.from({ length: 12 }, (_, turn) => {
      const table = tables[turn % tables.length]!;
      return table.nextPool(table.index.policies[0]!);
    });
    for (let start = 0; start < 12; start += 4)
      expect(picks.slice(start, start + 4).toSorted()).toEqual([0, 0, 0, 1]);
    const [table] = tables;
    expect(table!.nextPool(table!.index.policies[1]!)).toBe(-1);
    expect([1, 2].map(() => table!.nextPool(table!.index.policies[2]!)).toSorted()).toEqual([0, 1]);
  });

  it('are named in cookies that only this policy can make', async () => {
    const policies = [forward(1, [1, 1], 60_000), forward(2, [1, 1], 60_000), forward(3, [1, 1])];
    const shared = sharedForm({ kind: 'policyBlock', id: 'b', policies });
    const { table } = await prepareTable([shared], sealingKey, null);
    const [one, other, none] = table.index.policies.map((policy) => table.stickyChoice(policy));
    const sealed = one!.seal.seal('pool-1');
    expect(sealed).not.toContain('pool-1');
    expect([one!.seal.open(sealed), other!.seal.open(sealed), none]).toEqual(['pool-1', null, null]);
  });
});

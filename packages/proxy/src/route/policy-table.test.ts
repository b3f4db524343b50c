import type { PolicyEntry } from '@elbow/plan';
import { RequestFacts } from '@elbow/traffic';
import { describe, expect, it } from 'vitest';
import { readPolicyTable } from './policy-table.ts';
import { sharedForm } from './shared-form.ts';

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

const facts = (target: string) =>
  new RequestFacts({ method: 'GET', target, authority: 'x.test', fields: '', address: '127.0.0.1' });

describe('a table of 10,000 policies', () => {
  const policies = Array.from({ length: 10_000 }, (_, at) => entry(at));
  const lines = sharedForm({ kind: 'policyTable', id: 'listener', policies });

  it('is read in slices: the event loop has many turns meanwhile', async () => {
    let turns = 0;
    let isDone = false;
    const count = (): void => {
      turns++;
      if (!isDone) setImmediate(count);
    };
    setImmediate(count);
    const table = await readPolicyTable(lines);
    isDone = true;
    expect(table.index.policies).toHaveLength(10_000);
    expect(turns).toBeGreaterThan(3);
    expect(table.index.find(facts('/app9999/x'))?.entry).toEqual(policies[9999]);
    expect(table.index.find(facts('/app10000/x'))).toBeNull();
  });
});

describe('pools of a policy', () => {
  it('take turns by their weights, each policy by itself', async () => {
    const table = await readPolicyTable(
      sharedForm({ kind: 'policyTable', id: 'l', policies: [entry(1), entry(2)] }),
    );
    const [one, other] = table.index.policies;
    const picks = Array.from({ length: 8 }, () => table.nextPool(one!, [3, 1]));
    expect(picks.filter((pick) => pick === 0)).toHaveLength(6);
    expect(table.nextPool(other!, [0, 0])).toBe(-1);
  });
});

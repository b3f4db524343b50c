import type { PolicyEntry } from '@elbow/plan';
import { firstHolding, RequestFacts } from '@elbow/traffic';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PolicyTable } from './policy-table.ts';
import { sharedForm } from './shared-form.ts';
import { prepareTable } from './table-change.ts';

const sealingKey = new Uint8Array(32);

/** Policies of few hosts, paths and methods, so that many fit one request and the order decides. */
function entry(id: string): PolicyEntry {
  const number = Number.parseInt(id, 36);
  const host = { kind: 'host', patterns: [['a.test', '*.test', 'b.*'][number % 3]!] } as const;
  const path = {
    kind: 'path',
    compare: (['prefix', 'exact', 'regex'] as const)[number % 3]!,
    values: [['/', '/x', '/x/y'][(number % 5) % 3]!],
  } as const;
  const method = { kind: 'method', values: ['GET'] } as const;
  const conditions = [[host, path], [path], [host], [method], [method, host, path]][number % 5]!;
  const action = { kind: 'fixed', status: 200, contentType: 'text/plain', body: id } as const;
  return { id, conditions, action, limit: null, removedFields: [], writtenFields: [] };
}

type Block = readonly string[];

const memory = new Map<string, SharedArrayBuffer>();

/** The same block is the same memory, as a worker gets it. */
function shared(block: Block): SharedArrayBuffer {
  const key = block.join();
  let known = memory.get(key);
  if (known === undefined) {
    known = sharedForm({ kind: 'policyBlock', id: block[0]!, policies: block.map(entry) });
    memory.set(key, known);
  }
  return known;
}

const requests = ['a.test', 'c.test', 'b.x', ''].flatMap((authority) =>
  ['/', '/x', '/x/y', '/x/y/z'].flatMap((target) =>
    ['GET', 'PUT'].map((method) => ({ authority, target, method, fields: '', address: '192.0.2.1' })),
  ),
);

function expectRight(table: PolicyTable, blocks: readonly Block[]): void {
  expect(table.index.policies.map((policy) => policy.entry.id)).toEqual(blocks.flat());
  for (const request of requests) {
    const facts = new RequestFacts(request);
    expect(table.index.find(facts)).toBe(firstHolding(table.index.policies, facts));
  }
}

const id = fc.nat(400).map((number) => number.toString(36));
/** Tables with different policies, each cut in blocks of a few. */
const table = fc
  .tuple(fc.uniqueArray(id, { minLength: 1, maxLength: 30 }), fc.integer({ min: 1, max: 6 }))
  .map(([ids, length]) =>
    Array.from({ length: Math.ceil(ids.length / length) }, (_, at) =>
      ids.slice(at * length, (at + 1) * length),
    ),
  );
/** A table and what becomes of it: blocks go, others come, some change places. */
const changes = fc.array(fc.tuple(table, fc.nat(5), fc.boolean()), { minLength: 1, maxLength: 5 });

describe('a table whose blocks change', () => {
  it('answers as one that is made anew', async () => {
    let keptTables = 0;
    await fc.assert(
      fc.asyncProperty(table, changes, async (first, steps) => {
        memory.clear();
        let blocks: readonly Block[] = first;
        let { table: current } = await prepareTable(blocks.map(shared), sealingKey, null);
        expectRight(current, blocks);
        for (const [fresh, place, isTurned] of steps) {
          const known = new Set(fresh.flat());
          const stay = blocks.filter((block) => !block.some((one) => known.has(one)));
          const next = [...stay.slice(0, place), ...fresh, ...stay.slice(place)];
          if (isTurned) next.reverse();
          const change = await prepareTable(next.map(shared), sealingKey, current);
          // Until it is entered, requests meet the table as it was.
          expectRight(current, blocks);
          change.enter();
          if (change.table === current) keptTables++;
          current = change.table;
          blocks = next;
          expectRight(current, blocks);
        }
      }),
      { numRuns: 150 },
    );
    expect(keptTables).toBeGreaterThan(20);
  });
});

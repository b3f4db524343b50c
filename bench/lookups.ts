import type { PolicyEntry } from '../packages/plan/src/index.ts';
import { prepareTable } from '../packages/proxy/src/route/table-change.ts';
import { sharedForm } from '../packages/proxy/src/route/shared-form.ts';
import { AddressSet, RequestFacts } from '../packages/traffic/src/index.ts';

/**
 * What looking up costs among 10,000 policies and 100,000 addresses, and how long taking them into service keeps a worker
 * from its requests. `node bench/lookups.ts`: time on the CPU, since other work of the machine is no business of theirs.
 */
const WARM_UP = 20_000;
const LOOKUPS = 400_000;
/** Policies of a block, as many as the compiler makes of it on average. */
const BLOCK = 50;

await policies();
await addresses('IPv4', (at) => `10.${at >> 16}.${(at >> 8) & 255}.${at & 255}`);
await addresses('IPv6', (at) => `2001:db8:${(at >> 8).toString(16)}::${(at & 255).toString(16)}`);

async function policies(): Promise<void> {
  const entries = Array.from({ length: 10_000 }, (_, at) => policyAt(at));
  const block = (from: number, policies: readonly PolicyEntry[]): SharedArrayBuffer =>
    sharedForm({ kind: 'policyBlock', id: `block-${from}`, policies });
  const blocks = Array.from({ length: entries.length / BLOCK }, (_, at) =>
    block(at, entries.slice(at * BLOCK, (at + 1) * BLOCK)),
  );
  const key = new Uint8Array(32);
  const { stallMs, result: made } = await withStall(() => prepareTable(blocks, key, null));
  const { table } = made;
  const requests = Array.from({ length: 1024 }, (_, at) => {
    const number = (at * 7919) % 10_000;
    const authority = `host-${number % 100}.test`;
    return {
      method: 'GET',
      target: `/app/${number}/x?y=z`,
      authority,
      fields: 'Accept: */*\r\n',
      address: '192.0.2.7',
    };
  });
  const find = (at: number) => table.index.find(new RequestFacts(requests[at & 1023]!));
  if (find(5) === null) throw new Error('nothing found');
  console.log(
    `10,000 policies: ${timeOf(find)} ns a request, longest stall while they are read ${stallMs.toFixed(1)} ms`,
  );
  let mostMs = 0;
  for (let round = 0; round < 50; round++) {
    const at = (round * 31) % blocks.length;
    const changed = entries.slice(at * BLOCK, (at + 1) * BLOCK).map((entry) => ({ ...entry }));
    blocks[at] = block(at, changed);
    const { stallMs: changeMs } = await withStall(async () => {
      const { enter } = await prepareTable(blocks, key, table);
      enter();
    });
    mostMs = Math.max(mostMs, changeMs);
  }
  console.log(
    `  one of them changed, 50 times: longest stall ${mostMs.toFixed(1)} ms; then ${timeOf(find)} ns a request`,
  );
}

/** By host and path, with a method on top for every tenth. */
function policyAt(at: number): PolicyEntry {
  const host = { kind: 'host', patterns: [`host-${at % 100}.test`] } as const;
  const path = { kind: 'path', compare: 'prefix', values: [`/app/${at}/`] } as const;
  const method = { kind: 'method', values: ['GET'] } as const;
  return {
    id: `policy-${at}`,
    conditions: at % 10 === 0 ? [host, path, method] : [host, path],
    action: { kind: 'fixed', status: 200, contentType: 'text/plain', body: '' },
    limit: null,
    removedFields: [],
    writtenFields: [],
  };
}

async function addresses(what: string, addressAt: (at: number) => string): Promise<void> {
  const entries = Array.from({ length: 100_000 }, (_, at) => addressAt(at * 3));
  const start = performance.now();
  const shared = sharedForm({ kind: 'addressSet', id: 'group', entries: entries.toSorted() });
  const madeMs = performance.now() - start;
  const { stallMs, result: set } = await withStall(async () => new AddressSet(new Uint32Array(shared)));
  const asked = Array.from({ length: 1024 }, (_, at) => addressAt((at * 293) % 300_000));
  const has = (at: number): boolean => set.has(asked[at & 1023]!);
  console.log(
    `100,000 ${what} addresses: ${timeOf(has)} ns a connection, ${(shared.byteLength / 1024).toFixed(0)} KiB shared by all workers, ` +
      `made in ${madeMs.toFixed(0)} ms by the main thread, taken by a worker in ${stallMs.toFixed(1)} ms`,
  );
}

/** The longest time on the CPU between two turns of the event loop while `act` runs, in ms. */
async function withStall<T>(act: () => Promise<T>): Promise<{ stallMs: number; result: T }> {
  let last = process.threadCpuUsage();
  let stallMs = 0;
  let isDone = false;
  const note = (): void => {
    const { user, system } = process.threadCpuUsage(last);
    stallMs = Math.max(stallMs, (user + system) / 1000);
    last = process.threadCpuUsage();
  };
  const turn = (): void => {
    note();
    if (!isDone) setImmediate(turn);
  };
  setImmediate(turn);
  const result = await act();
  note();
  isDone = true;
  return { stallMs, result };
}

function timeOf(look: (at: number) => unknown): number {
  for (let at = 0; at < WARM_UP; at++) look(at);
  const start = process.threadCpuUsage();
  for (let at = 0; at < LOOKUPS; at++) look(at);
  const { user, system } = process.threadCpuUsage(start);
  return Math.round(((user + system) * 1000) / LOOKUPS);
}

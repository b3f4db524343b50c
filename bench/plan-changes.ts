import { createHash } from 'node:crypto';
import { DesiredPlanMaker } from '../packages/control-plane/src/reconcile/desired-plan-maker.ts';
import { loadTree } from '../packages/control-plane/src/reconcile/load-tree.ts';
import { compileLoadBalancer } from '../packages/compiler/src/index.ts';
import { assemblePlan, emptyPlan, type Hash, type Plan } from '../packages/plan/src/index.ts';
import { openStore, type Store } from '../packages/store/src/index.ts';
import {
  aLoadBalancer,
  aMember,
  anHttpListener,
  anIpGroup,
  anL7Policy,
  anL7Rule,
  aPool,
} from '../packages/store/src/testing/rows.ts';

/**
 * What a change costs between the store and a plan that a node has taken: one policy among 500 beside an IP group of
 * 100,000 addresses, and one member among 1,000 load balancers. `node bench/plan-changes.ts`; medians in ms.
 */
const hash: Hash = (text) => createHash('sha256').update(text).digest('hex');
const ROUNDS = 15;

async function policiesBesideGroup(): Promise<void> {
  const store = await openStore({ directory: ':memory:' });
  const entries = Array.from({ length: 100_000 }, (_, at) => ({
    ip: `10.${at >> 16}.${(at >> 8) & 255}.${at & 255}`,
    description: '',
  }));
  await store.write(async (writer) => {
    await writer.insert('loadBalancer', aLoadBalancer('lb', { vipAddress: '127.0.0.2' }));
    await writer.insert('pool', aPool('pool'));
    await writer.insert('ipGroup', anIpGroup('group', { entries }));
    const accessControl = { isEnabled: true, type: 'black', ipGroupIds: ['group'] } as const;
    const listener = anHttpListener('http', {
      defaultPoolId: 'pool',
      isAdvancedForwardingEnabled: true,
      accessControl,
    });
    await writer.insert('listener', listener);
    for (let at = 0; at < 500; at++) {
      await writer.insert('l7Policy', anL7Policy(`policy-${at}`, { priority: at + 1 }));
      await writer.insert(
        'l7Rule',
        anL7Rule(`rule-${at}`, { policyId: `policy-${at}`, value: `/path-${at}/` }),
      );
    }
    writer.touch('lb');
  });
  const change = async (round: number): Promise<void> => {
    await store.write(async (writer) => {
      const updatedAtMs = 10_000 + round;
      await writer.update(
        'l7Rule',
        anL7Rule('rule-7', { policyId: 'policy-7', value: `/changed-${round}/`, updatedAtMs }),
      );
      writer.touch('lb');
    });
  };
  await report('a rule of 500 policies beside 100,000 addresses', store, change);
  await phases(store);
  await store.close();
}

async function manyLoadBalancers(): Promise<void> {
  const store = await openStore({ directory: ':memory:' });
  await store.write(async (writer) => {
    for (let at = 0; at < 1000; at++) {
      const vipAddress = `127.1.${at >> 8}.${at & 255}`;
      await writer.insert('loadBalancer', aLoadBalancer(`lb-${at}`, { vipAddress }));
      await writer.insert('pool', aPool(`pool-${at}`));
      await writer.insert('member', aMember(`member-${at}`, { poolId: `pool-${at}`, address: '127.0.0.1' }));
      const listener = { loadBalancerId: `lb-${at}`, defaultPoolId: `pool-${at}` };
      await writer.insert('listener', anHttpListener(`http-${at}`, listener));
      writer.touch(`lb-${at}`);
    }
  });
  const change = async (round: number): Promise<void> => {
    await store.write(async (writer) => {
      await writer.update(
        'member',
        aMember('member-7', { poolId: 'pool-7', address: '127.0.0.1', port: 9000 + round }),
      );
      writer.touch('lb-7');
    });
  };
  await report('a member of 1,000 load balancers', store, change);
  await store.close();
}

async function report(what: string, store: Store, change: (round: number) => Promise<void>): Promise<void> {
  const maker = new DesiredPlanMaker({ store, hash, log: () => {} });
  await maker.pass('everything');
  let plan: Plan = emptyPlan;
  const passes: number[] = [];
  const takes: number[] = [];
  for (let round = 0; round <= ROUNDS; round++) {
    if (round > 0) await change(round);
    const start = performance.now();
    await maker.pass('changes');
    const made = performance.now();
    plan = taken(plan, maker.plan!);
    if (round === 0) continue;
    passes.push(made - start);
    takes.push(performance.now() - made);
  }
  console.log(`${what}: pass ${median(passes)} ms, taken by a node in ${median(takes)} ms`);
}

function taken(before: Plan, desired: NonNullable<DesiredPlanMaker['plan']>): Plan {
  const chunks = Object.fromEntries([...desired.chunks].filter(([name]) => !before.chunks.has(name)));
  const assembled = assemblePlan(before, { manifest: desired.manifest, chunks }, hash);
  if (!assembled.ok) throw new Error(assembled.problems[0]);
  return assembled.value.plan;
}

/** Where the time of a pass goes when nothing is kept. */
async function phases(store: Store): Promise<void> {
  const reads: number[] = [];
  const compiles: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const start = performance.now();
    const tree = await store.read((reader) => loadTree(reader, 'lb'));
    const read = performance.now();
    compileLoadBalancer(tree!, hash);
    reads.push(read - start);
    compiles.push(performance.now() - read);
  }
  console.log(`  reading all of it ${median(reads)} ms, compiling all of it ${median(compiles)} ms`);
}

function median(values: readonly number[]): string {
  return values.toSorted((a, b) => a - b)[values.length >> 1]!.toFixed(2);
}

await policiesBesideGroup();
await manyLoadBalancers();

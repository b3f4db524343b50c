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
 * What a change costs between the store and a plan that a node has taken: one policy among 10,000 beside an IP group of
 * 100,000 addresses, and one member among 1,000 load balancers. `node bench/plan-changes.ts`; ms on the CPU of the thread, means.
 */
const hash: Hash = (text) => createHash('sha256').update(text).digest('hex');
const ROUNDS = 40;
const POLICIES = 10_000;

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
    for (let at = 0; at < POLICIES; at++) {
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
  await report('a rule of 10,000 policies beside 100,000 addresses', store, change);
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
  let passMs = 0;
  let takeMs = 0;
  for (let round = 0; round <= ROUNDS; round++) {
    if (round > 0) await change(round);
    const pass = await cpuMs(() => maker.pass('changes'));
    const take = await cpuMs(() => {
      plan = taken(plan, maker.plan!);
    });
    if (round === 0) continue;
    passMs += pass;
    takeMs += take;
  }
  console.log(`${what}: pass ${mean(passMs)} ms, taken by a node in ${mean(takeMs)} ms`);
}

function taken(before: Plan, desired: NonNullable<DesiredPlanMaker['plan']>): Plan {
  const chunks = Object.fromEntries([...desired.chunks].filter(([name]) => !before.chunks.has(name)));
  const assembled = assemblePlan(before, { manifest: desired.manifest, chunks }, hash);
  if (!assembled.ok) throw new Error(assembled.problems[0]);
  return assembled.value.plan;
}

/** Where the time of a pass goes when nothing is kept. */
async function phases(store: Store): Promise<void> {
  let readMs = 0;
  let compileMs = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const tree = await cpuMsOf(() => store.read((reader) => loadTree(reader, 'lb')));
    readMs += tree.ms;
    compileMs += await cpuMs(() => compileLoadBalancer(tree.result!, hash));
  }
  console.log(`  reading all of it ${mean(readMs)} ms, compiling all of it ${mean(compileMs)} ms`);
}

async function cpuMs(act: () => unknown): Promise<number> {
  return (await cpuMsOf(act)).ms;
}

/** Time of this thread on the CPU: what else the machine does is no business of it. */
async function cpuMsOf<T>(act: () => T | Promise<T>): Promise<{ ms: number; result: T }> {
  const start = process.threadCpuUsage();
  const result = await act();
  const { user, system } = process.threadCpuUsage(start);
  return { ms: (user + system) / 1000, result };
}

/** Means, because the clock of a thread goes in steps of milliseconds. */
function mean(sumMs: number): string {
  return (sumMs / ROUNDS).toFixed(2);
}

await policiesBesideGroup();
await manyLoadBalancers();

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore, type Reader, type Store } from '@elbow/store';
import { aCertificate, startElbow } from '@elbow/testkit';
import { openConsole, type Site } from './open-console.ts';

/** How many there are of each; what is left out is there once. */
export interface Counts {
  readonly certificates?: number;
  readonly pools?: number;
  /** Of IP addresses. */
  readonly groups?: number;
  readonly listeners?: number;
  readonly members?: number;
  readonly policies?: number;
  /** Of the first group of addresses. */
  readonly entries?: number;
}

export interface LongLists {
  readonly site: Site;
  /** Of the first of each. */
  readonly ids: Ids;
  close(): Promise<void>;
}

type Ids = Readonly<
  Record<'balancer' | 'certificate' | 'listener' | 'pool' | 'member' | 'group' | 'policy', string>
>;

const keys = ['listener', 'pool', 'member', 'certificate', 'ipgroup', 'l7policy', 'members_per_pool'];
const endless = [...keys, 'ipgroup_max_length', 'l7policies_per_listener'].map((key) => `${key}=-1`);
const quotas = ['--quotas', endless.join(',')];

/**
 * A console on thousands of everything, below a load balancer that is switched off: what counts is how they are listed.
 * One of each is made by the API, the others are rows like it.
 */
export async function openLongLists(counts: Counts): Promise<LongLists> {
  const dataDir = mkdtempSync(join(tmpdir(), 'elbow-lists-'));
  const ids = await makeFirst(dataDir, counts.entries ?? 1);
  const store = await openStore({ directory: dataDir });
  await multiply(store, ids, counts);
  await store.close();
  const site = await openConsole({ dataDir, arguments: quotas });
  const close = async (): Promise<void> => {
    await site.close();
    rmSync(dataDir, { recursive: true, force: true });
  };
  return { site, ids, close };
}

async function makeFirst(dataDir: string, entryCount: number): Promise<Ids> {
  const elbow = await startElbow({ dataDir, workers: 1, arguments: quotas });
  const { api } = elbow;
  const off = { availability_zone_list: ['az1'], admin_state_up: false };
  const balancer = await api.create('loadbalancer', { ...off, name: 'crowded' });
  const certificate = await aCertificate(elbow);
  const place = { loadbalancer_id: balancer.id, enhance_l7policy_enable: true };
  const http = { name: 'first', protocol: 'HTTP' };
  const listener = await api.create('listener', { ...place, ...http, protocol_port: 80 });
  const pool = await api.create('pool', { ...http, lb_algorithm: 'ROUND_ROBIN', type: 'ip' });
  const member = await api.addMember(pool.id, { name: 'first', address: '10.0.0.1', protocol_port: 80 });
  const group = await api.create('ipgroup', { name: 'offices', ip_list: entries(entryCount) });
  const l7policy = {
    listener_id: listener.id,
    name: 'first',
    action: 'REDIRECT_TO_POOL',
    redirect_pool_id: pool.id,
    rules: [{ type: 'PATH', compare_type: 'EQUAL_TO', value: '/first' }],
  };
  const policy = (await api.call('POST', 'l7policies', { l7policy })).json.l7policy;
  await elbow.stop();
  return {
    balancer: balancer.id,
    certificate: certificate.id,
    listener: listener.id,
    pool: pool.id,
    member: member.id,
    group: group.id,
    policy: policy.id,
  };
}

function entries(count: number) {
  return Array.from({ length: count }, (_, at) => ({
    ip: `10.${at >> 16}.${(at >> 8) & 255}.${at & 255}`,
    description: `desk ${at}`,
  }));
}

async function multiply(store: Store, ids: Ids, counts: Counts): Promise<void> {
  const first = await store.read(async (reader) => ({
    certificate: await present(reader.find('certificate', ids.certificate)),
    listener: await present(reader.find('listener', ids.listener)),
    pool: await present(reader.find('pool', ids.pool)),
    member: await present(reader.find('member', ids.member)),
    group: await present(reader.find('ipGroup', ids.group)),
    policy: await present(reader.find('l7Policy', ids.policy)),
    rule: await present(ruleOf(reader, ids.policy)),
  }));
  await store.write(async (writer) => {
    for (const { id, at } of more(counts.certificates))
      await writer.insert('certificate', {
        ...first.certificate,
        id: id.replaceAll('-', ''),
        name: nameOf('cert', at),
      });
    for (const { id, at } of more(counts.pools))
      await writer.insert('pool', { ...first.pool, id, name: nameOf('pool', at) });
    for (const { id, at } of more(counts.groups))
      await writer.insert('ipGroup', { ...first.group, id, name: nameOf('group', at), entries: [] });
    for (const { id, at } of more(counts.listeners))
      await writer.insert('listener', {
        ...first.listener,
        id,
        name: nameOf('listener', at),
        port: 1_000 + at,
      });
    for (const { id, at } of more(counts.members)) {
      const address = `10.0.${at >> 8}.${at & 255}`;
      await writer.insert('member', { ...first.member, id, name: nameOf('server', at), address, port: 8080 });
    }
    for (const { id, at } of more(counts.policies)) {
      const rule = { ...first.rule, id: uuid(50_000 + at), policyId: id, value: `/p${at}` };
      await writer.insert('l7Policy', {
        ...first.policy,
        id,
        name: nameOf('policy', at),
        priority: at + 1,
      });
      await writer.insert('l7Rule', rule);
    }
  });
}

function more(count = 1) {
  return Array.from({ length: count - 1 }, (_, index) => ({ id: uuid(index + 1), at: index + 1 }));
}

async function ruleOf(reader: Reader, policyId: string) {
  const [rule] = await reader.list('l7Rule', { where: { policyId: [policyId] } });
  return rule ?? null;
}

async function present<Row>(row: Promise<Row | null>): Promise<Row> {
  const found = await row;
  if (found === null) throw new Error('the first one is gone');
  return found;
}

export const nameOf = (kind: string, at: number): string => `${kind}-${String(at).padStart(4, '0')}`;
export const uuid = (at: number): string => `00000000-0000-4000-8000-${String(at).padStart(12, '0')}`;

/** What tests of long lists look for on the page. */
export function looking({ page }: Site) {
  const text = (content: string) => page.getByText(content, { exact: true });
  return {
    text,
    rowCount: () => page.locator('tbody tr.ant-table-row').count(),
    next: () => page.getByRole('button', { name: 'Next page' }).click(),
    /** Opens the page and waits for the range of rows that it shows; tells how long that took. */
    open: async (site: Site, path: string, range: string): Promise<void> => {
      const startedMs = performance.now();
      await site.goto(path);
      await text(range).waitFor();
      process.stdout.write(
        `${path.split('/')[1]}: ${range} in ${Math.round(performance.now() - startedMs)} ms\n`,
      );
    },
  };
}

/** Bytes that the v3 API has answered since. */
export function countBytes({ page }: Site): () => number {
  const sizes: number[] = [];
  page.on('response', (response) => {
    if (!response.url().includes('/elb/')) return;
    void response.body().then(
      ({ byteLength }) => sizes.push(byteLength),
      () => null,
    );
  });
  return () => sizes.reduce((sum, size) => sum + size, 0);
}

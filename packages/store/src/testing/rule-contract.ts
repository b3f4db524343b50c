import type { ResourceKind } from '@elbow/model';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DuplicateRow, RowInUse, UnknownReference, UnknownRow } from '../errors.ts';
import type { Row, Store, Writer } from '../store.ts';
import {
  aCertificate,
  aHealthMonitor,
  aJob,
  aLoadBalancer,
  aMember,
  anHttpListener,
  anHttpsListener,
  anIpGroup,
  anL7Policy,
  anL7Rule,
  aPool,
  aRecycledLoadBalancer,
} from './rows.ts';

/** Rows come back as they were written, and the rules between them hold. */
// oxlint-disable-next-line max-lines-per-function -- a table of cases
export function describeRuleContract(open: () => Promise<Store>): void {
  let store: Store;
  const find = <K extends ResourceKind>(kind: K, id: string): Promise<Row<K> | null> =>
    store.read((reader) => reader.find(kind, id));
  const write = (work: (writer: Writer) => Promise<unknown>): Promise<unknown> => store.write(work);

  describe('rows', () => {
    beforeEach(async () => {
      store = await open();
      await write(insertOneOfEach);
    });
    afterEach(() => store.close());

    it('come back as they were written', async () => {
      expect(await find('loadBalancer', 'lb')).toEqual(aLoadBalancer('lb', { vipAddress: '127.0.0.2' }));
      expect(await find('certificate', 'certificate')).toEqual(aCertificate('certificate'));
      expect(await find('pool', 'pool')).toEqual(aPool('pool', { loadBalancerId: 'lb' }));
      expect(await find('listener', 'https')).toEqual(anHttpsListener('https', { port: 443 }));
      expect(await find('member', 'member')).toEqual(aMember('member'));
      expect(await find('healthMonitor', 'monitor')).toEqual(aHealthMonitor('monitor'));
      expect(await find('ipGroup', 'group')).toEqual(anIpGroup('group'));
      expect(await find('l7Policy', 'policy')).toEqual(anL7Policy('policy'));
      expect(await find('l7Rule', 'rule')).toEqual(anL7Rule('rule'));
      expect(await find('job', 'job')).toEqual(aJob('job'));
      expect(await find('recycledLoadBalancer', 'bin')).toEqual(aRecycledLoadBalancer('bin'));
    });

    it('have no attribute of another variant', async () => {
      const listener = await find('listener', 'http');
      expect(listener).toEqual(anHttpListener('http', { defaultPoolId: 'pool' }));
      expect(listener).not.toHaveProperty('certificateId');
    });

    it('keep any text', async () => {
      const texts = ['', "'; drop table pools; --", '\u0000', '"\\\n', '\u{1F9E8}', '%_', '{"__proto__":1}'];
      const pools = texts.map((text) => aPool(`id${text}`, { name: text, description: text }));
      await write(async (writer) => {
        for (const pool of pools) await writer.insert('pool', pool);
      });
      for (const pool of pools) {
        expect(await find('pool', pool.id)).toEqual(pool);
        const sameName = await store.read((reader) => reader.list('pool', { where: { name: [pool.name] } }));
        expect(sameName).toEqual([pool]);
      }
    });

    it('are replaced as a whole', async () => {
      const changed = anHttpListener('https', { port: 8443, name: 'now plain' });
      await write((writer) => writer.update('listener', changed));
      expect(await find('listener', 'https')).toEqual(changed);
    });

    it('are gone when removed', async () => {
      await write((writer) => writer.remove('member', 'member'));
      expect(await find('member', 'member')).toBeNull();
    });

    it('may look alike where no rule forbids it', async () => {
      await write(async (writer) => {
        await writer.insert('loadBalancer', aLoadBalancer('lb2'));
        await writer.insert('loadBalancer', aLoadBalancer('lb3'));
        await writer.insert('listener', anHttpListener('x', { loadBalancerId: 'lb2', port: 80 }));
        await writer.insert('member', aMember('x', { port: 8081 }));
        await writer.insert('member', aMember('y', { address: '127.0.0.3' }));
        await writer.update('member', aMember('member', { weight: 5 }));
      });
      expect(await find('member', 'member')).toHaveProperty('weight', 5);
    });

    it('are null when unknown', async () => {
      expect(await find('pool', 'lb')).toBeNull();
    });
  });

  // oxlint-disable-next-line max-lines-per-function -- a table of cases
  describe('rules', () => {
    // None of them changes anything, so they share a store.
    beforeAll(async () => {
      store = await open();
      await write(insertOneOfEach);
    });
    afterAll(() => store.close());

    it.each<[string, (writer: Writer) => Promise<void>]>([
      ['id', (writer) => writer.insert('pool', aPool('pool'))],
      ['id', (writer) => writer.insert('certificate', aCertificate('certificate'))],
      ['listener.port', (writer) => writer.insert('listener', anHttpListener('x', { port: 80 }))],
      ['listener.port', (writer) => writer.insert('listener', anHttpsListener('x', { port: 80 }))],
      ['listener.port', (writer) => writer.update('listener', anHttpListener('http', { port: 443 }))],
      ['member.address', (writer) => writer.insert('member', aMember('x'))],
      ['healthMonitor.poolId', (writer) => writer.insert('healthMonitor', aHealthMonitor('x'))],
      [
        'loadBalancer.vipAddress',
        (writer) => writer.insert('loadBalancer', aLoadBalancer('x', { vipAddress: '127.0.0.2' })),
      ],
    ])('name the unique rule %s', async (constraint, work) => {
      const error = await write(work).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(DuplicateRow);
      expect(error).toHaveProperty('constraint', constraint);
    });

    it.each<[string, (writer: Writer) => Promise<void>]>([
      ['load balancer', (writer) => writer.remove('loadBalancer', 'lb')],
      ['pool with members', (writer) => writer.remove('pool', 'pool')],
      ['pool with a monitor', (writer) => writer.remove('pool', 'monitored')],
      ['listener with policies', (writer) => writer.remove('listener', 'http')],
      ['policy with rules', (writer) => writer.remove('l7Policy', 'policy')],
      ['certificate of a listener', (writer) => writer.remove('certificate', 'certificate')],
    ])('keep a %s that others refer to', async (_name, work) => {
      await expect(write(work)).rejects.toThrow(RowInUse);
    });

    it.each<[string, (writer: Writer) => Promise<void>]>([
      [
        'listener without load balancer',
        (writer) => writer.insert('listener', anHttpListener('x', { loadBalancerId: 'none' })),
      ],
      [
        'listener without default pool',
        (writer) => writer.update('listener', anHttpListener('http', { defaultPoolId: 'none' })),
      ],
      [
        'listener without certificate',
        (writer) => writer.insert('listener', anHttpsListener('x', { port: 1, certificateId: 'none' })),
      ],
      [
        'pool without load balancer',
        (writer) => writer.insert('pool', aPool('x', { loadBalancerId: 'none' })),
      ],
      ['member without pool', (writer) => writer.insert('member', aMember('x', { poolId: 'none' }))],
      [
        'policy without listener',
        (writer) => writer.insert('l7Policy', anL7Policy('x', { listenerId: 'none' })),
      ],
      [
        'policy without pool',
        (writer) => writer.insert('l7Policy', anL7Policy('x', { redirectPoolId: 'none' })),
      ],
      ['rule without policy', (writer) => writer.insert('l7Rule', anL7Rule('x', { policyId: 'none' }))],
      [
        'monitor without pool',
        (writer) => writer.insert('healthMonitor', aHealthMonitor('x', { poolId: 'none' })),
      ],
    ])('refuse a %s', async (_name, work) => {
      await expect(write(work)).rejects.toThrow(UnknownReference);
    });

    it('say when there is nothing to update or remove', async () => {
      await expect(write((writer) => writer.update('pool', aPool('none')))).rejects.toThrow(UnknownRow);
      await expect(write((writer) => writer.remove('pool', 'none'))).rejects.toThrow(UnknownRow);
    });
  });
}

async function insertOneOfEach(writer: Writer): Promise<void> {
  await writer.insert('loadBalancer', aLoadBalancer('lb', { vipAddress: '127.0.0.2' }));
  await writer.insert('certificate', aCertificate('certificate'));
  await writer.insert('pool', aPool('pool', { loadBalancerId: 'lb' }));
  await writer.insert('listener', anHttpListener('http', { defaultPoolId: 'pool' }));
  await writer.insert('listener', anHttpsListener('https', { port: 443 }));
  await writer.insert('member', aMember('member'));
  await writer.insert('healthMonitor', aHealthMonitor('monitor'));
  await writer.insert('pool', aPool('monitored'));
  await writer.insert('healthMonitor', aHealthMonitor('another', { poolId: 'monitored' }));
  await writer.insert('ipGroup', anIpGroup('group'));
  await writer.insert('l7Policy', anL7Policy('policy'));
  await writer.insert('l7Rule', anL7Rule('rule'));
  await writer.insert('job', aJob('job'));
  await writer.insert('recycledLoadBalancer', aRecycledLoadBalancer('bin'));
}

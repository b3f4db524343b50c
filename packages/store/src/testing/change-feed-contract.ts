import { describe, expect, it } from 'vitest';
import type { Store } from '../store.ts';
import { aLoadBalancer } from './rows.ts';

export function describeChangeFeedContract(store: () => Store): void {
  const touch = async (...ids: readonly string[]): Promise<number> => {
    const { revision } = await store().write(async (writer) => ids.forEach((id) => writer.touch(id)));
    return revision;
  };

  describe('change feed', () => {
    it('is empty at first', async () => {
      expect(await store().changesSince(0)).toEqual({ revision: 0, loadBalancerIds: [] });
    });

    it('gives each unit that touches something the next revision', async () => {
      expect(await touch('a')).toBe(1);
      expect(await touch()).toBe(0);
      expect(await touch('b', 'c', 'b')).toBe(2);
      expect(await store().changesSince(0)).toEqual({ revision: 2, loadBalancerIds: ['a', 'b', 'c'] });
      expect(await store().changesSince(1)).toEqual({ revision: 2, loadBalancerIds: ['b', 'c'] });
      expect(await store().changesSince(2)).toEqual({ revision: 2, loadBalancerIds: [] });
    });

    it('says only the newest change of a load balancer', async () => {
      await touch('a', 'b');
      await touch('a');
      expect(await store().changesSince(0)).toEqual({ revision: 2, loadBalancerIds: ['b', 'a'] });
      expect(await store().changesSince(1)).toEqual({ revision: 2, loadBalancerIds: ['a'] });
    });

    it('gives units of one commit revisions of their own', async () => {
      const revisions = await Promise.all(['a', 'b', 'a', 'c'].map((id) => touch(id)));
      expect(revisions).toEqual([1, 2, 3, 4]);
    });

    it('remembers load balancers that are gone', async () => {
      await store().write(async (writer) => {
        await writer.insert('loadBalancer', aLoadBalancer('a'));
        writer.touch('a');
      });
      await store().write(async (writer) => {
        await writer.remove('loadBalancer', 'a');
        writer.touch('a');
      });
      expect(await store().changesSince(1)).toEqual({ revision: 2, loadBalancerIds: ['a'] });
    });

    it('tells everything to whoever is ahead of it', async () => {
      await touch('a');
      await touch('b');
      expect(await store().changesSince(99)).toEqual({ revision: 2, loadBalancerIds: ['a', 'b'] });
    });
  });
}

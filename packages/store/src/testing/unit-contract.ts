import { describe, expect, it } from 'vitest';
import { DuplicateRow, UnitEnded } from '../errors.ts';
import type { Reader, Store, Writer } from '../store.ts';
import { aLoadBalancer, aPool } from './rows.ts';

/** All or nothing, one at a time, and only what is committed is seen. */
// oxlint-disable-next-line max-lines-per-function -- a table of cases
export function describeUnitContract(store: () => Store): void {
  const poolIds = (): Promise<readonly string[]> =>
    store().read(async (reader) => (await reader.list('pool', {})).map((pool) => pool.id));

  // oxlint-disable-next-line max-lines-per-function -- a table of cases
  describe('units', { timeout: 30_000 }, () => {
    it('return their value and see their own changes', async () => {
      const { value, revision } = await store().write(async (writer) => {
        await writer.insert('pool', aPool('a'));
        return writer.count('pool', {});
      });
      expect({ value, revision }).toEqual({ value: 1, revision: 0 });
    });

    it('leave nothing behind when they throw, and spare their neighbours', async () => {
      const outcomes = await Promise.allSettled([
        store().write((writer) => writer.insert('pool', aPool('a'))),
        store().write(async (writer) => {
          await writer.insert('pool', aPool('b'));
          await writer.putDocument('b', 1);
          writer.touch('b');
          throw new RangeError('changed my mind');
        }),
        store().write((writer) => writer.insert('pool', aPool('c'))),
      ]);
      expect(outcomes.map((outcome) => outcome.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
      expect(outcomes[1]).toHaveProperty('reason', new RangeError('changed my mind'));
      expect(await poolIds()).toEqual(['a', 'c']);
      expect(await store().read((reader) => reader.document('b'))).toBeNull();
      expect(await store().changesSince(0)).toEqual({ revision: 0, loadBalancerIds: [] });
    });

    it('run one after another in the order they came', async () => {
      const add = async (writer: Writer): Promise<void> => {
        const count = Number((await writer.document('count')) ?? 0);
        await writer.putDocument('count', count + 1);
      };
      await Promise.all(Array.from({ length: 200 }, () => store().write(add)));
      expect(await store().read((reader) => reader.document('count'))).toBe(200);
    });

    it('fail even when they swallow what the database refused', async () => {
      const write = store().write(async (writer) => {
        await writer.insert('pool', aPool('a'));
        await writer.insert('pool', aPool('a')).catch(() => undefined);
        await expect(writer.count('pool', {})).rejects.toThrow(DuplicateRow);
      });
      await expect(write).rejects.toThrow(DuplicateRow);
      expect(await poolIds()).toEqual([]);
    });

    it('may say in their own words what the database refused', async () => {
      const write = store().write(async (writer) => {
        await writer.insert('pool', aPool('a'));
        await writer.insert('pool', aPool('a')).catch(() => {
          throw new RangeError('there is a pool a');
        });
      });
      await expect(write).rejects.toThrow(new RangeError('there is a pool a'));
      expect(await poolIds()).toEqual([]);
    });

    it('go on after an answer that is not a refusal', async () => {
      await store().write(async (writer) => {
        await writer.remove('pool', 'none').catch(() => undefined);
        await writer.list('pool', { marker: 'none' }).catch(() => undefined);
        await writer.insert('pool', aPool('a'));
      });
      expect(await poolIds()).toEqual(['a']);
    });

    it('include what they started but did not await', async () => {
      await store().write(async (writer) => {
        void writer.insert('pool', aPool('a'));
      });
      expect(await poolIds()).toEqual(['a']);
    });

    it('do not let a writer or reader live on', async () => {
      const { value: writer } = await store().write(async (inside) => ({ inside }));
      const reader: { readonly inside: Reader } = await store().read(async (inside) => ({ inside }));
      await expect(writer.inside.insert('pool', aPool('a'))).rejects.toThrow(UnitEnded);
      await expect(reader.inside.find('pool', 'a')).rejects.toThrow(UnitEnded);
      expect(await poolIds()).toEqual([]);
    });

    it('run side by side inside, and a failure takes the whole unit', async () => {
      const inserts = ['a', 'b', 'a', 'c'];
      const write = store().write((writer) =>
        Promise.all(inserts.map((id) => writer.insert('pool', aPool(id)))),
      );
      await expect(write).rejects.toThrow(DuplicateRow);
      expect(await poolIds()).toEqual([]);
    });

    it('come through by the thousand', async () => {
      const ids = Array.from({ length: 1_000 }, (_, i) => `lb${i}`);
      await Promise.all(
        ids.map((id) => store().write((writer) => writer.insert('loadBalancer', aLoadBalancer(id)))),
      );
      const stored = await store().read((reader) => reader.list('loadBalancer', {}));
      expect(stored.map((row) => row.id)).toEqual(ids);
    });
  });

  describe('documents', () => {
    it.each([{ a: [1, 'x', null, { b: true }] }, [], 'text', 0, false])('keep %j', async (value) => {
      await store().write((writer) => writer.putDocument('key', { before: 1 }));
      await store().write((writer) => writer.putDocument('key', value));
      expect(await store().read((reader) => reader.document('key'))).toEqual(value);
    });

    it('are null when there is none, or no more', async () => {
      await store().write((writer) => writer.putDocument('key', 1));
      await store().write((writer) => writer.putDocument('key', null));
      await store().read(async (reader) => {
        expect(await reader.document('key')).toBeNull();
        expect(await reader.document('never')).toBeNull();
      });
    });

    it('refuse what has no JSON form', async () => {
      await expect(store().write((writer) => writer.putDocument('key', undefined))).rejects.toThrow(
        TypeError,
      );
    });
  });
}

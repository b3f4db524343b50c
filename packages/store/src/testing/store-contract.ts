import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Store } from '../store.ts';
import { describeChangeFeedContract } from './change-feed-contract.ts';
import { describeListContract } from './list-contract.ts';
import { describeModelContract } from './model-contract.ts';
import { describeRuleContract } from './rule-contract.ts';
import { describeUnitContract } from './unit-contract.ts';

/** What every database behind the port must do. @param open gives a new, empty store. */
export function describeStoreContract(name: string, open: () => Promise<Store>): void {
  describe(`store contract: ${name}`, () => {
    describeRuleContract(open);
    describeListContract(open);
  });
  describe(`store contract: ${name}`, () => {
    let store: Store;
    beforeEach(async () => {
      store = await open();
    });
    afterEach(async () => {
      await store.close();
    });
    const current = (): Store => store;
    describeUnitContract(current);
    describeChangeFeedContract(current);
    describeModelContract(current);
    describeClosing(current);
  });
}

function describeClosing(store: () => Store): void {
  describe('closing', () => {
    it('finishes accepted writes, then refuses', async () => {
      const write = store().write((writer) => writer.putDocument('key', 1).then(() => 'written'));
      const read = store().read((reader) => reader.document('key'));
      await store().close();
      expect((await write).value).toBe('written');
      await expect(read).resolves.toSatisfy((value) => value === null || value === 1);
      await expect(store().write(async () => 1)).rejects.toThrow('the store is closed');
      await expect(store().read(async () => 1)).rejects.toThrow('the store is closed');
      await expect(store().changesSince(0)).rejects.toThrow('the store is closed');
    });

    it('can be asked for twice and says that all is well', async () => {
      await Promise.all([store().close(), store().close()]);
      expect(await store().closed).toBeNull();
    });
  });
}

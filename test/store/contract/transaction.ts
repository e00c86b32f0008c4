/** Transactions: all or nothing, and no way to wait for oneself. */

import { CompiledQuery } from 'kysely';
import { describe, expect, test } from 'vitest';
import type { Db, Store } from '../../../src/store/index.ts';
import { getState, setState } from '../../../src/store/index.ts';

export function transactionContract(store: () => Store): void {
  describe('transactions', () => {
    test('keep what they did, and undo everything when they throw', async () => {
      const { db, transaction } = store();
      await transaction(async (tx) => {
        await setState(tx, 'a', '1');
        await setState(tx, 'b', '1');
      });
      const failed = transaction(async (tx) => {
        await setState(tx, 'a', '2');
        throw new Error('on purpose');
      });
      await expect(failed).rejects.toThrow('on purpose');
      expect([await getState(db, 'a'), await getState(db, 'b')]).toEqual(['1', '1']);
    });

    test('that may last a little later are the same, and the next is waited for again', async () => {
      const { db, kind, transaction } = store();
      const setting = kind === 'postgres' ? 'show synchronous_commit' : 'pragma synchronous';
      const waits = async (on: Db) => {
        const { rows } = await on.executeQuery(CompiledQuery.raw(setting));
        return Object.values(Object(rows[0]))[0];
      };
      const usual = await waits(db);
      expect(usual).toBe(kind === 'postgres' ? 'on' : 2);
      const later = kind === 'postgres' ? 'off' : 1;
      for (let n = 0; n < 2; n += 1) {
        await transaction(async (tx) => {
          expect(await waits(tx)).toBe(later);
          await setState(tx, 'soon', '1');
        }, 'soon');
        const failed = transaction(async (tx) => {
          await setState(tx, 'soon', '2');
          throw new Error('on purpose');
        }, 'soon');
        await expect(failed).rejects.toThrow('on purpose');
        expect(await getState(db, 'soon')).toBe('1');
        expect(await waits(db)).toBe(usual);
        expect(await transaction(waits)).toBe(usual);
      }
    });

    test('refuse the outer handle at once instead of waiting for ever', async () => {
      const { db, transaction } = store();
      const work = transaction(async (tx) => {
        await setState(tx, 'inside', 'yes');
        await getState(db, 'inside');
      });
      await expect(work).rejects.toThrow(/inside a transaction use the handle it was given/);
      expect(await getState(db, 'inside')).toBeNull();
    });

    test('refuse a second transaction inside the first', async () => {
      const { transaction } = store();
      const work = transaction(() => transaction(async () => 1));
      await expect(work).rejects.toThrow(/inside a transaction use the handle it was given/);
    });

    test('refuse it from what the inside started too, and free that once they are over', async () => {
      const { db, transaction } = store();
      const gate = Promise.withResolvers<void>();
      const started: Promise<string | null>[] = [];
      await transaction(async (tx) => {
        await setState(tx, 'later', 'x');
        started.push(gate.promise.then(() => getState(db, 'later')));
        await expect(Promise.resolve().then(() => getState(db, 'later'))).rejects.toThrow(/inside a transaction/);
      });
      gate.resolve();
      expect(await Promise.all(started)).toEqual(['x']);
    });

    test('do not refuse others meanwhile, and lose no count between many at once', async () => {
      const { db, kind, transaction } = store();
      await setState(db, 'count', '0');
      const reader = getState(db, 'count');
      const additions = Array.from({ length: 20 }, () =>
        transaction(async (tx) => {
          const count = Number(await getState(tx, 'count'));
          await setState(tx, 'count', String(count + 1));
        }),
      );
      await Promise.all(additions);
      // A server runs all of it side by side: who reads sees one of them done or not, and a count needs a compare-and-swap, as
      // bumpRevision has.
      if (kind === 'postgres') expect(Number(await reader)).toBeLessThanOrEqual(20);
      else expect([await reader, await getState(db, 'count')]).toEqual(['0', '20']);
    });

    test('go on after a statement that failed', async () => {
      const { db, transaction } = store();
      await expect(
        transaction(async (tx) => {
          await tx.insertInto('state').values({ key: 'twice', value: '1' }).execute();
          await tx.insertInto('state').values({ key: 'twice', value: '2' }).execute();
        }),
      ).rejects.toThrow();
      expect(await getState(db, 'twice')).toBeNull();
      await transaction((tx) => setState(tx, 'twice', '3'));
      expect(await getState(db, 'twice')).toBe('3');
    });
  });
}

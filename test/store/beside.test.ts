/** The turn to write, lent to a second connection: nobody meets a locked file, nobody waits for himself. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { getState, openBeside, openStore, type Store, setState } from '../../src/store/index.ts';

let folder: string;
let store: Store;
let beside: ReturnType<typeof openBeside>;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'zvonok-beside-'));
  store = await openStore(`sqlite:${join(folder, 'a.db')}`);
  beside = openBeside(store.file ?? '');
});
afterAll(async () => {
  await beside.close();
  await store.close();
  rmSync(folder, { recursive: true });
});

/** One more than the state says, read and written as two steps. */
async function addOne(db: Parameters<typeof getState>[0]): Promise<void> {
  await setState(db, 'count', String(Number((await getState(db, 'count')) ?? 0) + 1));
}

test('two that write in turns lose nothing of each other, and neither finds the file locked', async () => {
  const here = Array.from({ length: 200 }, () => store.transaction(addOne));
  const there = Array.from({ length: 200 }, () => store.lend(() => beside.transaction(addOne)));
  await Promise.all([...here, ...there]);
  expect(await getState(store.db, 'count')).toBe('400');
});

test('while it is lent whoever asks here waits, and whoever has borrowed it may not ask', async () => {
  const order: string[] = [];
  const { promise: over, resolve: end } = Promise.withResolvers<void>();
  const lent = store.lend(async () => {
    await expect(getState(store.db, 'x')).rejects.toThrow('would wait for the transaction');
    await expect(store.transaction(async () => undefined)).rejects.toThrow('would wait for the transaction');
    await over;
    await beside.transaction((tx) => setState(tx, 'x', 'there'));
    order.push('lent');
  });
  const asked = getState(store.db, 'x').then((value) => order.push(`asked: ${value}`));
  await new Promise(setImmediate);
  expect(order).toEqual([]);
  end();
  await Promise.all([lent, asked]);
  expect(order).toEqual(['lent', 'asked: there']);
});

test('what goes wrong there is undone there, and the turn comes back', async () => {
  const failing = store.lend(() =>
    beside.transaction(async (tx) => {
      await setState(tx, 'x', 'wrong');
      throw new Error('no');
    }),
  );
  await expect(failing).rejects.toThrow('no');
  expect(await getState(store.db, 'x')).toBe('there');
});

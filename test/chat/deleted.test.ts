/** A timetable is deleted while somebody chooses it or looks at it: they hear that it is gone, at whatever step of theirs it goes. */
import { setImmediate as breathe } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openStage, type Stage } from './stage.ts';

const [ANYA, BORIS] = [1, 2];
/** More steps than any of these answers takes. */
const STEPS = 40;
let stage: Stage;

beforeEach(async () => {
  stage = await openStage();
});
afterEach(() => stage.close());

test.each([
  ['выбрать', (id: number) => `выбрать ${id}`],
  ['показать', (id: number) => `показать ${id}`],
  ['показать неделя', (id: number) => `показать ${id} неделя`],
  ['показать изменения', (id: number) => `показать ${id} изменения`],
  ['its name', (id: number) => `Группа-${id}`],
  ['homework', () => 'дз пара: №5'],
  ['its day', () => 'завтра'],
])('«%s»', async (_, words) => {
  const wrong: string[] = [];
  for (let steps = 0; steps < STEPS; steps += 1) {
    const id = await stage.timetable('один', BORIS);
    await stage.world.store.db
      .updateTable('timetable')
      .set({ name: `Группа-${id}`, folded: `группа${id}`, digits: `${id}` })
      .where('id', '=', id)
      .execute();
    const said = words(id);
    if (!said.includes(`${id}`)) await stage.ask(ANYA, ANYA, `выбрать ${id}`);
    async function remove(): Promise<void> {
      for (let step = 0; step < steps; step += 1) await breathe();
      await stage.ask(BORIS, BORIS, `да, удалить расписание ${id}`);
    }
    const [message] = await Promise.all([
      stage.ask(ANYA, ANYA, said).catch((error: unknown) => ({ text: `failed: ${String(error)}` })),
      remove(),
    ]);
    if (message.text.startsWith('failed')) wrong.push(`${steps}: ${message.text}`);
    expect((await stage.peer(ANYA)).timetableId).not.toBe(id);
  }
  expect(wrong).toEqual([]);
});

/** «изменения» in conversation: what was told comes back compacted, filtered for who asks, and a page at a time. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { addDays } from '../../src/domain/calendar.ts';
import type { Lesson } from '../../src/domain/lesson.ts';
import { lesson } from '../support/make.ts';
import { on, relesson } from '../support/reminded.ts';
import { openStage, type Stage } from './stage.ts';

const ANYA = 11;
const CHAT = 2_000_000_007;
const DAY = 86_400_000;
const HOUR = 3_600_000;
let stage: Stage;
let id: number;

const maths = (room: string, times = '09:45–11:20', day = '2026-11-24'): Lesson =>
  lesson({ subject: 'Матан', place: { room, link: '', format: 'onsite' }, times: on(day, times) });
const sports = (times: string): Lesson => lesson({ subject: 'Физкультура', times: on('2026-11-25', times) });

beforeEach(async () => {
  stage = await openStage();
  id = await stage.timetable('ПИ-21');
  await relesson(stage.world, id, [maths('404Л'), sports('12:00–13:35')]);
  await stage.world.store.db.deleteFrom('told').execute();
  await stage.ask(ANYA, ANYA, 'ПИ-21');
});
afterEach(() => stage.close());

test('what it was and what it is, whatever lay between, and when it became known', async () => {
  expect((await stage.ask(ANYA, ANYA, 'изменения')).text).toMatch(/изменений я не видел/);
  await relesson(stage.world, id, [maths('510М'), sports('12:00–13:35')]);
  stage.clock.move(HOUR);
  await relesson(stage.world, id, [maths('215М'), sports('14:00–15:35')]);
  const { text } = await stage.ask(ANYA, ANYA, 'что изменилось?');
  expect(text).toMatchInlineSnapshot(`
    "Изменения за 14 дней · ПИ-21

    Стало известно сегодня в 13:00
    • вт 24.11, 09:45 Матан (лек.) — ауд. 404Л → 215М
    • ср 25.11, Физкультура (лек.) — перенесена: 12:00 → 14:00"
  `);
  await relesson(stage.world, id, [maths('404Л'), sports('14:00–15:35')]);
  expect((await stage.ask(ANYA, ANYA, 'изменения')).text).not.toContain('Матан');
});

test('without what is hidden, of another subgroup or of a kind that is not wanted; it is counted', async () => {
  await relesson(stage.world, id, [maths('510М'), sports('14:00–15:35')]);
  await stage.ask(ANYA, ANYA, 'скрыть физкультуру');
  const own = await stage.ask(ANYA, ANYA, 'изменения');
  expect(own.text).toContain('404Л → 510М');
  expect(own.text).not.toContain('Физкультура');
  expect(own.text).toContain('Ещё 1 – о скрытом');
  await stage.ask(ANYA, ANYA, 'не присылать изменения аудиторий');
  expect((await stage.ask(ANYA, ANYA, 'изменения')).text).toMatch(/поменялось только скрытое: 2/);
});

test('of another group everything, by name; in a chat the same as in a DM', async () => {
  await stage.timetable('ЮР-31');
  await stage.ask(ANYA, ANYA, 'ЮР-31');
  await relesson(stage.world, id, [maths('510М')]);
  const other = await stage.ask(ANYA, ANYA, 'изменения ПИ-21');
  expect(other.text).toContain('404Л → 510М');
  expect(other.text).toContain('Физкультура');
  stage.admins.add(ANYA);
  await stage.ask(ANYA, CHAT, 'ПИ-21');
  expect((await stage.ask(ANYA, CHAT, 'изменения')).text).toBe(other.text);
});

test('«Показать всё» under a long message of changes can be typed', async () => {
  for (const words of ['Показать всё', 'показать все', 'Show all'])
    expect((await stage.ask(ANYA, ANYA, words)).text).toMatch(/^Изменения за 14 дней/);
});

test('a page at a time, by buttons that can be typed', async () => {
  const days = Array.from({ length: 12 }, (_, n) => addDays('2026-11-24', n));
  const times = (n: number) => `${String(8 + n).padStart(2, '0')}:00–${String(9 + n).padStart(2, '0')}:00`;
  await relesson(
    stage.world,
    id,
    days.map((day, n) => maths(`${n}`, times(n), day)),
  );
  const first = await stage.ask(ANYA, ANYA, 'изменения');
  const second = await stage.press(ANYA, ANYA, 'Показать ещё');
  expect(second).toEqual(await stage.ask(ANYA, ANYA, 'изменения, страница 2'));
  expect(first.text).not.toBe(second.text);
  expect(await stage.press(ANYA, ANYA, '← Новее')).toEqual(first);
});

test('only of the days that are asked for', async () => {
  await relesson(stage.world, id, [maths('510М'), sports('12:00–13:35')]);
  stage.clock.move(2 * DAY);
  expect((await stage.ask(ANYA, ANYA, 'изменения за сегодня')).text).toMatch(/За 1 день изменений я не видел/);
  expect((await stage.press(ANYA, ANYA, 'За две недели')).text).toContain('404Л → 510М');
  stage.clock.move(13 * DAY);
  expect((await stage.ask(ANYA, ANYA, 'изменения')).text).toMatch(/изменений я не видел/);
});

test('views mark what has changed until the day is over, and hide what is hidden', async () => {
  await stage.ask(ANYA, ANYA, 'скрыть физкультуру');
  await relesson(stage.world, id, [maths('510М')]);
  expect((await stage.ask(ANYA, ANYA, '24.11')).text).toMatchInlineSnapshot(`
    "Вт, 24 ноября · ПИ-21

    09:45–11:20  Матан (лек.)
       510М · было 404Л"
  `);
  const week = await stage.ask(ANYA, ANYA, 'следующая неделя');
  expect(week.text).toContain('было 404Л');
  expect(week.text).not.toContain('Физкультура');
  const whole = await stage.ask(ANYA, ANYA, 'следующая неделя со скрытыми');
  expect(whole.text).toMatch(/12:00–13:35 {2}Физкультура \(лек\.\)\n {3}❌ отменена/);
  // A glance at another group is marked as well.
  await stage.timetable('ЮР-31');
  await stage.ask(ANYA, ANYA, 'ЮР-31');
  expect((await stage.ask(ANYA, ANYA, 'ПИ-21 24.11')).text).toContain('было 404Л');
  stage.clock.set(Date.parse('2026-11-24T20:00Z'));
  expect((await stage.ask(ANYA, ANYA, 'ПИ-21 24.11')).text).toContain('было 404Л');
  stage.clock.set(Date.parse('2026-11-24T21:00Z'));
  expect((await stage.ask(ANYA, ANYA, 'ПИ-21 24.11')).text).not.toContain('было 404Л');
});

test('the settings of changes are one press away', async () => {
  await stage.ask(ANYA, ANYA, 'изменения');
  const settings = await stage.press(ANYA, ANYA, 'Настройки изменений');
  expect(settings).toEqual(await stage.ask(ANYA, ANYA, 'настройки изменений'));
});

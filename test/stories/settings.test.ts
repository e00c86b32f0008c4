/** Settings people understand: by words and by buttons, one's own subgroup and nothing hidden, a quiet night. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type CalendarServer, calendarServer } from '../support/calendar.ts';
import { openStory, type Story } from '../support/story.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
let calendar: CalendarServer;
let story: Story;
let anya: number;

beforeEach(async () => {
  calendar = await calendarServer(
    [
      { start: '20260915T100000', end: '20260915T113500', subject: 'Математический анализ (лек.)', room: '404Л' },
      { start: '20260915T120000', end: '20260915T133500', subject: 'Информатика (лаб.), п/г 1', room: '215М' },
      { start: '20260915T140000', end: '20260915T153500', subject: 'Физическая культура (пр.)', room: 'зал' },
    ],
    'ИВТ-11',
  );
  story = await openStory({ at: ['2026-09-14', '12:00'], allow: [calendar.host] });
  anya = story.vk.addPerson({ firstName: 'Аня' });
  await story.ask(anya, anya, calendar.url);
});
afterEach(async () => {
  await story.close();
  await calendar.close();
});

test('hidden by a word people use, gone from the day, counted, and one press away', async () => {
  expect((await story.ask(anya, anya, 'Скрой физру!')).text).toContain('Физическая культура');
  const day = await story.ask(anya, anya, 'завтра');
  expect(day.text).toContain('Информатика');
  expect(day.text).not.toContain('Физическая');
  expect(day.text).toMatch(/скрыто: 1/);
  expect((await story.ask(anya, anya, 'завтра со скрытыми')).text).toContain('Физическая');
  expect((await story.ask(anya, anya, 'настройки')).text).toMatch(/Скрыто: Физическая культура/);
  await story.ask(anya, anya, 'верни физкультуру');
  expect((await story.ask(anya, anya, 'завтра')).text).toContain('Физическая');
});

test('a change in the night is told in the morning, one that is hidden never', async () => {
  await story.ask(anya, anya, 'тихо с 23 до 7');
  await story.ask(anya, anya, 'скрыть физкультуру');
  await story.ask(anya, anya, 'к первой паре не напоминать');
  story.clock.move(11.5 * HOUR);
  const [maths, lab, sports] = calendar.events;
  calendar.events = [{ ...maths!, room: '510М' }, lab!, { ...sports!, room: 'бассейн' }];
  await story.ask(anya, anya, 'обновить');
  const before = story.heard(anya).length;
  await story.pass(7.5 * HOUR - MINUTE, 10 * MINUTE);
  expect(story.heard(anya)).toHaveLength(before);
  await story.pass(2 * MINUTE, MINUTE);
  const [told, ...more] = story.heard(anya).slice(before);
  expect(more).toEqual([]);
  expect(told?.text).toMatch(/Математический анализ[\s\S]*404Л → 510М/);
  expect(told?.text).not.toContain('бассейн');
});

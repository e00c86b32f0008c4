/** Reminders follow the lesson: a day with the bot, from the digest of the evening before to the last lesson. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type CalendarServer, calendarServer } from '../support/calendar.ts';
import { openStory, type Story } from '../support/story.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
let calendar: CalendarServer;
let story: Story;
let anya: number;

/** A Tuesday: a double lesson, one after the long break, an exam on Wednesday. */
const lessons = [
  { start: '20260915T094500', end: '20260915T112000', subject: 'Матан', room: '404Л' },
  { start: '20260915T113000', end: '20260915T130500', subject: 'Матан', room: '404Л' },
  { start: '20260915T143000', end: '20260915T160500', subject: 'Физика', room: '12' },
  { start: '20260916T100000', end: '20260916T113000', subject: 'История (экзамен)', room: '5' },
];

beforeEach(async () => {
  calendar = await calendarServer(lessons);
  story = await openStory({ at: ['2026-09-14', '18:31'], allow: [calendar.host] });
  anya = story.vk.addPerson({ firstName: 'Аня' });
  await story.ask(anya, anya, calendar.url);
});
afterEach(async () => {
  await story.close();
  await calendar.close();
});

/** What came by itself in so long, each with the time it came at (Moscow). */
async function passed(hours: number): Promise<string[]> {
  const heard: string[] = [];
  for (let minute = 0; minute < hours * 60; minute += 5) {
    const before = story.heard(anya).length;
    await story.pass(5 * MINUTE, 5 * MINUTE);
    const clock = new Date(story.clock.now() + 3 * HOUR).toISOString().slice(11, 16);
    for (const { text } of story.heard(anya).slice(before)) heard.push(`${clock} ${text.split('\n')[0]}`);
  }
  return heard;
}

test('leads 15 and 1 of one lesson both arrive; lessons back to back are one; the day is told the evening before', async () => {
  await story.ask(anya, anya, 'напоминать за 15 и 1 минуту');
  await story.ask(anya, anya, 'к первой паре за 40 минут');
  await story.ask(anya, anya, 'вечером в 19:00');
  await story.ask(anya, anya, 'утром в 7:30');
  await story.tick();
  // Ticks of five minutes, each a minute after the hour's fives: the reminder a minute before a lesson comes a minute after its start.
  expect(await passed(22)).toEqual([
    '19:01 Завтра, вт 15 сентября: 3 пары, первая в 09:45',
    '07:31 Сегодня, вт 15 сентября: 3 пары, первая в 09:45',
    '09:06 09:45–13:05 — Матан',
    '09:31 09:45–13:05 — Матан',
    '09:46 Началась 1 мин назад — Матан, до 13:05',
    '10:01 Завтра, ср 16 сентября, в 10:00 — История (экзамен)',
    '14:16 В 14:30 — Физика',
    '14:31 Началась 1 мин назад — Физика',
  ]);
});

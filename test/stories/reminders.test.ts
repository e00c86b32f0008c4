/** It always arrives, once: a day of a clock that stalls, jumps and goes back, and a bot that restarts. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { wish } from '../../src/flows/follow.ts';
import { type CalendarServer, calendarServer } from '../support/calendar.ts';
import { openStory, type Story } from '../support/story.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
let folder: string;
let calendar: CalendarServer;
let story: Story;
let anya: number;
/** How many messages are answers to what was asked at the beginning. */
let answers: number;

/** A lesson every full hour of 15 September. */
const lessons = Array.from({ length: 24 }, (_, hour) => {
  const clock = String(hour).padStart(2, '0');
  return { start: `20260915T${clock}0000`, end: `20260915T${clock}4500`, subject: `Занятие ${clock}`, room: '1' };
});

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'zvonok-'));
  calendar = await calendarServer(lessons);
  story = await openStory({
    at: ['2026-09-14', '23:00'],
    allow: [calendar.host],
    database: `sqlite:${join(folder, 'test.db')}`,
  });
  anya = story.vk.addPerson({ firstName: 'Аня' });
  await story.ask(anya, anya, calendar.url);
  await story.ask(anya, anya, 'напоминать за 5 минут');
  // Only what was asked for: a person has the day's first lesson half an hour before from the start.
  await wish(story.app.world, anya, 'first', { firstLead: null }, anya);
  answers = story.heard(anya).length;
  await story.tick();
});
afterEach(async () => {
  await story.close();
  await calendar.close();
  rmSync(folder, { recursive: true });
});

/** Which lessons were reminded of, in order of their hours; a view of a day says more than one. */
function reminded(): string[] {
  return story
    .heard(anya)
    .slice(answers)
    .map((message) => [...message.text.matchAll(/Занятие (\d\d)/g)].map(([, hour]) => hour).join(' and '))
    .sort();
}

test('24 hours with pauses, small jumps back and forward send each reminder exactly once', async () => {
  // Each step is shorter than the quarter of an hour within which a late reminder is still worth sending.
  const steps = [1000, 7 * MINUTE, -3 * MINUTE, 14 * MINUTE, 500, 9 * MINUTE, -8 * MINUTE, 12 * MINUTE];
  const end = story.clock.now() + 25 * HOUR + 30 * MINUTE;
  for (let n = 0; story.clock.now() < end; n += 1) {
    story.clock.move(steps[n % steps.length]!);
    await story.tick();
    if (n % 40 === 39) await story.restart();
  }
  expect(reminded()).toEqual(lessons.map(({ subject }) => subject.slice(-2)));
});

test('a bot asleep for three hours sends only what is still useful', async () => {
  story.clock.move(3 * HOUR + 56 * MINUTE); // 02:56: the reminder of 03:00 is a minute late, the earlier ones are worthless
  await story.tick();
  expect(reminded()).toEqual(['03']);
});

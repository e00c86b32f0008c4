/** What other timetable bots get wrong about weeks and hours: New Year, odd and even weeks, zones. */
import { expect, test } from 'vitest';
import { instantOf, wallOf } from '../../../src/domain/calendar.ts';
import { DAY, eachOnStage, HOUR, lesson, MINUTE } from './stage.ts';

const peers = eachOnStage(['2026-12-28', '12:00']);

test('in the last week of the year a change of the next one is told (week number plus one is week 54, which has no lessons)', async () => {
  const { calendar, story, anya } = peers;
  const others = ['28', '29', '30', '31'].map((day) => lesson(`${day}.12 14:00`, `Предмет ${day}`));
  const january = ['05', '06', '07', '08'].map((day) => lesson(`${day}.01.2027 14:00`, `Предмет ${day}`));
  calendar.events = [...others, lesson('04.01.2027 10:00', 'Физика', '404Л'), ...january];
  await story.ask(anya, anya, calendar.url);
  await story.ask(anya, anya, 'к первой паре не напоминать');
  peers.news(anya);
  await peers.publish([...others, lesson('04.01.2027 10:00', 'Физика', '510М'), ...january]);
  const told = peers.news(anya);
  expect(told).toHaveLength(1);
  expect(told[0]).toMatch(/404Л → 510М/);
  expect((await story.ask(anya, anya, 'следующая неделя')).text).toContain('510М');
});

/** Weeks of a timetable made by hand: «нечётная» is the first of the term, whatever the calendar on the wall says. */
async function makeByHand(): Promise<void> {
  const { story, anya } = peers;
  await story.ask(anya, anya, 'создать расписание ПИ-21');
  let answer = await story.ask(anya, anya, 'Ср 1 Физика нечёт');
  for (let step = 0; step < 6 && !/сохран[её]н|готово/i.test(answer.text); step += 1) {
    const before = story.vk.messages(anya).at(-1)?.cmid ?? 0;
    await story.vk.press(anya, anya, answer.cmid, answer.keyboard[0]?.[0]?.label ?? '');
    answer = await story.vk.waitFor(anya, (message) => message.from < 0, 5000, before);
  }
}

test('odd weeks alternate over New Year and over months (by the number of the calendar week 53 and 1 are both odd; by the day of the month 31 and 7 are)', async () => {
  const { story, anya } = peers;
  story.clock.set(instantOf('2026-12-14', '12:00', 'Europe/Moscow'));
  await makeByHand();
  const seen: boolean[] = [];
  for (const day of ['16.12.2026', '23.12.2026', '30.12.2026', '06.01.2027', '13.01.2027', '20.01.2027'])
    seen.push((await story.ask(anya, anya, day)).text.includes('Физика'));
  expect(seen.every((is, index) => index === 0 || is !== seen[index - 1])).toBe(true);
});

test('the hour of a digest is an hour on the wall of the university (an hour of UTC, or of the server, compared with it)', async () => {
  const { calendar, story, anya } = peers;
  const zone = 'Asia/Vladivostok';
  calendar.zone = zone;
  calendar.events = [lesson('29.12 08:30', 'Физика'), lesson('29.12 10:10', 'Химия')];
  const midnight = instantOf('2026-12-28', '00:00', zone);
  // A second past the minute, so that what is due at a minute comes in that minute.
  story.clock.set(midnight + 18 * HOUR + 1000);
  await story.ask(anya, anya, calendar.url);
  await story.ask(anya, anya, 'вечером в 19:00');
  await story.ask(anya, anya, 'напоминать за 10 минут');
  await story.ask(anya, anya, 'к первой паре не напоминать');
  await story.tick();
  peers.news(anya);
  const heard: string[] = [];
  for (let passed = 0; passed < DAY; passed += 5 * MINUTE) {
    await story.pass(5 * MINUTE, 5 * MINUTE);
    const { day, clock } = wallOf(story.clock.now(), zone);
    for (const text of peers.news(anya)) heard.push(`${day} ${clock} ${text.split('\n')[0]}`);
  }
  expect(heard).toEqual([
    '2026-12-28 19:00 Завтра, вт 29 декабря: 2 пары, первая в 08:30',
    '2026-12-29 08:20 В 08:30 — Физика',
    '2026-12-29 10:00 В 10:10 — Химия',
  ]);
});

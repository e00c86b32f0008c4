/** The main job: a calendar in, the week shown, a reminder on time, a change told. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type CalendarServer, calendarServer } from '../support/calendar.ts';
import { openStory, type Story } from '../support/story.ts';

const MINUTE = 60_000;
let calendar: CalendarServer;
let story: Story;
let anya: number;

beforeEach(async () => {
  calendar = await calendarServer(
    [
      { start: '20260914T100000', end: '20260914T113500', subject: 'Математический анализ (лек.)', room: '404Л' },
      {
        start: '20260915T120000',
        end: '20260915T133500',
        subject: 'Физика (лаб.)',
        room: '215М',
        rule: 'FREQ=WEEKLY;COUNT=4',
      },
    ],
    'ИВТ-11',
  );
  story = await openStory({ at: ['2026-09-14', '09:50'], allow: [calendar.host] });
  anya = story.vk.addPerson({ firstName: 'Аня' });
});
afterEach(async () => {
  await story.close();
  await calendar.close();
});

test('a pasted calendar becomes a timetable: its name, how many lessons, the nearest day, the week', async () => {
  const added = await story.ask(anya, anya, `Привет! ${calendar.url}`);
  expect(added.text).toContain('ИВТ-11');
  expect(added.text).toMatch(/5 (занятий|пар)/);
  expect(added.text).toContain('10:00–11:35');

  const week = await story.ask(anya, anya, 'неделя');
  expect(week.text).toContain('Математический анализ');
  expect(week.text).toContain('404Л');
  expect(week.text).toContain('Физика');
});

test('a reminder for 5 minutes comes not before its time, not later than 5 s, and once', async () => {
  await story.ask(anya, anya, calendar.url);
  const set = await story.ask(anya, anya, 'напоминать за 5 минут');
  expect(set.text).toMatch(/5 минут/);
  const before = story.heard(anya).length;

  await story.pass(5 * MINUTE - 1000);
  expect(story.heard(anya)).toHaveLength(before);
  await story.pass(5000);
  const [reminder, ...more] = story.heard(anya).slice(before);
  expect(more).toEqual([]);
  expect(reminder?.text).toContain('10:00');
  expect(reminder?.text).toContain('Математический анализ');
  expect(reminder?.text).toContain('404Л');

  await story.pass(30 * MINUTE, 10_000);
  expect(story.heard(anya)).toHaveLength(before + 1);
});

test('another room is told once, old and new, to a person and to a chat', async () => {
  await story.ask(anya, anya, calendar.url);
  const chat = story.vk.createChat({ title: 'ИВТ-11', members: [anya], owner: anya });
  story.vk.inviteBot(chat, anya);
  await story.vk.waitFor(chat, (message) => message.from < 0);
  await story.ask(anya, chat, `/${calendar.url}`);
  const before = [story.heard(anya).length, story.heard(chat).length];

  const physics = calendar.events[1];
  calendar.events = [calendar.events[0]!, { ...physics!, room: '510М' }];
  await story.ask(anya, anya, 'обновить');
  await story.believe();

  for (const [peer, count] of [
    [anya, before[0]!],
    [chat, before[1]!],
  ] as const) {
    const notices = story
      .heard(peer)
      .slice(count)
      .filter((message) => message.text.includes('510М'));
    expect(notices).toHaveLength(1);
    expect(notices[0]?.text).toContain('215М');
    expect(notices[0]?.text).toContain('Физика');
    expect(notices[0]?.text).toContain('12:00');
  }
});

test('the source is read by itself every quarter of an hour, and a moved lesson is one move', async () => {
  await story.ask(anya, anya, calendar.url);
  const before = story.heard(anya).length;
  calendar.events = [
    calendar.events[0]!,
    { ...calendar.events[1]!, start: '20260916T140000', end: '20260916T153500', rule: 'FREQ=WEEKLY;COUNT=4' },
  ];
  story.clock.move(20 * MINUTE);
  await story.app.importNow();
  await story.believe();
  const told = story.heard(anya).slice(before);
  expect(told).toHaveLength(1);
  expect(told[0]?.text).toContain('14:00');
  expect(told[0]?.text).not.toContain('отменена');
});

test('a login page instead of the calendar changes nothing and is said honestly', async () => {
  await story.ask(anya, anya, calendar.url);
  calendar.broken = { status: 200, type: 'text/html', body: '<html><body><form>Войти</form></body></html>' };
  const answer = await story.ask(anya, anya, 'обновить');
  expect(answer.text).toMatch(/страниц/i);
  const week = await story.ask(anya, anya, 'неделя');
  expect(week.text).toContain('Физика');
});

test('a private address is refused', async () => {
  const answer = await story.ask(anya, anya, 'http://127.0.0.1:9/secret.ics');
  expect(answer.text).not.toContain('127.0.0.1');
  expect(story.troubles).toEqual([]);
});

test('an address is what its content is: a table behind it is read as one, asked for its group, and polled', async () => {
  const table = (room: string) =>
    `Семестр;01.09.2026;31.01.2027\nгруппа;день;начало;конец;предмет;аудитория\nПИ-21;вт;9:45;11:20;Матан;${room}\nПИ-22;ср;9:45;11:20;История;101\n`;
  calendar.broken = { status: 200, type: 'application/octet-stream', body: table('404Л') };
  const asked = await story.ask(anya, anya, calendar.url);
  expect(asked.keyboard.flat().map(({ label }) => label)).toEqual(['ПИ-21', 'ПИ-22']);
  const added = await story.ask(anya, anya, 'ПИ-21');
  expect(added.text).toContain('Прочитал таблицу «ПИ-21»: 1 занятие. Буду следить за ней.');
  expect(added.text).toContain('Неделя 1, нечётная, – с 31 августа, занятия до 31 января');

  const before = story.heard(anya).length;
  calendar.broken = { status: 200, type: 'application/octet-stream', body: table('510М') };
  story.clock.move(20 * MINUTE);
  await story.app.importNow();
  await story.believe();
  expect(
    story
      .heard(anya)
      .slice(before)
      .map(({ text }) => text),
  ).toEqual([expect.stringMatching(/404Л[\s\S]*510М/)]);
});

test('a table of a term that is over is said to be so, and followed by nobody', async () => {
  const body = 'Семестр;01.02.2026;30.06.2026\nдень;начало;конец;предмет\nпн;9:00;10:35;Физика\n';
  calendar.broken = { status: 200, type: 'text/csv', body };
  expect((await story.ask(anya, anya, calendar.url)).text).toContain('прошлого семестра');
  expect((await story.ask(anya, anya, 'завтра')).text).toContain('Какая группа?');
});

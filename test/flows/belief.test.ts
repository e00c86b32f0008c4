/** A site goes wrong in every way we know of: what it says then is never told to anybody as «everything changed». */

import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { addDays } from '../../src/domain/calendar.ts';
import { acceptHeld, addCalendar } from '../../src/flows/calendar.ts';
import { choose } from '../../src/flows/follow.ts';
import { createPolling } from '../../src/flows/polling.ts';
import { viewDay } from '../../src/flows/view.ts';
import type { World } from '../../src/flows/world.ts';
import { openSources, type Sources } from '../../src/source/host.ts';
import { type Feed, feedOf, lessonsOf } from '../../src/store/index.ts';
import { keptPages } from '../support/pages.ts';
import { type Stage, stageAt } from '../support/world.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const ANYA = 101;
const SAMPLE = join(import.meta.dirname, '../../data/sample');

let server: Server;
let answer: { status: number; type: string; body: string | Buffer };
let sources: Sources;
let stage: Stage & { world: World };
let pages: ReturnType<typeof keptPages>;
let timetable: number;

beforeAll(async () => {
  server = createServer((_, response) => {
    response.writeHead(answer.status, { 'content-type': answer.type });
    response.end(answer.body);
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const quiet = () => {};
  // The site is ours: it needs no second of peace between two questions.
  sources = openSources({ allow: [], own: [host], only: [], env: {}, log: { debug: quiet, warn: quiet } });
});
afterAll(async () => {
  await sources.close();
  server.closeAllConnections();
  server.close();
});

type Lesson = { readonly day: string; readonly start: string; readonly subject: string };
const PAIRS = ['090000', '104500', '123000'];
const SUBJECTS = ['Матан', 'Физика', 'История', 'Базы данных', 'Английский', 'Право', 'Сети'];

/** Six weeks of three lessons a day on weekdays, from 14 September. */
function term(names: readonly string[] = SUBJECTS): Lesson[] {
  return Array.from({ length: 30 }, (_, n) => addDays('2026-09-14', Math.floor(n / 5) * 7 + (n % 5))).flatMap(
    (day, n) =>
      PAIRS.map((start, pair) => ({
        day,
        start,
        subject: names[(n % 5) * 3 + pair < 7 ? (n % 5) * 3 + pair : ((n % 5) * 5 + pair * 2) % 7] ?? '',
      })),
  );
}

function ics(lessons: readonly Lesson[], zone = 'Europe/Moscow'): string {
  const stamp = (day: string, clock: string) => `${day.replaceAll('-', '')}T${clock}`;
  const events = lessons.map(({ day, start, subject }, n) =>
    [
      'BEGIN:VEVENT',
      `UID:${n}@example.org`,
      'DTSTAMP:20260901T000000Z',
      `DTSTART;TZID=${zone}:${stamp(day, start)}`,
      `DTEND;TZID=${zone}:${stamp(day, String(Number(start) + 13000).padStart(6, '0'))}`,
      `SUMMARY:${subject}`,
      'END:VEVENT',
    ].join('\r\n'),
  );
  return [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Test//RU',
    'X-WR-CALNAME:ПИ-21',
    ...events,
    'END:VCALENDAR',
    '',
  ].join('\r\n');
}

function later(lessons: readonly Lesson[], { days = 0, hours = 0 }: { days?: number; hours?: number }): Lesson[] {
  return lessons.map((one) => ({
    ...one,
    day: addDays(one.day, days),
    start: String(Number(one.start) + hours * 10000).padStart(6, '0'),
  }));
}

function calendar(lessons: readonly Lesson[]): typeof answer {
  return { status: 200, type: 'text/calendar; charset=utf-8', body: ics(lessons) };
}

const html = (body: string, status = 200) => ({ status, type: 'text/html; charset=utf-8', body });

beforeEach(async () => {
  const bare = await stageAt('2026-09-14', '08:00');
  pages = keptPages();
  stage = { ...bare, world: { ...bare.world, read: sources.read, reread: sources.reread, pages } };
  answer = calendar(term());
  const { port } = server.address() as AddressInfo;
  const added = await addCalendar(stage.world, { url: `http://127.0.0.1:${port}/private-abcdef/basic.ics`, by: ANYA });
  if (!added.ok) throw new Error(JSON.stringify(added));
  timetable = added.timetable.id;
  await choose(stage.world, ANYA, timetable, ANYA);
});
afterEach(async () => {
  await stage.world.store.close();
});

async function feed(): Promise<Feed> {
  const found = await feedOf(stage.world.store.db, timetable);
  if (found === null) throw new Error('no feed');
  return found;
}

async function reread(body: typeof answer): Promise<Feed> {
  answer = body;
  stage.clock.set((await feed()).nextCheck + 1);
  await createPolling(stage.world).run();
  return feed();
}

const GROUPS = ['pi-21', 'pi-22'].map((name) => readFileSync(join(SAMPLE, `${name}.ics`), 'utf8'));

const POISONS: readonly (readonly [string, () => typeof answer, string])[] = [
  ['an empty body', () => ({ status: 200, type: 'text/calendar', body: '' }), 'changed empty'],
  ['a calendar with nothing in it', () => calendar([]), 'empty|changed'],
  [
    'a login page',
    () => html('<html><body><form action="/login"><input name="password"></form></body></html>'),
    'changed html',
  ],
  ['a 502 page', () => html('<html><body><h1>502 Bad Gateway</h1></body></html>', 502), 'unreachable http-502'],
  [
    'a captcha',
    () => html('<html><head><title>Проверка браузера</title></head><body>captcha</body></html>'),
    'changed html|blocked',
  ],
  ['half a page, cut where it fell', () => ({ ...calendar([]), body: ics(term()).slice(0, 5000) }), 'changed cut'],
  ['half a page, whole in form', () => calendar(term().slice(0, 45)), 'shrunk'],
  ['one week missing', () => calendar(term().filter(({ day }) => day < '2026-09-28' || day >= '2026-10-05')), 'gap'],
  [
    "another group's page",
    () => calendar(term(['Сопромат', 'Химия', 'Чертёж', 'Механика', 'Немецкий', 'Этика', 'Лыжи'])),
    'foreign',
  ],
  ['the subjects of our group on the days of another', () => calendar(term(SUBJECTS.toReversed())), 'foreign'],
  ['a year rolled over', () => calendar(later(term(), { days: 364 })), 'empty'],
  ['a year rolled back', () => calendar(later(term(), { days: -364 })), 'empty'],
  ['all times three hours later', () => calendar(later(term(), { hours: 3 })), 'shifted'],
  ['all times three hours off by a lost zone', () => ({ ...calendar([]), body: ics(term(), 'UTC') }), 'shifted'],
  ['everything a week later', () => calendar(later(term().slice(0, 45), { days: 21 })), 'empty|week|shrunk|foreign'],
  [
    'a broken encoding',
    () => ({ ...calendar([]), body: Buffer.from(Buffer.from(ics(term()), 'utf8').toString('latin1'), 'utf8') }),
    'foreign',
  ],
];

describe('poison', () => {
  test.each(POISONS)('%s', async (_, poison, expected) => {
    const before = await lessonsOf(stage.world.store.db, timetable, {});
    const after = await reread(poison());
    const said = after.held ?? `${after.problem?.kind} ${after.problem?.detail}`;
    expect(said).toMatch(new RegExp(`^(${expected})`));
    expect(await lessonsOf(stage.world.store.db, timetable, {})).toEqual(before);
    const told = (await stage.deliver()).map(({ saying }) => saying.kind);
    expect(told).toEqual(after.held === null ? [] : ['held']);
    // The site comes to itself: nobody hears a word of it.
    const well = await reread(calendar(term()));
    expect(well).toMatchObject({ held: null, problem: null, failures: 0 });
    expect(await lessonsOf(stage.world.store.db, timetable, {})).toEqual(before);
    expect(await stage.deliver()).toEqual([]);
  });

  test("a real neighbour's page: ПИ-22 where ПИ-21 was", async () => {
    const [ours = '', theirs = ''] = GROUPS;
    stage.clock.set(Date.parse('2026-11-16T05:00Z'));
    await reread({ ...calendar([]), body: ours });
    await acceptHeld(stage.world, { timetableId: timetable, by: ANYA });
    expect((await lessonsOf(stage.world.store.db, timetable, {})).length).toBeGreaterThan(8);
    expect((await reread({ ...calendar([]), body: theirs })).held).not.toBeNull();
  });
});

describe('a doubtful reading that stays the same', () => {
  /** As exports are: every download has a stamp of its own and another order. */
  const stamped = (lessons: readonly Lesson[], n: number): typeof answer => ({
    ...calendar([]),
    body: ics(n % 2 === 0 ? lessons : lessons.toReversed()).replaceAll(
      'DTSTAMP:20260901T000000Z',
      `DTSTAMP:202609${String(10 + (n % 20))}T0000${String(n % 60).padStart(2, '0')}Z`,
    ),
  });

  /** After how many readings, one in two hours, what is answered became the timetable; 20 when it did not. */
  async function settled(lessons: (n: number) => readonly Lesson[]): Promise<number> {
    for (let n = 0; n < 20; n += 1) {
      stage.clock.move(2 * HOUR);
      answer = stamped(lessons(n), n);
      await createPolling(stage.world).run();
      if ((await feed()).held === null) return n;
    }
    return 20;
  }

  test.each(['08:00', '21:00'])('is the truth after six hours, whatever its bytes; begun at %s', async (clock) => {
    stage.clock.set(Date.parse(`2026-09-14T${clock}+03:00`));
    expect(await settled(() => term().slice(0, 45))).toBe(3);
    expect(await lessonsOf(stage.world.store.db, timetable, {})).toHaveLength(45);
  });

  test('an empty one needs a day, midnight or not', async () => {
    expect(await settled(() => later(term(), { days: -364 }))).toBe(12);
  });

  test('one that says something else every time is not', async () => {
    const half = term().slice(0, 45);
    const other = (n: number) => half.map((one, at) => (at === 20 ? { ...one, subject: `Право ${n}` } : one));
    expect(await settled(other)).toBe(20);
    expect(await lessonsOf(stage.world.store.db, timetable, {})).toHaveLength(90);
  });
});

describe('how fresh it is', () => {
  const doubt = async () => {
    const { timetable: ref } = await viewDay(stage.world, timetable, '2026-09-15');
    return { why: ref.trouble?.kind ?? null, late: ref.lateAt !== null && stage.clock.now() > ref.lateAt };
  };

  test('is in doubt while the site fails or is not believed, or a reading is overdue', async () => {
    expect(await doubt()).toEqual({ why: null, late: false });
    await reread(html('<h1>502</h1>', 502));
    expect((await doubt()).why).toBe('unreachable');
    await reread(calendar([]));
    expect((await doubt()).why).toBe('held');
    await reread(calendar(term()));
    expect(await doubt()).toEqual({ why: null, late: false });
    // The bot was off for three days.
    stage.clock.move(72 * HOUR);
    expect(await doubt()).toEqual({ why: null, late: true });
    await createPolling(stage.world).run();
    expect(await doubt()).toEqual({ why: null, late: false });
  });
});

describe('the pages of a reading that was not believed', () => {
  test('are kept once, without the address, and can be parsed by the tools', async () => {
    await reread(calendar(term().slice(0, 30)));
    const kept = await pages.find(await feed());
    expect(kept).toMatchObject({ why: 'shrunk', pages: 1 });
    await reread(calendar(term().slice(0, 30)));
    expect(await pages.find(await feed())).toEqual(kept);
    const ask = readFileSync(join(pages.folder, 'ics', String(kept?.id), 'ask.json'), 'utf8');
    expect(ask).not.toContain('private-abcdef');
    expect(ask).toContain('"from": "2026-08-31"');
  });

  test('are kept of a page of another form too, and go when the calendar is well again', async () => {
    await reread(html('<html><body>Войдите</body></html>'));
    expect(await pages.find(await feed())).toMatchObject({ why: 'changed html' });
    await reread(calendar(term()));
    expect(await pages.find(await feed())).toBeNull();
  });
});

describe('«принять»', () => {
  test('takes what was shown: the changes are told like any', async () => {
    await reread(calendar(term().slice(0, 45)));
    await stage.deliver();
    stage.clock.move(MINUTE);
    expect(await acceptHeld(stage.world, { timetableId: timetable, by: ANYA })).toBe('accepted');
    expect(await lessonsOf(stage.world.store.db, timetable, {})).toHaveLength(45);
    expect(await feed()).toMatchObject({ held: null, heldPrint: null });
  });

  test('does not take another trouble for the one that was shown', async () => {
    await reread(calendar(later(term(), { hours: 3 })));
    answer = calendar(term().slice(0, 9));
    stage.clock.move(MINUTE);
    expect(await acceptHeld(stage.world, { timetableId: timetable, by: ANYA })).toBe('held');
    expect((await feed()).held).toBe('shrunk');
    expect(await lessonsOf(stage.world.store.db, timetable, {})).toHaveLength(90);
  });

  test('takes the next page of the same kind: one that differs at every reading can be accepted', async () => {
    await reread(calendar(later(term(), { hours: 3 })));
    answer = { ...calendar([]), body: `${ics(later(term(), { hours: 3 }))}\r\n` };
    stage.clock.move(MINUTE);
    expect(await acceptHeld(stage.world, { timetableId: timetable, by: ANYA })).toBe('accepted');
    const { lessons } = await viewDay(stage.world, timetable, '2026-09-15');
    expect(lessons[0]?.start).toBe('12:00');
  });
});

test("a person's own calendar that has failed for a day is told once, and once when it is read again", async () => {
  const told = async () => (await stage.deliver()).map(({ saying, peers }) => ({ saying, peers }));
  const broken = html('<h1>502</h1>', 502);
  const since = (await reread(broken)).problem?.since ?? 0;
  const heard: { at: number; saying: object }[] = [];
  while (stage.clock.now() - since < 50 * HOUR) {
    await reread(broken);
    heard.push(...(await told()).map((one) => ({ ...one, at: stage.clock.now() })));
  }
  const problem = { kind: 'unreachable', detail: 'http-502', since };
  expect(heard).toMatchObject([
    { peers: [ANYA], saying: { kind: 'calendar', state: 'failing', title: 'ПИ-21', problem } },
  ]);
  expect((heard[0]?.at ?? 0) - since).toBeGreaterThanOrEqual(24 * HOUR);
  await reread(calendar(term()));
  expect(await told()).toMatchObject([{ peers: [ANYA], saying: { kind: 'calendar', state: 'back', problem: null } }]);
  await reread(calendar(term()));
  expect(await told()).toEqual([]);
});

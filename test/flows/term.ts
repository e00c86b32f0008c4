/** A term on a site, and what the site does with it from one reading to the next. */
import fc from 'fast-check';
import { addDays, clockOf, type Day, type Weekday } from '../../src/domain/calendar.ts';
import type { Lesson, Times } from '../../src/domain/lesson.ts';
import { lesson } from '../support/make.ts';
import type { Stage } from '../support/world.ts';

/** A Monday. */
export const FIRST = '2026-09-14';
const DAYS = 28;

/** A lesson as a list of it is made: on the `n`th day, with this id of its source. */
export type Row = {
  readonly n: number;
  readonly day: Day;
  readonly hour: number;
  readonly subject: number;
  readonly room: string;
  readonly id: string;
  readonly subgroup: string;
  readonly off: boolean;
  readonly mark: boolean;
  readonly lasts: 'a pair' | 'into the night' | 'for days' | 'every week';
};

export function lessonOf({ hour, subject, room, id, subgroup, off, mark, ...when }: Row): Lesson {
  return lesson({
    subject: `Предмет ${subject}`,
    place: { room, link: '', format: 'onsite' },
    times: timesOf({ ...when, hour }),
    sourceId: id,
    subgroup,
    cancelled: off,
    ...(mark ? { changed: true } : {}),
  });
}

function timesOf({ n, lasts, hour }: Pick<Row, 'n' | 'lasts' | 'hour'>): Times {
  const [start, end] = [clockOf(hour * 60), clockOf(hour * 60 + 95)];
  if (lasts === 'every week') return { on: 'weekly', weekday: ((n % 7) + 1) as Weekday, weeks: 'every', start, end };
  const day = addDays(FIRST, n);
  if (lasts === 'into the night')
    return { on: 'day', day, start: '23:00', endDay: addDays(day, 1), end: '01:30', allDay: false };
  if (lasts === 'for days')
    return { on: 'day', day, start: '00:00', endDay: addDays(day, 3), end: '00:00', allDay: true };
  return { on: 'day', day, start, endDay: day, end, allDay: false };
}

/** Four weeks, two lessons a day and free Saturdays and Sundays; a few have an id that another has as well. */
export const TERM: readonly Row[] = Array.from({ length: 40 }, (_, n) => {
  const on = 7 * Math.floor((n % 20) / 5) + (n % 5);
  return {
    ...{ n: on, day: addDays(FIRST, on), hour: n < 20 ? 8 : 10, subject: n % 7, room: '404', id: `id-${n % 37}` },
    ...{ subgroup: '', off: false, mark: false, lasts: 'a pair' as const },
  };
});

const anyDeed = fc.record({
  what: fc.constantFrom(
    ...(['room', 'move', 'move', 'swap', 'remove', 'renumber', 'number', 'number', 'add', 'twin', 'again'] as const),
    ...(['off', 'mark', 'night', 'days', 'series', 'part', 'hour', 'subject', 'shift', 'half', 'none'] as const),
  ),
  // The same ones again and again: what happens to one lesson is more than what happens to two.
  at: fc.oneof({ weight: 3, arbitrary: fc.nat({ max: 4 }) }, { weight: 2, arbitrary: fc.nat({ max: 39 }) }),
  by: fc.integer({ min: 1, max: 12 }),
});
type Deed = typeof anyDeed extends fc.Arbitrary<infer T> ? T : never;

/** What a site does, of which a reading may show some weeks only, and what happens before it is read. */
export const anyStep = fc.record({
  deeds: fc.oneof(
    { weight: 6, arbitrary: fc.array(anyDeed, { minLength: 1, maxLength: 3 }) },
    { weight: 1, arbitrary: fc.constant('back' as const) },
  ),
  at: fc.nat({ max: 39 }),
  by: fc.integer({ min: 1, max: 9 }),
  shows: fc.constantFrom('all', 'all', 'all', 'some'),
  zone: fc.constantFrom('Europe/Moscow', 'Europe/Moscow', 'Europe/Moscow', 'Europe/Moscow', 'Asia/Yekaterinburg'),
  ends: fc.constantFrom(DAYS, DAYS, DAYS, DAYS - 7),
  skipped: fc.constantFrom(0, 0, 0, 3),
  meanwhile: fc.constantFrom(
    ...(['nothing', 'nothing', 'nothing', 'hour', 'day', 'week', 'hand', 'forget', 'homework'] as const),
  ),
  accepts: fc.constantFrom(true, false, false),
});
export type Step = typeof anyStep extends fc.Arbitrary<infer T> ? T : never;

/** The list after it; `before` is the list one step ago. */
export function after(rows: readonly Row[], { deeds }: Step, before: readonly Row[]): readonly Row[] {
  return deeds === 'back' ? before : deeds.reduce(done, rows);
}

function done(rows: readonly Row[], { what, at, by }: Deed): readonly Row[] {
  const [index, other] = [at % rows.length, (at + by) % rows.length];
  const [chosen, second] = [rows[index], rows[other]];
  if (chosen === undefined || second === undefined) return TERM;
  const changed = (part: Partial<Row>) => rows.map((row, n) => (n === index ? dated({ ...row, ...part }) : row));
  const anew = (part: Partial<Row>) => [...rows, dated({ ...chosen, ...part })];
  const swapped = (row: Row, n: number) => {
    const where = n === index ? second : n === other ? chosen : row;
    return { ...row, n: where.n, day: where.day, hour: where.hour };
  };
  const made: Record<typeof what, () => readonly Row[]> = {
    room: () => changed({ room: `${500 + by}` }),
    move: () => changed({ n: (chosen.n + by) % DAYS }),
    swap: () => rows.map(swapped),
    remove: () => rows.filter((_, n) => n !== index),
    renumber: () => rows.map((row) => ({ ...row, id: `${row.id}+` })),
    number: () => changed({ id: by < 5 ? second.id : by < 9 ? `other-${by}` : '' }),
    add: () => anew({ n: (chosen.n + by) % DAYS, subject: by, hour: 10 + by, id: `new-${at}-${by}` }),
    twin: () => anew(by < 5 ? {} : { id: `twin-${by}` }),
    again: () => anew({ n: second.n }),
    off: () => changed({ off: !chosen.off }),
    mark: () => changed({ mark: !chosen.mark, ...(by < 5 ? {} : { room: 'А' }) }),
    night: () => changed({ lasts: chosen.lasts === 'a pair' ? 'into the night' : 'a pair' }),
    days: () => changed({ lasts: chosen.lasts === 'a pair' ? 'for days' : 'a pair' }),
    series: () => changed({ lasts: chosen.lasts === 'a pair' ? 'every week' : 'a pair' }),
    part: () => changed({ subgroup: chosen.subgroup === '' ? '1' : '' }),
    hour: () => changed({ hour: 8 + by }),
    subject: () => changed({ subject: by % 5 }),
    shift: () => rows.map((row) => dated({ ...row, n: (row.n + 1) % DAYS })),
    half: () => rows.filter((_, n) => n % 2 === at % 2),
    none: () => [],
  };
  return made[what]();
}

function dated(row: Row): Row {
  return { ...row, day: addDays(FIRST, row.n) };
}

/** What a reading gives. */
export type Site = { readonly lessons: readonly Lesson[]; readonly facts: Stage['facts'] };

export function siteOf(rows: readonly Row[], { shows, at, by, zone, ends, skipped }: Step): Site {
  const from = addDays(FIRST, at % 12);
  const covers = shows === 'some' ? { from, to: addDays(from, 10 + by) } : undefined;
  const isRead = ({ times }: Lesson) =>
    covers === undefined || times.on === 'weekly' || (times.day >= covers.from && times.day < covers.to);
  const isSeries = rows.some(({ lasts }) => lasts === 'every week');
  return {
    lessons: rows.map(lessonOf).filter(isRead),
    facts: {
      zone,
      ...(covers === undefined ? {} : { covers }),
      ...(isSeries ? { term: { start: FIRST, end: addDays(FIRST, ends - 1), week1: FIRST } } : {}),
      ...(skipped === 0 ? {} : { skipped: Array.from({ length: skipped }, (_, n) => `row ${n}`) }),
    },
  };
}

export function given(rows: readonly Row[], n: number): Row {
  const row = rows[n];
  if (row === undefined) throw new Error('there is no such row');
  return row;
}

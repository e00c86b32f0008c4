/** The demo university is alive whatever the date is, and never cries wolf: three years of days, read by the real scrapers. */
import { describe, expect, onTestFinished, test } from 'vitest';
import { firstReminder, openDemo } from '../../src/demo.ts';
import { addDays, type Day, instantOf, mondayOf, weekdayOf } from '../../src/domain/calendar.ts';
import { diff } from '../../src/domain/diff.ts';
import type { Occurrence } from '../../src/domain/occurrence.ts';
import { verdict } from '../../src/domain/verdict.ts';
import { horizonAt } from '../../src/flows/change.ts';
import { clockAt } from '../support/clock.ts';
import { readGroup, sample, served } from './university.ts';

const GROUPS = sample.groups.map(({ name }) => name);
const DAY = 86_400_000;
const at = (day: Day, clock = '12:00') => instantOf(day, clock, sample.zone);

/** Every 19th day of three years meets every weekday, week of an exam turn and month; the rest are where years break. */
const DAYS: readonly Day[] = [
  ...Array.from({ length: 58 }, (_, index) => addDays('2026-01-01', index * 19)),
  ...['2026-08-31', '2026-09-01', '2026-12-31', '2027-01-01', '2027-08-31', '2027-09-01', '2028-02-28', '2028-02-29'],
  ...['2028-03-01', '2028-08-31', '2028-09-01', '2028-12-31'],
];

const weekly = ({ kind, subject }: Occurrence) => kind !== 'exam' && subject !== sample.soon.subject;
const place = ({ day, start, subject, place: { room } }: Occurrence) => `${day} ${start} ${subject} ${room}`;

describe.each(DAYS)('on %s', (today) => {
  const now = at(today);
  const monday = mondayOf(today);
  const groups = new Map(GROUPS.map((name) => [name, readGroup(name, now)]));
  const main = groups.get('ПИ-21')?.dated ?? [];

  test('all is read, and every group has lessons in the next seven days and two exams ahead', () => {
    expect(groups.size).toBe(6);
    for (const [name, { dated, skipped, name: own }] of groups) {
      expect([name, skipped, own]).toEqual([name, [], name]);
      expect(dated.filter((one) => one.startsAt > now && one.startsAt < now + 7 * DAY && weekly(one))).not.toEqual([]);
      const exams = dated.filter((one) => one.kind === 'exam' && one.startsAt > now);
      expect(exams.length).toBeGreaterThanOrEqual(2);
      expect((exams[0]?.startsAt ?? 0) - now).toBeLessThan(29 * DAY);
    }
  });

  test('ПИ-21 has lessons on each of Monday to Saturday of this week and of the next, one of them at 09:45', () => {
    for (const from of [monday, addDays(monday, 7)]) {
      const week = main.filter((one) => weekly(one) && one.day >= from && one.day < addDays(from, 7));
      expect([...new Set(week.map(({ day }) => weekdayOf(day)))].sort()).toEqual([1, 2, 3, 4, 5, 6]);
      // So that a jump to 08:44 of any of these days has a lesson an hour ahead.
      expect(week.filter(({ start }) => start === '09:45').map(({ day }) => weekdayOf(day))).toEqual([
        1, 2, 3, 4, 5, 6,
      ]);
    }
  });

  test('exactly one lesson is moved this week, in ПИ-21; later weeks are as ever', () => {
    const week = (list: readonly Occurrence[], from: Day) =>
      list.filter((one) => weekly(one) && one.day >= from && one.day < addDays(from, 7)).map(place);
    const moves = GROUPS.map((name) => {
      const { file } = sample.groups.find((group) => group.name === name) ?? { file: '' };
      // The table as it lies there has its own semester; only calendars can say a date is moved.
      const text = file.endsWith('.ics') ? sample.files.get(file) : undefined;
      const [is, was] = [groups.get(name)?.dated ?? [], readGroup(name, now, now, text).dated];
      expect(week(is, addDays(monday, 7))).toEqual(week(was, addDays(monday, 7)));
      const [gone, come] = [
        week(was, monday).filter((one) => !week(is, monday).includes(one)),
        week(is, monday).filter((one) => !week(was, monday).includes(one)),
      ];
      return [name, gone.length, come.length];
    });
    expect(moves).toEqual(GROUPS.map((name) => [name, Number(name === 'ПИ-21'), Number(name === 'ПИ-21')]));
    const override = served('pi-21.ics', now).match(/^RECURRENCE-ID/gm);
    expect(override).toHaveLength(4);
  });

  test('nobody is in two places at once: no group, but for its subgroups, and no teacher', () => {
    const rooms = new Map<string, string>();
    for (const { dated } of groups.values()) {
      const own = dated.filter((one) => one.subject !== sample.soon.subject);
      const slots = own.map((one) => `${one.startsAt} ${one.subgroup}`);
      expect(new Set(slots).size).toBe(slots.length);
      for (const {
        startsAt,
        teachers,
        place: { room },
      } of own) {
        const slot = `${startsAt} ${teachers}`;
        expect([slot, room]).toEqual([slot, rooms.get(slot) ?? room]);
        rooms.set(slot, room);
      }
    }
  });
});

test('there are twelve teachers, subgroups, odd and even weeks, lessons at a distance with a link, in both kinds of source', () => {
  const read = GROUPS.map((name) => readGroup(name, at('2026-11-22')));
  expect(
    new Set(read.flatMap(({ lessons }) => lessons.flatMap(({ teachers }) => teachers))).size,
  ).toBeGreaterThanOrEqual(12);
  expect(new Set(sample.groups.map(({ faculty }) => faculty)).size).toBe(2);
  for (const file of ['.ics', '.csv']) {
    const lessons = read.filter((_, index) => sample.groups[index]?.file.endsWith(file)).flatMap((one) => one.dated);
    expect(new Set(lessons.map(({ subgroup }) => subgroup))).toEqual(new Set(['', '1', '2']));
    expect(
      lessons.some(
        ({ place: { format, link, room } }) =>
          format === 'remote' && room === '' && link.startsWith('https://vk.com/call/join/'),
      ),
    ).toBe(true);
  }
  const parity = (name: string, subject: string, subgroup: string) =>
    read[GROUPS.indexOf(name)]?.dated
      .filter((one) => one.subject === subject && one.subgroup === subgroup)
      .map(({ day }) => mondayOf(day));
  // The odd weeks of the calendars are those of the table.
  expect(parity('ПИ-21', 'Базы данных', '1')?.slice(0, 20)).toEqual(
    parity('ЭК-21', 'Бухгалтерский учёт', '1')?.slice(0, 20),
  );
  expect(parity('ПИ-21', 'Базы данных', '2')?.slice(0, 20)).toEqual(
    parity('ЭК-21', 'Бухгалтерский учёт', '2')?.slice(0, 20),
  );
});

describe('never cries wolf', () => {
  test('on one day the bytes are the same, be it the last minute of it', () => {
    for (const day of ['2026-11-22', '2027-08-31', '2028-02-29'])
      for (const file of sample.files.keys())
        expect(served(file, at(day, '23:59'), at(day, '00:00'))).toBe(served(file, at(day, '00:00')));
  });

  test.each(['ПИ-21', 'ИС-11', 'ЭК-21'])('for three years nothing in %s is news but the move of a new week', (name) => {
    const startedAt = at('2025-12-31');
    let before = readGroup(name, startedAt);
    for (let day = '2026-01-01'; day < '2029-01-01'; day = addDays(day, 1)) {
      // On other days nothing is served that was not the day before.
      if (weekdayOf(day) !== 1 && day.slice(5) !== '09-01') continue;
      const now = at(day, '00:07');
      const after = readGroup(name, now, startedAt);
      const window = { from: now, to: horizonAt(now - 7 * DAY) };
      expect(verdict(before.dated, after.dated, window)).toBe('believe');
      // An exam that comes into sight weeks ahead is told to nobody.
      const changes = diff(before.dated, after.dated, window).filter(
        (change) => !(change.kind === 'added' && change.after.startsAt > now + 28 * DAY),
      );
      const wanted = name === 'ПИ-21' && weekdayOf(day) === 1 ? ['altered'] : [];
      expect([day, changes.map(({ kind }) => kind)]).toEqual([day, wanted]);
      for (const change of changes) expect(change).toMatchObject({ what: ['time', 'room'] });
      before = after;
    }
  });

  test('between Mondays and the first of September the bytes stand still', () => {
    const startedAt = at('2025-12-31');
    for (const file of sample.files.keys()) {
      for (let day = '2026-01-01'; day < '2029-01-01'; day = addDays(day, 1)) {
        const same = served(file, at(day), startedAt) === served(file, at(addDays(day, -1)), startedAt);
        if (!same) expect(weekdayOf(day) === 1 || day.slice(5) === '09-01').toBe(true);
      }
    }
  });
});

describe('the lesson that begins soon after the start', () => {
  test.each([
    ['2026-11-22', '12:00', '12:06'],
    ['2026-12-31', '23:57', '00:03'],
    ['2028-02-28', '23:30', '23:36'],
  ])('%s %s: a call at %s that stays where it is', (day, clock, start) => {
    const startedAt = at(day, clock);
    const soon = (now: number) =>
      readGroup('ПИ-21', now, startedAt).dated.filter(({ subject }) => subject === sample.soon.subject);
    const [lesson, ...more] = soon(startedAt);
    expect(more).toEqual([]);
    expect(lesson).toMatchObject({ start, kind: 'consultation', place: { format: 'remote', link: sample.soon.link } });
    expect(lesson?.startsAt).toBe(startedAt + 6 * 60_000);
    expect(soon(startedAt + 3 * DAY)).toEqual([lesson]);
    for (const name of GROUPS.slice(1))
      expect(readGroup(name, startedAt).dated.some(({ subject }) => subject === sample.soon.subject)).toBe(false);
  });

  test('starts on a whole minute, six to seven minutes after the start', () => {
    for (const second of [1, 30, 59]) {
      const startedAt = at('2026-11-22', '12:00') + second * 1000;
      const lesson = readGroup('ПИ-21', startedAt).dated.find(({ subject }) => subject === sample.soon.subject);
      expect(lesson?.startsAt).toBe(at('2026-11-22', '12:07'));
    }
    expect(firstReminder(Date.UTC(2026, 8, 14, 5, 20))).toContain('В 08:26');
    expect(firstReminder(0)).toContain(sample.soon.subject);
  });
});

test('the sandbox serves the files by its product clock', async () => {
  const clock = clockAt('2026-11-22', '12:00');
  const { sandbox } = await openDemo({ host: '127.0.0.1', port: 0, now: clock.now });
  onTestFinished(() => sandbox.close());
  const startedAt = clock.now();
  for (const day of ['2026-11-22', '2027-03-08']) {
    clock.set(at(day));
    for (const file of sample.files.keys()) {
      const answer = await fetch(`${sandbox.address}/sample/${file}`);
      expect(answer.headers.get('content-type')).toBe(
        file.endsWith('.csv') ? 'text/csv; charset=utf-8' : 'text/calendar; charset=utf-8',
      );
      expect(Buffer.from(await answer.arrayBuffer()).toString()).toBe(served(file, clock.now(), startedAt));
    }
  }
});

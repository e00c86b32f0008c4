/** A whole university's calendar with the list of everything in it: what a reading is measured against and judged by. */
import { DateTime } from 'luxon';
import type { Lesson } from '../../src/domain/lesson.ts';

export type Variant = {
  readonly zone: 'Europe/Berlin' | 'Europe/Moscow';
  /** `rules`: a weekly rule a lesson; `flat`: one event an occurrence. */
  readonly shape: 'rules' | 'flat';
  readonly groups: number;
};

export type University = {
  readonly body: Uint8Array;
  readonly events: number;
  /** «start instant|end instant|subject» of every occurrence, sorted. Made by luxon from wall time, never by a reader of calendars. */
  readonly oracle: readonly string[];
};

const PER_WEEK = 12;
const WEEKS = 18;
const HOURS = [8, 10, 12, 14] as const;
/** The first of September 2026 is a Tuesday; lessons begin on the Monday before. */
const FIRST = Date.UTC(2026, 7, 31);
const DAY = 86_400_000;

/** The days that hold all of it. */
export const TERM = { from: '2026-08-25', to: '2027-02-10' } as const;

/** 12 weekly lessons a group for 18 weeks, of which 5 % miss a week (EXDATE) and 3 % have one date moved (RECURRENCE-ID). */
export function university({ zone, shape, groups }: Variant): University {
  const lines = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Bench//University//RU', ...ZONES[zone]];
  const oracle: string[] = [];
  const instants = new Map<number, number>();
  let events = 0;

  function instant(wall: number): number {
    let at = instants.get(wall);
    if (at === undefined) {
      at = DateTime.fromMillis(wall, { zone: 'UTC' }).setZone(zone, { keepLocalTime: true }).toMillis();
      instants.set(wall, at);
    }
    return at;
  }
  function event(uid: string, wall: number, n: number, extra: readonly string[]): void {
    events += 1;
    lines.push(
      'BEGIN:VEVENT',
      `UID:${uid}@university.example`,
      'DTSTAMP:20260825T060000Z',
      `DTSTART;TZID=${zone}:${stamp(wall)}`,
      `DTEND;TZID=${zone}:${stamp(wall + 95 * 60_000)}`,
      ...extra,
      `SUMMARY:${subject(n)} (${KINDS[n % 3]})`,
      `LOCATION:Корпус ${1 + (n % 7)}\\, аудитория ${100 + (n % 400)}`,
      `DESCRIPTION:Преподаватель: ${TEACHERS[n % TEACHERS.length]}\\nГруппа Г-${Math.floor(n / PER_WEEK)}`,
      'END:VEVENT',
    );
  }

  for (let n = 0; n < groups * PER_WEEK; n += 1) {
    const slot = n % PER_WEEK;
    const first = FIRST + (slot % 6) * DAY + (HOURS[(Math.floor(slot / 6) + n) % 4] ?? 8) * 3_600_000 + 30 * 60_000;
    const missing = falls(n, 0.0507) ? 1 + (n % 16) : -1;
    const moved = falls(n, 0.0302) ? 17 - (n % 9) : -1;
    const kept = Array.from({ length: WEEKS }, (_, week) => week).filter((week) => week !== missing);
    // The next day, an hour and a half later.
    const walls = kept.map((week) => first + week * 7 * DAY + (week === moved ? DAY + 90 * 60_000 : 0));
    for (const wall of walls) oracle.push(`${instant(wall)}|${instant(wall + 95 * 60_000)}|${subject(n)}`);
    if (shape === 'flat') for (const [k, wall] of walls.entries()) event(`l${n}-${k}`, wall, n, []);
    else {
      const until = new Date(instant(first + (WEEKS - 1) * 7 * DAY)).toISOString().slice(0, 19).replaceAll(/[-:]/g, '');
      const rule = [`RRULE:FREQ=WEEKLY;BYDAY=${BYDAY[slot % 6]};UNTIL=${until}Z`];
      if (missing >= 0) rule.push(`EXDATE;TZID=${zone}:${stamp(first + missing * 7 * DAY)}`);
      event(`l${n}`, first, n, rule);
      if (moved >= 0 && moved !== missing)
        event(`l${n}`, first + moved * 7 * DAY + DAY + 90 * 60_000, n, [
          `RECURRENCE-ID;TZID=${zone}:${stamp(first + moved * 7 * DAY)}`,
        ]);
    }
  }
  lines.push('END:VCALENDAR', '');
  return { body: new TextEncoder().encode(lines.join('\r\n')), events, oracle: oracle.sort() };
}

/** Lessons that are not in the generator's list, and those of the list that were not read. */
export function mistakes(lessons: readonly Lesson[], { oracle }: University, zone: string): number {
  const left = new Map<string, number>();
  for (const one of oracle) left.set(one, (left.get(one) ?? 0) + 1);
  let strange = 0;
  const instants = new Map<string, number>();
  function instant(local: string): number {
    const known = instants.get(local) ?? DateTime.fromISO(local, { zone }).toMillis();
    instants.set(local, known);
    return known;
  }
  for (const { subject, times } of lessons) {
    if (times.on !== 'day') throw new Error('a lesson of a calendar has a date');
    const key = `${instant(`${times.day}T${times.start}`)}|${instant(`${times.endDay}T${times.end}`)}|${subject}`;
    const count = left.get(key) ?? 0;
    if (count === 0) strange += 1;
    else if (count === 1) left.delete(key);
    else left.set(key, count - 1);
  }
  return strange + [...left.values()].reduce((sum, count) => sum + count, 0);
}

/** True for this share of the numbers, spread evenly. */
function falls(n: number, share: number): boolean {
  return Math.floor((n + 1) * share) > Math.floor(n * share);
}

function stamp(wall: number): string {
  return new Date(wall).toISOString().slice(0, 19).replaceAll(/[-:]/g, '');
}

function subject(n: number): string {
  return `${SUBJECTS[n % SUBJECTS.length]} ${Math.floor(n / PER_WEEK)}`;
}

const BYDAY = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA'] as const;
const KINDS = ['лек.', 'пр.', 'лаб.'] as const;
const SUBJECTS = ['Математический анализ', 'Физика', 'История России', 'Программирование', 'Базы данных'] as const;
const TEACHERS = ['Иванов Иван Иванович', 'Петрова Анна Сергеевна', 'Сидоров П. П.', 'Ковалёва М. А.'] as const;

const ZONES: Readonly<Record<Variant['zone'], readonly string[]>> = {
  'Europe/Berlin': [
    ...['BEGIN:VTIMEZONE', 'TZID:Europe/Berlin'],
    ...['BEGIN:DAYLIGHT', 'TZOFFSETFROM:+0100', 'TZOFFSETTO:+0200', 'TZNAME:CEST', 'DTSTART:19700329T020000'],
    ...['RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU', 'END:DAYLIGHT'],
    ...['BEGIN:STANDARD', 'TZOFFSETFROM:+0200', 'TZOFFSETTO:+0100', 'TZNAME:CET', 'DTSTART:19701025T030000'],
    ...['RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU', 'END:STANDARD', 'END:VTIMEZONE'],
  ],
  'Europe/Moscow': [
    ...['BEGIN:VTIMEZONE', 'TZID:Europe/Moscow', 'BEGIN:STANDARD', 'TZOFFSETFROM:+0300', 'TZOFFSETTO:+0300'],
    ...['TZNAME:MSK', 'DTSTART:19700101T000000', 'END:STANDARD', 'END:VTIMEZONE'],
  ],
};

/** Plain values for the store's tests; each test changes only what it is about. */
import { randomUUID } from 'node:crypto';
import type { Instant } from '../../src/domain/calendar.ts';
import { DEFAULT_BELLS } from '../../src/domain/calendar.ts';
import type { Known } from '../../src/domain/identity.ts';
import type { Lesson } from '../../src/domain/lesson.ts';
import type { Entry, LessonLine } from '../../src/domain/notice.ts';
import type { Peer } from '../../src/domain/peer.ts';
import { newPeer } from '../../src/domain/peer.ts';
import type { Marked } from '../../src/domain/sitting.ts';
import type { Db, NewTimetable, Timetable } from '../../src/store/index.ts';
import { createTimetable, lessonRow, savePeer, writeLessons } from '../../src/store/index.ts';

/** 1 September 2026, 06:00 UTC: a Tuesday morning in Moscow. */
export const NOW: Instant = Date.UTC(2026, 8, 1, 6);
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** Each one is another lesson to us, however equal. */
export function lesson(change: Partial<Lesson> = {}): Known {
  return {
    uid: randomUUID(),
    subject: 'Математический анализ',
    kind: 'lecture',
    teachers: ['Иванов И. И.'],
    place: { room: '404Л', link: '', format: 'onsite' },
    subgroup: '',
    number: 2,
    note: '',
    cancelled: false,
    times: { on: 'day', day: '2026-09-01', start: '09:45', endDay: '2026-09-01', end: '11:20', allDay: false },
    sourceId: '',
    ...change,
  };
}

export function onDay(day: string, endDay = day, end = '11:20', allDay = false): Known {
  return lesson({ times: { on: 'day', day, start: allDay ? '00:00' : '09:45', endDay, end, allDay } });
}

function line(change: Partial<LessonLine> = {}): LessonLine {
  return {
    day: '2026-09-01',
    start: '09:45',
    endDay: '2026-09-01',
    end: '11:20',
    allDay: false,
    number: 2,
    subject: 'Математический анализ',
    kind: 'lecture',
    teachers: ['Иванов И. И.'],
    room: '404Л',
    format: 'onsite',
    subgroup: '',
    cancelled: false,
    ...change,
  };
}

/** A lesson of its own: it joins no other one, and is neither the first of a day nor an exam or a meeting unless `marks` say so. */
export function occurrence(
  startsAt: Instant,
  change: Partial<LessonLine> = {},
  marks: Partial<Pick<Marked, 'joins' | 'first' | 'exam' | 'meeting' | 'told'>> = {},
): Marked {
  const own = line(change);
  const endsAt = startsAt + 95 * MINUTE;
  return { startsAt, endsAt, line: own, told: own, joins: false, first: false, exam: false, meeting: false, ...marks };
}

export function timetable(db: Db, change: Partial<NewTimetable> = {}): Promise<Timetable> {
  return createTimetable(db, {
    name: 'ПИ-21',
    university: 'Демо',
    zone: 'Europe/Moscow',
    kind: 'feed',
    ownerId: null,
    listed: true,
    term: null,
    bells: DEFAULT_BELLS,
    folded: 'пи21',
    digits: '21',
    ...change,
  });
}

export async function peer(db: Db, id: number, change: Partial<Peer> = {}): Promise<Peer> {
  const made = { ...newPeer(id, 'ru', null), ...change };
  await savePeer(db, made);
  return made;
}

export function entry(change: Partial<Entry> = {}): Entry {
  return {
    fire: 'fire-1',
    key: 'key-1',
    saying: { kind: 'reminder', language: 'ru', zone: 'Europe/Moscow', lessons: [line()] },
    due: NOW,
    deadline: NOW + HOUR,
    peers: [1, 2, 3],
    ...change,
  };
}

/** Removes lessons by id, stores others, and writes some over those that have their ids. */
export function storeLessons(
  db: Db,
  timetableId: number,
  {
    remove,
    insert,
    update = [],
  }: { readonly remove: readonly number[]; readonly insert: readonly Known[]; readonly update?: readonly Known[] },
): Promise<void> {
  return writeLessons(db, timetableId, { remove, insert: insert.map(lessonRow), update: update.map(lessonRow) });
}

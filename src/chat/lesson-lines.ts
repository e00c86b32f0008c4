/** Reads lessons as people type them, many lines at once: «Пн 1 матан лек Иванов 404Л; Вт 2 физика лаб». Pure. */
import { type Clock, DEFAULT_BELLS, type Weekday } from '../domain/calendar.ts';
import type { BadLine, DraftRow } from '../text/draft.ts';
import {
  type Cut,
  cutKind,
  cutLink,
  cutRemote,
  cutRoom,
  cutSubgroup,
  cutWeeks,
  hasLetters,
  MARK,
} from './line-parts.ts';
import { cutTeachers } from './teachers.ts';
import { clockWord, weekdayWord } from './words.ts';

/** Longer lines are no lesson; the whole text is bounded by VK's 4096 characters. */
const LINE_LIMIT = 300;

type Head = {
  readonly rest: string;
  readonly weekday: Weekday | null;
  readonly numbers: readonly number[];
  readonly start: Clock | null;
  readonly end: Clock | null;
  /** Something that looks like a time and is none, or ends before it starts. */
  readonly badTime: boolean;
};

/** A row's day is the one in its own line, else that of the nearest heading or line above. */
export function parseLines(text: string): { rows: DraftRow[]; bad: BadLine[] } {
  const rows: DraftRow[] = [];
  const bad: BadLine[] = [];
  let day: Weekday | null = null;
  for (const line of text.split(/[\n;]+/)) {
    const typed = tidy(line);
    if (!hasLetters(typed) && !/\d/.test(typed)) continue;
    const heading = weekdayHeading(typed);
    if (heading !== null) {
      day = heading;
      continue;
    }
    const read = parseLine(typed, day);
    day = read.weekday ?? day;
    rows.push(...read.rows);
    if (read.why !== null) bad.push({ line: typed, why: read.why });
  }
  return { rows, bad };
}

/** Same weekday, time, subgroup and weeks: the later line corrects the earlier. The order becomes that of the week. */
export function mergeRows(rows: readonly DraftRow[], more: readonly DraftRow[]): DraftRow[] {
  const bySlot = new Map([...rows, ...more].map((row) => [slot(row), row]));
  return [...bySlot.values()].sort((a, b) => a.weekday - b.weekday || about(a).localeCompare(about(b)));
}

/** When a row begins, near enough to put it in order before the bells are known. */
function about({ start, number }: DraftRow): string {
  return start ?? DEFAULT_BELLS.find((bell) => bell.number === number)?.start ?? `24:${number}`;
}

function slot(row: DraftRow): string {
  return JSON.stringify([row.weekday, row.start ?? row.number, row.subgroup, row.weeks]);
}

function tidy(line: string): string {
  return line
    .replaceAll(MARK, ' ')
    .replace(/[\s\u00a0|]+/g, ' ')
    .replace(/^\s*[-–—•*·]\s+/, '')
    .trim();
}

function weekdayHeading(line: string): Weekday | null {
  return weekdayWord(line.replace(/^(?:в|во|по)\s+/i, '').replace(/[\s:.,–—-]+$/, ''));
}

function parseLine(
  line: string,
  above: Weekday | null,
): { rows: DraftRow[]; weekday: Weekday | null; why: BadLine['why'] | null } {
  const fail = (why: BadLine['why'], weekday: Weekday | null = null) => ({ rows: [], weekday, why });
  if (line.length > LINE_LIMIT) return fail('too-long');
  const link = cutLink(line);
  const weeks = cutWeeks(link.rest);
  const subgroup = cutSubgroup(weeks.rest);
  const head = parseHead(subgroup.rest);
  const day = head.weekday ?? above;
  if (head.badTime) return fail('bad-time', head.weekday);
  if (day === null) return fail('no-day');
  if (head.start !== null && head.end === null) return fail('no-end', head.weekday);
  if (head.start === null && head.numbers.length === 0) return fail('no-time', head.weekday);
  const remote = cutRemote(head.rest);
  // When nothing but the cut words is left, they are the subject: «Пн 1 вебинар».
  const body = hasLetters(remote.rest) ? remote : { rest: head.rest, value: remote.value };
  const room = cutRoom(spaced(body.rest));
  const kind = cutKind(room.rest);
  const teachers = cutTeachers(spaced(kind.rest));
  const subject = subjectOf(teachers);
  if (!hasLetters(subject)) return fail('no-subject', head.weekday);
  const online = body.value || link.value !== '';
  const lesson = {
    weekday: day,
    start: head.start,
    end: head.end,
    subject,
    kind: kind.value,
    teachers: teachers.value,
    room: room.value,
    link: link.value,
    format: online ? (room.value === '' ? ('remote' as const) : ('hybrid' as const)) : ('onsite' as const),
    subgroup: subgroup.value,
    weeks: weeks.value,
  };
  const numbers = head.numbers.length === 0 ? [null] : head.numbers;
  return { rows: numbers.map((number) => ({ ...lesson, number })), weekday: head.weekday, why: null };
}

const RANGE = /^(?:с\s+)?(\d{1,2}[:.]\d{2})\s*(?:-|–|—|до|по)\s*(\d{1,2}[:.]\d{2})(?![\d:])\s*/iu;
const SINGLE = /^(?:в\s+)?(\d{1,2}:\d{2})(?![\d:])\s*/iu;
const PAIR =
  /^(?:пара\s*№?\s*)?(\d{1,2})(?:\s*[-–,]\s*(\d{1,2}))?(?:\s*-?(?:я|ая|й|ю))?(?:\s*[.)])?(?:\s*(?:пар[аыу]?|урок))?[.,:]?(?:\s+|$)/iu;

/** Weekday, pair number and times in any order at the beginning of the line. */
function parseHead(text: string): Head {
  let head: Head = { rest: spaced(text), weekday: null, numbers: [], start: null, end: null, badTime: false };
  for (;;) {
    const next = stepHead({ ...head, rest: head.rest.replace(new RegExp(`^[\\s,:.${MARK}–—-]+`), '') });
    if (next === null) return head;
    head = next;
  }
}

function stepHead(head: Head): Head | null {
  const range = RANGE.exec(head.rest);
  if (range !== null && head.start === null) {
    const [start, end] = [clockWord(range[1] ?? ''), clockWord(range[2] ?? '')];
    const badTime = start === null || end === null || end <= start;
    return { ...head, rest: head.rest.slice(range[0].length), start, end, badTime: head.badTime || badTime };
  }
  const single = SINGLE.exec(head.rest);
  if (single !== null && head.start === null) {
    const start = clockWord(single[1] ?? '');
    return { ...head, rest: head.rest.slice(single[0].length), start, badTime: head.badTime || start === null };
  }
  if (head.weekday === null) {
    const word = /^(?:(?:в|во|по|кажд\p{L}+)\s+)?(\p{L}+)[.,:]*(?:\s+|$)/iu.exec(head.rest);
    const weekday = word === null ? null : weekdayWord(word[1] ?? '');
    if (word !== null && weekday !== null) return { ...head, rest: head.rest.slice(word[0].length), weekday };
  }
  const pair = PAIR.exec(head.rest);
  if (pair !== null && head.numbers.length === 0) {
    const [from, to] = [Number(pair[1]), Number(pair[2] ?? pair[1])];
    if (from >= 1 && to >= from && to <= 12 && to - from <= 3) {
      const numbers = Array.from({ length: to - from + 1 }, (_, index) => from + index);
      return { ...head, rest: head.rest.slice(pair[0].length), numbers };
    }
  }
  return null;
}

/** Marks as words of their own. */
function spaced(text: string): string {
  return text.replaceAll(MARK, ` ${MARK} `).replace(/\s+/g, ' ').trim();
}

/** What nobody claimed, as typed: no word is ever lost. */
function subjectOf(left: Cut<unknown>): string {
  return left.rest
    .replaceAll(MARK, ' ')
    .replace(/\(\s*\)/g, ' ')
    .replace(/\s+([,.])/g, '$1')
    .replace(/[\s,]*,[\s,]*/g, ', ')
    .replace(/\s+/g, ' ')
    .replace(/^[\s,;.:/–—-]+|[\s,;:/–—-]+$/g, '');
}

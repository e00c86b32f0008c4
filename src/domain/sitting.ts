/** Lessons that follow each other without a long break are one sitting: reminded of once, with the hours of the whole. */
import { type Instant, wallOf, type Zone } from './calendar.ts';
import { canonical } from './canonical.ts';
import type { KnownKind } from './lesson.ts';
import { type LessonLine, line } from './notice.ts';
import type { Occurrence } from './occurrence.ts';

/** A dated lesson as a saying may tell it, with its instants. */
export type Dated = { readonly startsAt: Instant; readonly endsAt: Instant; readonly line: LessonLine };

/** A dated lesson, and what reminders make of it. What does not take place or fills a whole day has all marks false. */
export type Marked = Dated & {
  /** Goes on with the lesson before it and is told with that one. */
  readonly joins: boolean;
  /** Among the first of its day. */
  readonly first: boolean;
  readonly exam: boolean;
  readonly meeting: boolean;
  /** What a reminder says of it: its own line, reaching to the end of the last lesson that joins it. */
  readonly told: LessonLine;
};

const MINUTE = 60_000;
/** The longest break that does not part two lessons of a sitting. */
const BREAK = 20 * MINUTE;
const EXAMS: readonly string[] = ['exam', 'consultation'] satisfies KnownKind[];
const MEETING: KnownKind = 'meeting';

/** The dated part of an occurrence: no link, no note. */
export function datedOf(occurrence: Occurrence): Dated {
  return { startsAt: occurrence.startsAt, endsAt: occurrence.endsAt, line: line(occurrence) };
}

/** The same lesson by the clocks of another zone; a whole day stays the day it is. */
export function datedIn(dated: Dated, from: Zone, to: Zone): Dated {
  if (from === to || dated.line.allDay) return dated;
  const [start, end] = [wallOf(dated.startsAt, to), wallOf(dated.endsAt, to)];
  return { ...dated, line: { ...dated.line, day: start.day, start: start.clock, endDay: end.day, end: end.clock } };
}

/** Whether a reminder can be about it at all. */
export function takesPlace({ line: { cancelled, allDay } }: Dated): boolean {
  return !cancelled && !allDay;
}

/**
 * Marks the lessons one listener may hear of; give whole days, in any order. The same subject, kind, teachers, place and
 * subgroup again within 20 minutes join. They come back in order of start.
 */
export function markLessons(lessons: readonly Dated[]): Marked[] {
  const inOrder = lessons.toSorted((a, b) => a.startsAt - b.startsAt || compare(canonical(a.line), canonical(b.line)));
  const runs = runsOf(inOrder.filter(takesPlace));
  const firsts = firstStarts([...runs.keys()]);
  return inOrder.map((it) => {
    const run = runs.get(it);
    const heads = run !== undefined;
    return {
      startsAt: it.startsAt,
      endsAt: it.endsAt,
      line: it.line,
      joins: takesPlace(it) && !heads,
      first: heads && firsts.get(it.line.day) === it.startsAt,
      exam: takesPlace(it) && EXAMS.includes(it.line.kind),
      meeting: takesPlace(it) && it.line.kind === MEETING,
      told: run === undefined ? it.line : wholeLine(it.line, run),
    };
  });
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** How many lessons a sitting has, and its last end. */
type Run = { lessons: number; lastStart: Instant; last: Dated };

/** Every lesson that begins a sitting; the others are in none of the keys. */
function runsOf(inOrder: readonly Dated[]): Map<Dated, Run> {
  const runs = new Map<Dated, Run>();
  for (const alike of Map.groupBy(inOrder, ({ line }) => sameness(line)).values()) {
    let run: Run | undefined;
    for (const it of alike) {
      if (run === undefined || it.startsAt - run.last.endsAt > BREAK) {
        run = { lessons: 1, lastStart: it.startsAt, last: it };
        runs.set(it, run);
        continue;
      }
      // The same lesson listed twice at one minute is no second lesson.
      if (it.startsAt > run.lastStart) {
        run.lessons += 1;
        run.lastStart = it.startsAt;
      }
      if (it.endsAt > run.last.endsAt) run.last = it;
    }
  }
  return runs;
}

function sameness({ subject, kind, teachers, room, format, subgroup }: LessonLine): string {
  return JSON.stringify([subject, kind, teachers, room, format, subgroup]);
}

function wholeLine(line: LessonLine, { lessons, last }: Run): LessonLine {
  if (last.line === line) return line;
  const whole = { ...line, endDay: last.line.endDay, end: last.line.end };
  return lessons === 1 ? whole : { ...whole, joined: lessons };
}

function firstStarts(heads: readonly Dated[]): Map<string, Instant> {
  const firsts = new Map<string, Instant>();
  for (const { line, startsAt } of heads) firsts.set(line.day, Math.min(firsts.get(line.day) ?? startsAt, startsAt));
  return firsts;
}

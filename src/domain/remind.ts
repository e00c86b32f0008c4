/** Reminders before lessons: what they say, when they come due and until when they are worth sending. */
import type { Instant, Zone } from './calendar.ts';
import { canonical } from './canonical.ts';
import { DIGEST_LIFE } from './digest.ts';
import { fireOf, type LessonLine, type Notice, type Saying } from './notice.ts';
import type { Language } from './peer.ts';
import type { Marked } from './sitting.ts';

/** What a lead counts to: each sitting, the first of a day, an exam or consultation, a meeting. */
export type What = 'each' | 'first' | Alert;

/** What is told a day and an hour before, to all who want it at all. */
export type Alert = 'exam' | 'meeting';

/** One sitting whose reminder is due, and who is to hear it. */
export type DueLesson = {
  readonly timetableId: number;
  readonly zone: Zone;
  readonly language: Language;
  readonly startsAt: Instant;
  /** When the first lesson of the sitting ends. */
  readonly endsAt: Instant;
  readonly line: LessonLine;
  readonly peers: readonly number[];
};

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** So long after its due moment a reminder is still sent; later it is counted as expired. */
export const LATE = 15 * MINUTE;
/** Minutes before an exam, a consultation or a meeting: a day and an hour. */
export const ALERT_LEADS: readonly number[] = [24 * 60, 60];
/** Only a calendar made to hurt has more lessons at one minute. */
const KEPT = 40;

/** Whether this lesson is what leads of this sort count to. */
export function counts(what: What, marks: Pick<Marked, 'joins' | 'first' | 'exam' | 'meeting'>): boolean {
  return what === 'first' ? marks.first : !marks.joins && (what === 'each' || marks[what]);
}

/** Whether the leads of this sort are the same for everybody. */
export function isAlert(what: What): what is Alert {
  return what === 'exam' || what === 'meeting';
}

/**
 * The saying of lessons that begin at one minute, whatever order they come in and however often one is listed: what was said
 * can be found again by its key. `own` as in a saying.
 */
export function reminderSaying(
  lines: readonly LessonLine[],
  zone: Zone,
  language: Language,
  own?: { readonly own: true },
): Saying {
  // Members in the order of canonical text, which then makes no copy.
  if (lines.length === 1) return { kind: 'reminder', language, lessons: lines, ...own, zone };
  const keyed = new Map(lines.map((one) => [canonical([one.number ?? 99, one.subgroup, one.subject, one]), one]));
  const sorted = [...keyed].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return { kind: 'reminder', language, lessons: sorted.slice(0, KEPT).map(([, one]) => one), ...own, zone };
}

/**
 * Until when a reminder that may be sent from `due` on is worth sending: 15 minutes (three hours when it speaks of tomorrow,
 * which no minute matters to), never past the end of the lesson.
 */
export function deadlineOf(due: Instant, { startsAt, endsAt }: Pick<DueLesson, 'startsAt' | 'endsAt'>): Instant {
  return Math.min(due + (startsAt - due >= DAY ? DIGEST_LIFE : LATE), endsAt);
}

/**
 * Reminders due `lead` minutes before their lessons. Lessons of one timetable that begin together (two subgroups) make one
 * saying for the same listeners; equal sayings of several timetables (a lecture of the stream) make one notice.
 */
export function reminderNotices(rows: readonly DueLesson[], lead: number): Notice[] {
  const places = Map.groupBy(
    rows,
    ({ timetableId, startsAt, zone, language }) => `${timetableId} ${startsAt} ${zone} ${language}`,
  );
  const notices = [...places.values()].flatMap(heardTogether).flatMap((group) => noticeOf(group, lead) ?? []);
  return [...Map.groupBy(notices, ({ saying, due }) => fireOf(saying, due)).values()].flatMap(merged);
}

/** Lessons of one minute, parted where not the same peers hear of them. */
function heardTogether(rows: DueLesson[]): DueLesson[][] {
  if (rows.length === 1) return [rows];
  return [...Map.groupBy(rows, ({ peers }) => String(peers.toSorted((a, b) => a - b))).values()];
}

function noticeOf(group: readonly DueLesson[], lead: number): Notice | null {
  const [first] = group;
  if (first === undefined) return null;
  const { startsAt, zone, language, peers } = first;
  const lines = group.map(({ line }) => line);
  const due = startsAt - lead * MINUTE;
  const deadline = Math.min(...group.map((row) => deadlineOf(due, row)));
  return { saying: reminderSaying(lines, zone, language), due, deadline, peers };
}

/** All at once: a lesson that every school has at the same minute is a thousand of them. */
function merged(equal: readonly Notice[]): Notice[] {
  const [first, ...others] = equal;
  if (first === undefined || others.length === 0) return [...equal];
  const deadline = Math.min(...equal.map((one) => one.deadline));
  return [{ ...first, deadline, peers: [...new Set(equal.flatMap(({ peers }) => peers))] }];
}

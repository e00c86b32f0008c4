/** The tables that say what falls due: the dated lessons of the coming days, and who is reminded of them. */

type Flag = 0 | 1;
type Json = string;

/** `n` tells apart the lessons of one timetable that begin at the same instant. */
export type OccurrenceTable = {
  starts_at: number;
  timetable_id: number;
  n: number;
  /** Days since 1970. */
  day: number;
  /** Numbers of `occurrence_line`: its own, and that of the whole sitting it begins where the two differ. */
  line: number;
  told: number | null;
  /** Sum of `MARK`. */
  marks: number;
};

/**
 * `off`: cancelled, or fills a whole day, so that nobody is reminded of it; `joins`: goes on with the lesson before it;
 * `first`: among the first of its day; `exam`: an exam or consultation; `meeting`: a meeting (see `markLessons`).
 */
export const MARK = { off: 1, joins: 2, first: 4, exam: 8, meeting: 16 } as const;
export const MARKS = ['off', 'joins', 'first', 'exam', 'meeting'] as const satisfies readonly (keyof typeof MARK)[];

/** What the dated lessons of a timetable say, each once (see `factsOf`). */
export type OccurrenceLineTable = { timetable_id: number; n: number; facts: Json };

/**
 * Derived from `peer`, one row a set: who hears of each sitting of this timetable, or of the first of the day, this many minutes
 * before; one with lead 0 for exams and for meetings, whose leads are the same for everybody.
 */
export type SubscriptionTable = {
  /** `each`, `first`, `exam` or `meeting`. */
  what: string;
  filtered: Flag;
  lead: number;
  timetable_id: number;
  language: string;
  /** See `packPeers`; never empty. */
  peers: Uint8Array;
};

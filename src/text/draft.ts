/** A timetable while a person is typing it: lessons before bells and dates, and what the dialogue about them says next. */
import type { Bell, Clock, Day, Term, Weekday } from '../domain/calendar.ts';
import type { Place, Weeks } from '../domain/lesson.ts';

/** One lesson as typed. Either `number` (its times come from the bells) or `start` and `end` are set; both may be. */
export type DraftRow = {
  readonly weekday: Weekday;
  readonly number: number | null;
  readonly start: Clock | null;
  readonly end: Clock | null;
  readonly subject: string;
  /** A known kind or ''. */
  readonly kind: string;
  readonly teachers: readonly string[];
  readonly room: string;
  readonly link: string;
  readonly format: Place['format'];
  readonly subgroup: string;
  readonly weeks: Weeks;
};

/** A line that gave no lesson, as typed, and why. */
export type BadLine = {
  readonly line: string;
  readonly why: 'no-day' | 'no-time' | 'no-end' | 'bad-time' | 'no-subject' | 'too-long';
};

/** What the dialogue says after a step; the words are in `ru/form.ts` and `en/form.ts`. */
export type FormSay =
  | { readonly kind: 'ask-name'; readonly again: boolean }
  | { readonly kind: 'ask-lines'; readonly name: string; readonly chat: boolean }
  | { readonly kind: 'no-lines'; readonly bad: readonly BadLine[] }
  | {
      readonly kind: 'table';
      readonly rows: readonly DraftRow[];
      readonly bad: readonly BadLine[];
      readonly next: FormAsk;
    }
  | { readonly kind: 'ask'; readonly next: FormAsk }
  | { readonly kind: 'too-many'; readonly limit: number }
  | { readonly kind: 'left' };

/** The question that stands at the end of a message. */
export type FormAsk =
  /** More or corrected lines, or «дальше». */
  | { readonly kind: 'lines' }
  /** `usual`: bells offered; `missing`: pair numbers still without times after what was typed. */
  | { readonly kind: 'bells'; readonly usual: readonly Bell[]; readonly missing: readonly number[] }
  /** First and last day of every offer; `again` when what was typed is no pair of dates. */
  | { readonly kind: 'term'; readonly offers: readonly Pick<Term, 'start' | 'end'>[]; readonly again: boolean }
  | {
      readonly kind: 'confirm';
      readonly name: string;
      readonly adding: boolean;
      readonly count: number;
      readonly bells: readonly Bell[];
      readonly term: Term | null;
      /** The parity of the week of `parityDay`; null when no lesson depends on it. */
      readonly parity: { readonly day: Day; readonly odd: boolean; readonly now: boolean } | null;
    };

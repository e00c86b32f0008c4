/** What a person looks at: a day or a week of one timetable. */
import type { Day, Instant, Zone } from './calendar.ts';
import type { HistoryPart } from './history.ts';
import type { ListedKind } from './listed.ts';
import type { Shown } from './marks.ts';

/** What is offered on a button: a timetable by its id, or an entry of a catalogue that becomes one when somebody asks for it. */
export type OfferId = number | `№${number}`;

/** A find as it is named to people. */
export type Offered = {
  readonly id: OfferId;
  readonly name: string;
  /** '' for a timetable made by a person. */
  readonly university: string;
  /** Absent: a group. */
  readonly category?: ListedKind;
};

/** What a page that was brought offers, called as the page calls it: an entry of a catalogue, or a calendar or a table to read. */
export type PageChoice = Pick<Offered, 'name' | 'university'> & ({ readonly id: OfferId } | { readonly url: string });

/** A timetable as people meet it. `freshAt` is the last good reading; `trouble` says since when the source fails or is not believed. */
export type TimetableRef = {
  readonly id: number;
  readonly name: string;
  /** '' for a timetable made by a person. */
  readonly university: string;
  readonly zone: Zone;
  readonly kind: 'feed' | 'manual';
  readonly ownerId: number | null;
  readonly freshAt: Instant | null;
  /** From when on its data is older than is usual for its source: the next reading is overdue; null where nothing is read again. */
  readonly lateAt: Instant | null;
  readonly trouble: { readonly kind: string; readonly detail: string; readonly since: Instant } | null;
  /** Absent: a group's. */
  readonly category?: ListedKind;
};

export type DayView = {
  readonly timetable: TimetableRef;
  readonly day: Day;
  /** Today by the clocks that times are told by. */
  readonly today: Day;
  /** The viewer's own zone, where it shows other times than the timetable's: days and times are told by it. */
  readonly own: Zone | null;
  /** In order of start; cancelled ones included and marked, and so is what has changed lately. */
  readonly lessons: readonly Shown[];
  /** How many more there are that the viewer asked not to hear of. */
  readonly hidden: number;
};

export type WeekView = {
  readonly timetable: TimetableRef;
  readonly monday: Day;
  readonly today: Day;
  /** As of a day. */
  readonly own: Zone | null;
  /** Academic week number where the timetable has an anchor. */
  readonly number: number | null;
  /** Days that have lessons, in order. */
  readonly days: readonly { readonly day: Day; readonly lessons: readonly Shown[] }[];
  /** How many lessons of the week the viewer asked not to hear of. */
  readonly hidden: number;
};

/** What was told in the last `days` days, the latest first, as a reader whose clocks are those of `zone` sees it. */
export type HistoryView = {
  readonly timetable: TimetableRef;
  readonly days: number;
  readonly zone: Zone;
  readonly today: Day;
  readonly parts: readonly HistoryPart[];
  /** How many changes the reader asked not to hear of. */
  readonly unheard: number;
};

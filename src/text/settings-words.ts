/** What a language must say of the settings, and what of them has a message of its own. */
import type { Clock, Zone } from '../domain/calendar.ts';
import type { ChangeKind } from '../domain/diff.ts';
import type { Hidden, Horizon, Peer, Quiet, Role } from '../domain/peer.ts';

/** A part of the settings with a message of its own. */
export type Topic = 'reminders' | 'digests' | 'changes' | 'kinds' | 'quiet' | 'zone' | 'subgroup' | 'hidden';

/** What the followed timetable offers to choose from, the most frequent first. */
export type Choices = { readonly subgroups: readonly string[]; readonly hideable: readonly Hidden[] };

/** The words and sentences a language gives to the settings; names come in cleaned. */
export type SettingsWords = {
  group(name: string | null): string;
  /** Who they said they are; a student is not told. */
  role(role: Exclude<Role, 'student'>): string;
  each(leads: readonly number[]): string;
  first(lead: number | null): string;
  exams(on: boolean): string;
  meetings(on: boolean): string;
  /** `evening`: the evening digest is on, which tells it. */
  homework(at: Clock | null, evening: boolean): string;
  evening(at: Clock | null): string;
  morning(at: Clock | null): string;
  week(week: Peer['week']): string;
  /** `horizon` null: changes are not sent at all. */
  changes(horizon: Horizon | null, muted: readonly ChangeKind[]): string;
  quiet(quiet: Quiet | null): string;
  /** null: the timetable's. */
  zone(zone: Zone | null): string;
  subgroup(name: string): string;
  /** [] when nothing is hidden. */
  hidden(names: readonly string[]): string;
  /** How to hear nothing, and how to erase all. */
  readonly end: string;
  readonly labels: Readonly<
    Record<Topic | 'back' | 'changeGroup' | 'everybody' | 'anyDay' | 'near' | 'days' | 'home', string>
  >;
  /** What a button that sets these minutes, hours or days says on it. */
  readonly on: {
    each(lead: number): string;
    first(lead: number): string;
    readonly exams: string;
    readonly meetings: string;
    homework(at: Clock): string;
    evening(at: Clock): string;
    morning(at: Clock): string;
    week(at: Clock): string;
    readonly changes: string;
    quiet(from: Clock, to: Clock): string;
    zone(zone: Zone): string;
    subgroup(name: string): string;
    hide(name: string): string;
    show(name: string): string;
  };
  readonly without: Readonly<
    Record<
      'each' | 'first' | 'exams' | 'meetings' | 'homework' | 'evening' | 'morning' | 'week' | 'changes' | 'quiet',
      string
    >
  >;
  readonly kinds: Readonly<Record<ChangeKind, string>>;
  /** Names something hidden. */
  hiddenName(hidden: Hidden): string;
  /** Says above the choices of a topic how to say it in one's own words. */
  readonly hints: Readonly<Record<Topic, string>>;
};

/** What a person can want of us: the list every command answers to. */
import type { Clock, Zone } from '../domain/calendar.ts';
import type { ChangeKind } from '../domain/diff.ts';
import type { ListedKind } from '../domain/listed.ts';
import type { Horizon, Peer, Quiet, Role } from '../domain/peer.ts';
import type { OfferId } from '../domain/view.ts';
import type { Topic } from '../text/settings.ts';
import type { Courtesy } from './courtesy.ts';
import type { When } from './dates.ts';

/** Which timetable: one's own, a name as typed (of a teacher or a room, when that is said), or an id from a button. */
export type Which =
  | { readonly of: 'own' }
  | { readonly of: 'name'; readonly name: string; readonly sort?: ListedKind }
  | { readonly of: 'id'; readonly id: OfferId };

/** Said «со скрытыми»: what the viewer hides is shown too. */
type Whole = { readonly whole?: true };

/** All sources, the sites people want, one source with its timetables in trouble, or one timetable's feed with what is done to it. Pages count from 1. */
export type SourcesAsk =
  | { readonly of: 'all'; readonly page: number }
  | { readonly of: 'wanted'; readonly page: number }
  | { readonly of: 'source'; readonly key: string; readonly page: number }
  | { readonly of: 'feed'; readonly id: number; readonly deed: 'accept' | 'retry' | 'replay' | null };

type IntentMap = {
  start: object;
  help: object;
  /** `group`: a group-like word beside the address, '' when there is none. */
  calendar: { readonly url: string; readonly group: string };
  /** A file came with the message; `group` as above. */
  file: { readonly group: string };
  /** The group of a table that was sent before. */
  column: { readonly name: string };
  /** By whose clocks a site that was pasted tells times, as a person names them. */
  clocks: { readonly name: string };
  template: object;
  day: { readonly when: When; readonly which: Which } & Whole;
  week: { readonly when: When; readonly which: Which } & Whole;
  /** The nearest day with lessons ahead. */
  nearest: { readonly which: Which } & Whole;
  /** What has changed in the last `days` days (1–14); pages count from 1. */
  history: { readonly which: Which; readonly days: number; readonly page: number };
  /** Words that are nothing else: perhaps a group's name. `asked` when the person says that it is one. */
  group: { readonly name: string; readonly asked: boolean; readonly sort?: ListedKind };
  choose: { readonly id: OfferId };
  refresh: object;
  /** null: reminders are meant, but no minutes are said; 'unclear': something is said that is no lead time. */
  leads: { readonly leads: readonly number[] | null | 'unclear' };
  /** `at` undefined: the evening digest is meant, but not how. */
  evening: { readonly at: Clock | null | undefined };
  /** null: no such reminder; undefined: it is meant, but no minutes are said; 'unclear': more than one value. */
  first: { readonly lead: number | null | undefined | 'unclear' };
  morning: { readonly at: Clock | null | undefined };
  /** The week ahead. */
  ahead: { readonly week: Peer['week'] };
  exams: { readonly on: boolean };
  meetings: { readonly on: boolean };
  /** When tomorrow's homework is told; undefined: it is meant, but not how. */
  due: { readonly at: Clock | null | undefined };
  /** `what` is a subject in the person's words ('' when none is said), `text` what is to be done, of `give` alone; `nameless` says not for which subject, unless `text` begins with one. `perhaps` has no colon between the two: `text` may begin with a subject where `what` is ''. */
  homework: {
    readonly deed: 'give' | 'take' | 'list' | 'nameless' | 'perhaps';
    readonly what: string;
    readonly when: When | null;
    readonly text: string;
  };
  /** One lesson of the followed timetable is to go, to come back or to move: by its subject ('' is any) or a pair's number, or by the id a button names. */
  strike:
    | { readonly deed: 'cancel' | 'restore'; readonly uid: string }
    | {
        readonly deed: 'cancel' | 'restore' | 'move';
        readonly what: string;
        readonly slot: number | null;
        readonly when: When | null;
        /** In the week of that day. */
        readonly week?: true;
        /** When it begins. */
        readonly at?: Clock;
        /** It answers the question whether to. */
        readonly sure?: true;
      };
  /** Not to be woken: `until` when it is said. */
  wake: { readonly until: Clock | null };
  /** Who else writes in the followed timetable, or in the one a button names; `person` null: nobody was named that we know. */
  editors: { readonly deed: 'give' | 'take' | 'list'; readonly person: number | null; readonly timetable?: number };
  /** Who somebody says they are; `name` is whose timetable they named with it, '' when none. */
  role: { readonly role: Role; readonly name: string };
  /** `kinds` absent: all of them as they are; `only`: these and no others. */
  changes: {
    readonly on: boolean;
    readonly horizon?: Horizon;
    readonly kinds?: readonly ChangeKind[];
    readonly only?: true;
  };
  quiet: { readonly quiet: Quiet | null };
  /** null: the timetable's own; undefined: what was `said` names no zone we know. */
  zone: { readonly zone: Zone | null | undefined; readonly said: string };
  /** '' is all of them. */
  subgroup: { readonly name: string };
  /** What to hide, in the person's words. */
  hide: { readonly what: string };
  /** What to show again, in the person's words; '' is everything. */
  unhide: { readonly what: string };
  settings: { readonly topic?: Topic };
  /** What was sent, or why a lesson was not announced (`missed`): of this name, '' is any; on that day, null is a near one. */
  why: { readonly missed: boolean; readonly name: string; readonly when: When | null };
  stop: object;
  forget: { readonly sure: boolean };
  create: { readonly name: string; readonly lines: string };
  add: { readonly name: string; readonly lines: string };
  /**
   * Deletes a timetable for everybody; `sure` is the id of the one that was asked about, `only` the one there is, as the button
   * reads; null when nothing was asked yet.
   */
  remove: { readonly name: string; readonly sure: number | 'only' | null };
  /** Takes a reading that was held. */
  accept: { readonly name: string };
  /** How sources do, and what is done to one: for those who run the bot. */
  sources: { readonly ask: SourcesAsk };
  /** How the bot itself does: for those who run it. */
  state: object;
  /** «спасибо», «привет», «👍». */
  courtesy: { readonly courtesy: Courtesy };
  /** Leaves a running dialogue. */
  cancel: object;
  /** A word of the dialogue, said when no dialogue runs. */
  form: object;
};

export type Kind = keyof IntentMap;
export type IntentOf<K extends Kind> = { readonly kind: K } & IntentMap[K];
export type Intent = { [K in Kind]: IntentOf<K> }[Kind];

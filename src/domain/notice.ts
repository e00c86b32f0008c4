/** Sayings: the facts of one message, with no peer, lead, lesson or group id in them, so that equal ones share a batch by construction. */
import { hash } from 'node:crypto';
import type { StopNews } from './bot-state.ts';
import type { Clock, Day, Instant, Zone } from './calendar.ts';
import { canonical } from './canonical.ts';
import type { Change } from './diff.ts';
import type { Occurrence } from './occurrence.ts';
import type { Language } from './peer.ts';
import type { Doubt } from './verdict.ts';

/** One lesson as a saying keeps it. `remote` stands for «дистанционно»; the link itself is never here. */
export type LessonLine = {
  readonly day: Day;
  readonly start: Clock;
  readonly endDay: Day;
  readonly end: Clock;
  readonly allDay: boolean;
  readonly number: number | null;
  readonly subject: string;
  readonly kind: string;
  readonly teachers: readonly string[];
  readonly room: string;
  readonly format: 'onsite' | 'remote' | 'hybrid';
  readonly subgroup: string;
  readonly cancelled: boolean;
  /** How many lessons that follow each other without a long break it stands for, from its start to the end of the last; absent = one. */
  readonly joined?: number;
  /** What is to be done for it, one line as its editor wrote it; absent = nothing. Only views and digests say it. */
  readonly homework?: string;
};

/** On which dates a change is repeated: on the weekday of `from`, each week or each second one, but for `except`. */
export type Run = {
  /** The first and the last date that change, as a person looks for them: the old day of what moved. */
  readonly from: Day;
  readonly to: Day;
  readonly every: 1 | 2;
  /** For each second week: its parity where the timetable has academic weeks. */
  readonly parity: 'odd' | 'even' | null;
  readonly except: readonly Day[];
  /** Nothing is known of such a date after the last one: it is so for good. */
  readonly open: boolean;
};

/** One line of what changed; with `run` it is the first of many dates. */
export type ChangeLine = (
  | { readonly kind: 'cancelled'; readonly before: LessonLine }
  | { readonly kind: 'restored' | 'added'; readonly after: LessonLine }
  | {
      readonly kind: 'altered';
      readonly before: LessonLine;
      readonly after: LessonLine;
      readonly what: Extract<Change, { kind: 'altered' }>['what'];
    }
) & { readonly run?: Run };

/** `zone`: the clocks it is told by; `own`: they are the reader's and show another time than the timetable's. */
type Common = { readonly language: Language; readonly zone: Zone; readonly own?: true };

export type Saying =
  /** These lessons begin at the same minute. */
  | (Common & { readonly kind: 'reminder'; readonly lessons: readonly LessonLine[] })
  /** A reminder already sent turned out wrong: the lesson it spoke of is off, moved or elsewhere. */
  | (Common & { readonly kind: 'follow-up'; readonly change: ChangeLine })
  /**
   * All lessons of `day`: told the evening before, in the morning, or of the week that begins on it; `homework`: those that have
   * some, or, when it is `late`, those that got other homework since they were told (one without any has none any more).
   */
  | (Common & {
      readonly kind: 'evening' | 'morning' | 'week' | 'homework';
      readonly day: Day;
      readonly lessons: readonly LessonLine[];
      readonly late?: true;
    })
  /**
   * `title` is the timetable's name; days in order; `more` changes are beyond those kept here (absent = none). `unsure`: the
   * source has not answered since, so that nobody could look a second time.
   */
  | (Common & {
      readonly kind: 'changes';
      readonly title: string;
      readonly changes: readonly ChangeLine[];
      readonly more?: number;
      readonly unsure?: true;
    })
  /** To who asked for a timetable before it was read: its nearest day, null when nothing is ahead. */
  | (Common & {
      readonly kind: 'ready';
      readonly title: string;
      readonly day: Day | null;
      readonly lessons: readonly LessonLine[];
    })
  /** To the same: it could not be read. `why` and `detail` are those of the source; who `follows` it is told when it can be. */
  | (Common & {
      readonly kind: 'unread';
      readonly title: string;
      readonly why: string;
      readonly detail: string;
      readonly suggestions: readonly string[];
      readonly follows: boolean;
    })
  /** To who added the bot to a chat that is gone to MAX; `title` is the timetable it followed. */
  | (Common & { readonly kind: 'moved'; readonly title: string | null })
  /** To the owner: an import looked wrong and was held. */
  | (Common & { readonly kind: 'held'; readonly title: string; readonly reason: Doubt })
  /** To the owner of a calendar: it has not been read for long (`problem`), or is read again. */
  | (Common & {
      readonly kind: 'calendar';
      readonly state: 'failing' | 'back';
      readonly title: string;
      readonly problem: Failing | null;
    })
  /**
   * To operators: a source as a whole. Of `all` its timetables so many fail and are held; `why` is the one that showed it,
   * 'held' with the doubt or a failure with its kind. `key` names the source, as «источники» does.
   */
  | (Common & {
      readonly kind: 'source';
      readonly state: 'broken' | 'back';
      readonly key: string;
      readonly name: string;
      readonly all: number;
      readonly failing: number;
      readonly held: number;
      readonly why: Omit<Failing, 'since'> | null;
      readonly since: Instant;
    })
  /** To operators: what of all our sending VK refused, since when and why, or takes again. */
  | (Common & { readonly kind: 'sending'; readonly news: StopNews; readonly why: string; readonly since: Instant });

/** Why a source fails, in the words of SourceError, and since when. */
export type Failing = { readonly kind: string; readonly detail: string; readonly since: Instant };

/** A saying addressed: what the outbox stores. `due` is when it should be read, `deadline` when it is worthless. */
export type Notice = {
  readonly saying: Saying;
  readonly peers: readonly number[];
  readonly due: Instant;
  readonly deadline: Instant;
  /** The timetable whose news it is: of those a peer gets the earlier first. Absent where order does not matter. */
  readonly thread?: number;
  /** It tells the changes that were told since then; absent where it tells none, or puts right what was said. */
  readonly since?: Instant;
};

/** A notice with its identities, as the outbox takes it. */
export type Entry = Notice & {
  /** Equal sayings have equal keys (see `sayingKey`): a change takes back by it what was said. */
  readonly key: string;
  /** One saying at one due minute: a peer is told it once. */
  readonly fire: string;
};

const MINUTE = 60_000;

/** The part of an occurrence that a saying may hold: no link, no note, no instants. */
export function line(occurrence: Occurrence): LessonLine {
  const { day, start, endDay, end, allDay, number, subject, kind, teachers, place, subgroup, cancelled } = occurrence;
  const { room, format } = place;
  // In the order of `canonical`, which then makes no copy.
  const said = { allDay, cancelled, day, end, endDay, format, kind, number, room, start, subgroup, subject, teachers };
  return occurrence.homework === undefined ? said : { ...said, homework: occurrence.homework };
}

/** A change as a saying keeps it. */
export function changeLine(change: Change): ChangeLine {
  if (change.kind === 'cancelled') return { before: line(change.before), kind: 'cancelled' };
  if (change.kind === 'altered') {
    return { after: line(change.after), before: line(change.before), kind: 'altered', what: change.what };
  }
  return { after: line(change.after), kind: change.kind };
}

/**
 * What names a saying: 96 bits of its hash, 16 letters. Homework is no part of the name: by it is found again what was said of
 * the lessons, whatever was written down beside them since.
 */
export function sayingKey(saying: Saying): string {
  const known = keys.get(saying);
  if (known !== undefined) return known;
  const key = nameOf(
    canonical(hasHomework(saying) ? { ...saying, lessons: saying.lessons.map(withoutHomework) } : saying),
  );
  keys.set(saying, key);
  return key;
}

/** Nobody changes a saying, and it is named several times on its way. */
const keys = new WeakMap<Saying, string>();

function hasHomework(saying: Saying): saying is Extract<Saying, { lessons: unknown }> {
  return 'lessons' in saying && saying.lessons.some(({ homework }) => homework !== undefined);
}

/** The lesson alone; one that has no homework is the same object. */
export function withoutHomework(lesson: LessonLine): LessonLine {
  if (lesson.homework === undefined) return lesson;
  const { homework: _, ...bare } = lesson;
  return bare;
}

/**
 * What names one sending: the same saying due in another minute is another fire. It begins with the key. Two groups with the same
 * lessons and other homework are sent two messages.
 */
export function fireOf(saying: Saying, due: Instant): string {
  const homework = hasHomework(saying) ? `.${nameOf(canonical(saying)).slice(0, 8)}` : '';
  return `${sayingKey(saying)}${Math.floor(due / MINUTE).toString(36)}${homework}`;
}

const KEY_LENGTH = 16;

/** The key of the saying that a fire is one of. */
export function keyOf(fire: string): string {
  return fire.slice(0, KEY_LENGTH);
}

function nameOf(text: string): string {
  return hash('sha256', text, 'base64url').slice(0, KEY_LENGTH);
}

/** Of a fire, or of any other name. 1 … 2³¹−1: VK checks `random_id` within a dialog for an hour; 0 would switch the check off. */
export function randomIdOf(name: string): number {
  return Number.parseInt(hash('sha256', name).slice(0, 8), 16) & 0x7fff_ffff || 1;
}

/** Gives a notice its identities. */
export function entryOf(notice: Notice): Entry {
  const { saying, due } = notice;
  return { ...notice, key: sayingKey(saying), fire: fireOf(saying, due) };
}

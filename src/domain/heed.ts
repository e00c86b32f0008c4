/** What waits for a peer when it begins to wish otherwise: what is taken back, and what is said instead or after all. */
import { type Instant, instantOf } from './calendar.ts';
import { canonical } from './canonical.ts';
import { hearing, type Taste } from './hear.ts';
import type { ChangeLine, LessonLine, Notice, Saying } from './notice.ts';
import { sayingKey } from './notice.ts';
import type { Peer } from './peer.ts';
import { atOnce, momentOf, type Planned } from './plan.ts';

/** A saying that waits for the peer, was sent to it (or is on its way), or was taken back from it before that. */
export type Queued = {
  readonly key: string;
  readonly due: Instant;
  readonly saying: Saying;
  readonly fate: 'waits' | 'sent' | 'withdrawn';
};

/**
 * What was and is planned by now; `inSight`: what would be if only what the peer hears of had changed, and none of its clocks.
 * What is wanted at `running` or later is being queued at this moment: for this peer perhaps by its old wishes, perhaps not yet.
 * `traces` are reminders and digests that were taken back when nobody wanted them, `due` when they were wanted.
 */
type Plans<One> = {
  readonly old: readonly Planned[];
  readonly fresh: readonly Planned[];
  readonly inSight: readonly Planned[];
  readonly running: Instant;
  readonly traces: readonly One[];
};

type Heeded<One> = {
  /** Taken back, and nothing is said instead: a trace of it is kept, of the minute it was `wanted` at. */
  readonly unwanted: readonly { readonly batch: One; readonly wanted: Instant }[];
  /** Taken back, and of traces those that are said after all. */
  readonly forgotten: readonly One[];
  /** Said anew. */
  readonly again: readonly Omit<Notice, 'peers'>[];
  /** Said in other words a moment ago: whoever queues it by the new wishes is to leave this peer out. */
  readonly said: readonly Omit<Notice, 'peers'>[];
};

const MINUTE = 60_000;

/**
 * Of reminders and digests: what waits and is not planned any more is taken back. Said anew is what is planned instead of it, what
 * was taken back and is planned again, what came into sight while its minute is not long past, and what is being queued. What was
 * sent stays as it is.
 */
export function heeded<One extends Queued>(
  queued: readonly One[],
  { old, fresh, inSight, running, traces }: Plans<One>,
  now: Instant,
): Heeded<One> {
  const was = new Map(old.map((one) => [placeOf(nameOf(one)), one]));
  const is = new Set(fresh.map((one) => placeOf(nameOf(one))));
  const meant = queued.flatMap((batch) => {
    const planned = was.get(placeOf(batch));
    return planned === undefined ? [] : [{ batch, wanted: planned.wanted, moment: momentOf(planned) }];
  });
  const out = meant.filter(({ batch }) => batch.fate === 'waits' && !is.has(placeOf(batch)));
  const sent = new Set(meant.flatMap(({ batch, moment }) => (batch.fate === 'sent' ? [moment] : [])));
  const owed = new Set([...out.map(({ moment }) => moment), ...traces.map(momentWas)]);
  const [known, seen] = [new Set(old.map(momentOf)), new Set(inSight.map(momentOf))];
  const again = fresh.filter((one) => {
    const moment = momentOf(one);
    if (sent.has(moment) || (one.startsAt ?? one.deadline) <= now) return false;
    if (owed.has(moment)) return true;
    return one.deadline > now && (one.wanted >= running || (seen.has(moment) && !known.has(moment)));
  });
  const moments = new Set(again.map(momentOf));
  const once = Map.groupBy(again, (one) => sayingKey(one.saying));
  const latest = [...once.values()].map((some) => some.reduce((a, b) => (b.wanted > a.wanted ? b : a)));
  return {
    unwanted: out.filter(({ moment }) => !moments.has(moment)),
    forgotten: [
      ...out.filter(({ moment }) => moments.has(moment)).map(({ batch }) => batch),
      ...traces.filter((one) => moments.has(momentWas(one))),
    ],
    again: latest.map((one) => atOnce(one, [], now)),
    said: fresh.filter((one) => one.wanted >= running && sent.has(momentOf(one)) && !was.has(placeOf(nameOf(one)))),
  };
}

/** Whether it is planned by wishes; all else that is told of a timetable puts right or completes what was said. */
export function isOfWishes(saying: Saying): boolean {
  if (saying.kind === 'homework') return saying.late !== true;
  return saying.kind === 'reminder' || isDigest(saying.kind);
}

function isDigest(kind: Saying['kind']): boolean {
  return kind === 'evening' || kind === 'morning' || kind === 'week';
}

/** As `momentOf` names it. */
function momentWas({ saying, due }: Queued): string {
  const [first] = saying.kind === 'reminder' ? saying.lessons : [];
  return `${first === undefined ? saying.kind : instantOf(first.day, first.start, saying.zone)} ${due}`;
}

function nameOf({ saying, due }: Planned): Pick<Queued, 'key' | 'due'> {
  return { key: sayingKey(saying), due };
}

function placeOf({ key, due }: Pick<Queued, 'key' | 'due'>): string {
  return `${key} ${Math.floor(due / MINUTE)}`;
}

/** A saying that puts right or completes what was said, without what this peer does not hear of; null when nothing is left of it. */
export function heardOf(saying: Saying, peer: Taste & Pick<Peer, 'homework'>): Saying | null {
  const unheard = hearing(peer);
  if (saying.kind === 'homework') {
    const lessons = peer.homework === null ? [] : saying.lessons.filter((line) => unheard(line) === null);
    return lessons.length === 0 ? null : { ...saying, lessons };
  }
  return ofChanges(saying, (change) => sidesOf(change).some((side) => unheard(side) === null));
}

/** A saying that puts right what was said, without what these changes tell, too; null when nothing is left of it. */
export function besides(saying: Saying, told: readonly ChangeLine[]): Saying | null {
  const known = new Set(told.map((change) => canonical(sidesOf(change))));
  return ofChanges(saying, (change) => !known.has(canonical(sidesOf(change))));
}

/** What is left when only these of its changes are told; any other saying stays as it is. */
function ofChanges(saying: Saying, isTold: (change: ChangeLine) => boolean): Saying | null {
  if (saying.kind === 'follow-up') return isTold(saying.change) ? saying : null;
  if (saying.kind !== 'changes') return saying;
  const changes = saying.changes.filter(isTold);
  return changes.length === 0 ? null : { ...saying, changes };
}

/** When the first lesson begins that such a saying speaks of, on either side of a change. */
export function beginningOf(saying: Saying): Instant {
  const changes = saying.kind === 'changes' ? saying.changes : saying.kind === 'follow-up' ? [saying.change] : [];
  const lessons = saying.kind === 'homework' ? saying.lessons : changes.flatMap(sidesOf);
  return Math.min(...lessons.map(({ day, start }) => instantOf(day, start, saying.zone)));
}

function sidesOf(change: ChangeLine): LessonLine[] {
  return [...('before' in change ? [change.before] : []), ...('after' in change ? [change.after] : [])];
}

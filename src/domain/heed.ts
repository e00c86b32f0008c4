/** What waits for a peer when it begins to wish otherwise: what is taken back, and what is said instead or after all. */
import { type Instant, instantOf } from './calendar.ts';
import { hearing, type Taste } from './hear.ts';
import { type ChangeLine, type LessonLine, type Notice, type Saying, sayingKey } from './notice.ts';
import { atOnce, momentOf, type Planned } from './plan.ts';

/** A saying that waits for the peer, was sent to it (or is on its way), or was taken back from it before that. */
export type Queued = {
  readonly key: string;
  readonly due: Instant;
  readonly fate: 'waits' | 'sent' | 'withdrawn';
};

/**
 * What was and is planned by now; `inSight`: what would be if only what the peer hears of had changed, and none of its clocks.
 * What is wanted at `running` or later is being queued at this moment: for this peer perhaps by its old wishes, perhaps not yet.
 */
type Plans = {
  readonly old: readonly Planned[];
  readonly fresh: readonly Planned[];
  readonly inSight: readonly Planned[];
  readonly running: Instant;
};

type Heeded<One> = {
  /** Taken back. */
  readonly unwanted: readonly One[];
  /** Said anew. */
  readonly again: readonly Omit<Notice, 'peers'>[];
  /** Said in other words a moment ago: whoever queues it by the new wishes is to leave this peer out. */
  readonly said: readonly Omit<Notice, 'peers'>[];
};

const MINUTE = 60_000;

/**
 * Of reminders and digests: what waits and is not planned any more is unwanted. Said anew is what is planned instead of it, what
 * was taken back and is planned again, what came into sight while its minute is not long past, and what is being queued. What was
 * sent stays as it is.
 */
export function heeded<One extends Queued>(
  queued: readonly One[],
  { old, fresh, inSight, running }: Plans,
  now: Instant,
): Heeded<One> {
  const was = new Map(old.map((one) => [placeOf(nameOf(one)), one]));
  const is = new Set(fresh.map((one) => placeOf(nameOf(one))));
  const of = (fate: Queued['fate']) => queued.filter((one) => one.fate === fate);
  const moments = (some: readonly One[]) => new Set(some.flatMap((one) => was.get(placeOf(one)) ?? []).map(momentOf));
  const unwanted = of('waits').filter((one) => was.has(placeOf(one)) && !is.has(placeOf(one)));
  const [freed, sent] = [moments(unwanted), moments(of('sent'))];
  const takenBack = new Set(of('withdrawn').map(placeOf));
  const [known, seen] = [new Set(old.map(momentOf)), new Set(inSight.map(momentOf))];
  const again = fresh.filter((one) => {
    const moment = momentOf(one);
    if (sent.has(moment) || (one.startsAt ?? one.deadline) <= now) return false;
    if (freed.has(moment) || takenBack.has(placeOf(nameOf(one)))) return true;
    return one.deadline > now && (one.wanted >= running || (seen.has(moment) && !known.has(moment)));
  });
  const once = Map.groupBy(again, (one) => sayingKey(one.saying));
  const latest = [...once.values()].map((some) => some.reduce((a, b) => (b.wanted > a.wanted ? b : a)));
  const said = fresh.filter(
    (one) => one.wanted >= running && sent.has(momentOf(one)) && !was.has(placeOf(nameOf(one))),
  );
  return { unwanted, again: latest.map((one) => atOnce(one, [], now)), said };
}

function nameOf({ saying, due }: Planned): Pick<Queued, 'key' | 'due'> {
  return { key: sayingKey(saying), due };
}

function placeOf({ key, due }: Pick<Queued, 'key' | 'due'>): string {
  return `${key} ${Math.floor(due / MINUTE)}`;
}

/** A saying that puts right what was said, without what this peer does not hear of; null when nothing is left of it. */
export function heardOf(saying: Saying, taste: Taste): Saying | null {
  const unheard = hearing(taste);
  const isHeard = (change: ChangeLine) => sidesOf(change).some((side) => unheard(side) === null);
  if (saying.kind === 'follow-up') return isHeard(saying.change) ? saying : null;
  if (saying.kind !== 'changes') return saying;
  const changes = saying.changes.filter(isHeard);
  return changes.length === 0 ? null : { ...saying, changes };
}

/** When the first lesson of a change or correction begins, on either side of it; infinite for other sayings. */
export function beginningOf(saying: Saying): Instant {
  const changes = saying.kind === 'changes' ? saying.changes : saying.kind === 'follow-up' ? [saying.change] : [];
  return Math.min(...changes.flatMap(sidesOf).map(({ day, start }) => instantOf(day, start, saying.zone)));
}

function sidesOf(change: ChangeLine): LessonLine[] {
  return [...('before' in change ? [change.before] : []), ...('after' in change ? [change.after] : [])];
}

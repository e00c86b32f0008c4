/** Why a peer was told something, or was not: from what was sent, and from the same plan that decides. */
import { addDays, type Day, type Instant, instantOf, wallOf, type Zone } from './calendar.ts';
import { hearing } from './hear.ts';
import { mentioned } from './mention.ts';
import type { LessonLine, Saying } from './notice.ts';
import type { Peer } from './peer.ts';
import { fateOf, type Planned, type Silence } from './plan.ts';
import { ALERT_LEADS, type What } from './remind.ts';
import type { Dated } from './sitting.ts';

/** What became of one saying for one peer: `asleep` could not be written to, `refused` is a message VK did not take. */
export type Fate = 'waiting' | 'sent' | 'expired' | 'withdrawn' | 'asleep' | 'refused';

/** One saying that was queued for a peer. `at`: when it was sent or put away; null while it waits, and where nobody knows. */
export type Traced = {
  readonly fire: string;
  readonly saying: Saying;
  readonly due: Instant;
  readonly fate: Fate;
  readonly at: Instant | null;
};

/** By which wish a reminder came. */
export type Wanted = { readonly what: What; readonly minutes: number };

/** Why a reminder was taken back: its lesson is off or is another one now; null where the lesson stands and the wishes changed. */
export type TakenBack = 'cancelled' | 'changed' | null;

/** One reminder of a lesson that the settings of now ask for. `untold`: it was due, and nobody knows of it. */
export type Expected = {
  readonly wanted: Wanted;
  readonly due: Instant;
  /** Quiet hours held it back. */
  readonly held: boolean;
  readonly fate: Fate | 'ahead' | 'untold';
  readonly at: Instant | null;
};

export type Verdict =
  | { readonly silence: Exclude<Silence, 'asleep'> }
  /** At least one. */
  | { readonly reminders: readonly Expected[] };

/** Which lesson is asked about: words for it ('' = any) and a day (null = any near one). */
export type LessonAsked = { readonly name: string; readonly day: Day | null };

/** One notice of the past. `wanted`: by which wish, of a reminder; `held`: after quiet hours; `takenBack` where it was withdrawn. */
export type Past = Traced & {
  readonly wanted: Wanted | null;
  readonly held: boolean;
  readonly takenBack: TakenBack;
};

/** One notice to come; `held` until quiet hours end. */
export type Next = Pick<Planned, 'saying' | 'due'> & { readonly wanted: Wanted | null; readonly held: boolean };

/** A lesson of today that is not announced. */
export type Unannounced = { readonly lesson: Dated; readonly silence: Exclude<Silence, 'asleep' | 'joined'> };

/** What a peer was sent, the latest first; what it is sent next and is not told of today, in order. Times are told by the clocks of `zone`. */
export type Account = {
  readonly now: Instant;
  readonly zone: Zone;
  readonly past: readonly Past[];
  readonly next: readonly Next[];
  readonly unannounced: readonly Unannounced[];
};

/** One lesson and why it was or was not announced; `about` null: no lesson of these days is called so. */
export type LessonAccount = {
  readonly now: Instant;
  readonly zone: Zone;
  readonly about: { readonly lesson: Dated; readonly verdict: Verdict } | null;
};

const MINUTE = 60_000;
/** A reminder due so long ago is one that could have been missed. */
const USUAL_LEAD = 15;
/** How many days ahead a lesson is still looked for by its name. */
const AHEAD_DAYS = 7;

/**
 * By which of the peer's wishes of now a reminder of these lessons came at `due`; where two fit, the more usual one. What was
 * held back came later than wanted: by the shortest lead that is longer.
 */
export function wantedBy(lessons: readonly LessonLine[], zone: Zone, due: Instant, peer: Peer): Wanted {
  const minutes = minutesTo(lessons, zone, due);
  const isExam = peer.exams && lessons.some(({ kind }) => kind === 'exam' || kind === 'consultation');
  const isMeeting = peer.meetings && lessons.some(({ kind }) => kind === 'meeting');
  const wishes: Wanted[] = [
    ...peer.leads.map((lead): Wanted => ({ what: 'each', minutes: lead })),
    ...(peer.firstLead === null ? [] : [{ what: 'first' as const, minutes: peer.firstLead }]),
    ...(isExam ? ALERT_LEADS.map((lead): Wanted => ({ what: 'exam', minutes: lead })) : []),
    ...(isMeeting ? ALERT_LEADS.map((lead): Wanted => ({ what: 'meeting', minutes: lead })) : []),
  ];
  const exact = wishes.find((one) => one.minutes === minutes);
  const longer = wishes.filter((one) => one.minutes > minutes).sort((a, b) => a.minutes - b.minutes)[0];
  const late = isEndOfQuiet(due, zone, peer) ? longer : undefined;
  return exact ?? late ?? { what: 'each', minutes };
}

/** Whether quiet hours, as they are now, held it back. */
export function wasHeld({ saying, due }: Pick<Traced, 'saying' | 'due'>, peer: Peer): boolean {
  if (!isEndOfQuiet(due, saying.zone, peer)) return false;
  const { clock } = wallOf(due, saying.zone);
  switch (saying.kind) {
    case 'evening':
    case 'morning':
    case 'homework':
      return peer[saying.kind] !== clock;
    case 'week':
      return peer.week?.at !== clock;
    case 'reminder': {
      const minutes = minutesTo(saying.lessons, saying.zone, due);
      return wantedBy(saying.lessons, saying.zone, due, peer).minutes !== minutes;
    }
    default:
      return due % MINUTE === 0;
  }
}

function isEndOfQuiet(due: Instant, zone: Zone, { quiet }: Peer): boolean {
  return quiet !== null && wallOf(due, zone).clock === quiet.to;
}

function minutesTo([first]: readonly LessonLine[], zone: Zone, due: Instant): number {
  return first === undefined ? 0 : Math.max(0, Math.round((instantOf(first.day, first.start, zone) - due) / MINUTE));
}

/** Why what was queued is not to be said any more, as far as the lessons of now tell. */
export function takenBack(saying: Saying, lessons: readonly Dated[], zone: Zone): TakenBack {
  const lines = 'lessons' in saying ? saying.lessons : [];
  for (const line of lines) {
    const startsAt = instantOf(line.day, line.start, saying.zone);
    const now = lessons.find((one) => one.line.subject === line.subject && one.startsAt === startsAt);
    if (now === undefined) return 'changed';
    if (now.line.cancelled && !line.cancelled) return 'cancelled';
    if (now.line.room !== line.room || now.line.format !== line.format) return 'changed';
  }
  // A digest may lack a lesson that is there now.
  if (saying.kind === 'evening' || saying.kind === 'morning')
    return lessons.filter(({ startsAt }) => wallOf(startsAt, zone).day === saying.day).length > lines.length
      ? 'changed'
      : null;
  return null;
}

/** Why a lesson is or is not announced, and what became of each of its reminders. `lessons` as for `fateOf`. */
export function verdictOn(
  peer: Peer,
  zone: Zone,
  lessons: readonly Dated[],
  lesson: Dated,
  { traced, now }: { readonly traced: readonly Traced[]; readonly now: Instant },
): Verdict {
  const fate = fateOf({ ...peer, asleep: null }, zone, lessons, lesson);
  if ('silence' in fate) return { silence: fate.silence === 'asleep' ? 'off' : fate.silence };
  const mine = peer.zone ?? zone;
  const reminders = fate.notices.map((notice): Expected => {
    const found = traced.find((one) => isSame(one, notice, lesson));
    const minutes = Math.round((lesson.startsAt - notice.wanted) / MINUTE);
    return {
      wanted: { what: notice.what as What, minutes },
      due: notice.due,
      held: notice.due > notice.wanted && wallOf(notice.due, mine).clock === peer.quiet?.to,
      fate: found?.fate ?? (notice.due > now ? 'ahead' : 'untold'),
      at: found?.at ?? null,
    };
  });
  return { reminders: reminders.toSorted((a, b) => a.due - b.due) };
}

/** The same lesson at the same minute, whatever was known of its room then. */
function isSame({ saying, due }: Traced, notice: Planned, { startsAt, line }: Dated): boolean {
  if (saying.kind !== 'reminder' || Math.floor(due / MINUTE) !== Math.floor(notice.due / MINUTE)) return false;
  return saying.lessons.some(
    (one) => one.subject === line.subject && instantOf(one.day, one.start, saying.zone) === startsAt,
  );
}

/** The lesson a person means who misses a reminder, or null; and those that could be meant, the likeliest first. */
export function lessonsAsked(
  lessons: readonly Dated[],
  { name, day }: LessonAsked,
  peer: Peer,
  zone: Zone,
  now: Instant,
): Dated[] {
  const mine = peer.zone ?? zone;
  const today = wallOf(now, mine).day;
  const [from, to] = day === null ? [addDays(today, -1), addDays(today, AHEAD_DAYS)] : [day, day];
  const near = lessons.filter(({ startsAt }) => {
    const on = wallOf(startsAt, mine).day;
    return on >= from && on <= to;
  });
  const meant = name === '' ? near : named(near, name);
  // Its reminder may be missed though the lesson is ahead still.
  const longest = Math.max(USUAL_LEAD, ...peer.leads, peer.firstLead ?? 0) * MINUTE;
  const unheard = hearing(peer);
  const ownFirst = (one: Dated) => (unheard(one.line) === null ? 0 : 1);
  const missed = meant.filter(({ startsAt }) => startsAt - longest <= now);
  const ahead = meant.filter(({ startsAt }) => startsAt - longest > now);
  return [
    ...missed.toSorted((a, b) => b.startsAt - a.startsAt || ownFirst(a) - ownFirst(b)),
    ...ahead.toSorted((a, b) => a.startsAt - b.startsAt || ownFirst(a) - ownFirst(b)),
  ];
}

/** Those whose subject the words mention; else those of a teacher so called; «2» is the second pair of the day. */
function named(lessons: readonly Dated[], name: string): Dated[] {
  if (/^\d{1,2}$/.test(name)) return lessons.filter(({ line }) => line.number === Number(name));
  for (const namesOf of [({ subject }: LessonLine) => [subject], ({ teachers }: LessonLine) => teachers]) {
    const hit = mentioned(
      name,
      lessons.flatMap(({ line }) => namesOf(line)),
    );
    const found = hit.found === 'one' ? [hit.name] : hit.found === 'several' ? hit.names : [];
    if (found.length > 0) return lessons.filter(({ line }) => namesOf(line).some((one) => found.includes(one)));
  }
  return [];
}

/** What one peer is told by itself, and when: the same answer for the tick, for repairs after a change and for «почему». */
import { type Clock, clocksDiffer, type Instant, weekdayOf, type Zone } from './calendar.ts';
import { canonical } from './canonical.ts';
import { type DigestKind, daysTold, digestNotice, dueAt, type Part, partsOf } from './digest.ts';
import { hearing, type Unheard } from './hear.ts';
import { fold } from './name.ts';
import { fireOf, type Notice, withoutHomework } from './notice.ts';
import type { Peer } from './peer.ts';
import { sendAt } from './quiet.ts';
import { ALERT_LEADS, counts, deadlineOf, LATE, reminderSaying, type What } from './remind.ts';
import { type Sharing, share } from './sharing.ts';
import { type Dated, datedIn, type Marked, markLessons, takesPlace } from './sitting.ts';

/** All of a peer that decides what is said to it by itself and when; equal wishes make one plan. */
export type Wishes = Pick<
  Peer,
  | 'language'
  | 'leads'
  | 'firstLead'
  | 'exams'
  | 'meetings'
  | 'homework'
  | 'evening'
  | 'morning'
  | 'week'
  | 'quiet'
  | 'subgroup'
  | 'hidden'
  | 'zone'
>;

/** One message to come. `wanted` is when the settings ask for it; `due` is later only when quiet hours hold it back. */
export type Planned = Omit<Notice, 'peers'> & {
  readonly what: What | DigestKind;
  readonly wanted: Instant;
  /** When the first lesson it tells of begins; null for digests. */
  readonly startsAt: Instant | null;
};

export type Span = { readonly from: Instant; readonly to: Instant };

/** Why nothing is said before a lesson: `joined` is told with the lesson before it, `not-first` when only the day's first is asked for. */
export type Silence = Unheard | 'off' | 'cancelled' | 'all-day' | 'joined' | 'not-first' | 'asleep';

const MINUTE = 60_000;

/** One moment of the settings: the same lesson (or digest) at the same minute, whatever is said then. */
export function momentOf({ what, startsAt, wanted }: Planned): string {
  return `${startsAt ?? what} ${wanted}`;
}

/** Said now, though its minute is past. It keeps the minute it was wanted at, so that the tick, should it find it too, does not say it twice. */
export function atOnce({ saying, due, deadline, startsAt }: Planned, peers: readonly number[], now: Instant): Notice {
  const late = startsAt !== null && startsAt > now ? now + LATE : deadline;
  return { saying, due, deadline: Math.max(deadline, late), peers };
}

/** The wishes of a peer, without what names it. */
export function wishesOf(peer: Peer): Wishes {
  const { language, leads, firstLead, exams, meetings, evening, morning, week, homework } = peer;
  const { quiet, subgroup, hidden, zone } = peer;
  return {
    ...{ language, leads, firstLead, exams, meetings, evening, morning, week, homework },
    ...{ quiet, subgroup, hidden, zone },
  };
}

/**
 * Everything wanted within the span, in order of time; the same words at the same minute once. `lessons` are those of the
 * timetable (`zone` is its own) on every local day that what is due may speak of: from the day before the span to two days
 * after it, and to the end of the next week where the week ahead is asked for.
 */
export function plan(wishes: Wishes, zone: Zone, lessons: readonly Dated[], span: Span): readonly Planned[] {
  return planner(zone, span)(wishes, lessons);
}

/**
 * As `plan`, for many listeners of one timetable and for its lessons as they were at several times: what is alike among all of
 * these plans is thought of once, and is the same object in each.
 */
export function planner(zone: Zone, span: Span): (wishes: Wishes, lessons: readonly Dated[]) => readonly Planned[] {
  const sharing = share();
  const { once, numberOf } = sharing;
  const folded = (name: string) => once(`fold ${name}`, () => fold(name));
  return (wishes, lessons) => {
    const { subgroup, hidden, ...rest } = wishes;
    const hears = once(`taste ${JSON.stringify([subgroup, hidden])}`, () => {
      const unheard = hearing(wishes, folded);
      const known = new Map<number, boolean>();
      return (lesson: Dated) => {
        const number = numberOf(lesson);
        const answer = known.get(number) ?? unheard(lesson.line) === null;
        known.set(number, answer);
        return answer;
      };
    });
    const heard = lessons.filter(hears);
    const names = heard.map(numberOf).join(' ');
    return once(`plan ${names} ${JSON.stringify(rest)}`, () => {
      const mine = wishes.zone ?? zone;
      const { whole, bare, marks } = once(`view ${names} ${mine}`, () => {
        const whole = heard.map((it) => datedIn(it, zone, mine));
        const bare = whole.map(withoutIts);
        return { whole, bare, marks: markLessons(bare) };
      });
      const told = wishes.homework === null ? bare : whole;
      const said = [...reminders(wishes, zone, marks, span, sharing), ...digests(wishes, zone, told, span, sharing)];
      return inOrder(said);
    });
  };
}

function inOrder(planned: Planned[]): readonly Planned[] {
  const said = new Map<string, Planned>();
  for (const one of planned.sort((a, b) => a.due - b.due || a.wanted - b.wanted)) {
    const fire = fireOf(one.saying, one.due);
    if (!said.has(fire)) said.set(fire, one);
  }
  return [...said.values()];
}

/**
 * What is said before one of these lessons, whenever that is: notices with their times, or why there are none. The caller
 * tells by the clock and the outbox which of them are ahead, sent or expired; `due` later than `wanted` were quiet hours.
 */
export function fateOf(
  peer: Wishes & Pick<Peer, 'asleep'>,
  zone: Zone,
  lessons: readonly Dated[],
  lesson: Dated,
): { readonly notices: readonly Planned[] } | { readonly silence: Silence } {
  if (peer.asleep !== null) return { silence: 'asleep' };
  if (lesson.line.cancelled) return { silence: 'cancelled' };
  if (lesson.line.allDay) return { silence: 'all-day' };
  const unheard = hearing(peer)(lesson.line);
  if (unheard !== null) return { silence: unheard };
  const mine = peer.zone ?? zone;
  const facts = canonical(withoutHomework(datedIn(lesson, zone, mine).line));
  const marks = markLessons(heardBy(peer, zone, lessons).map(withoutIts));
  const mark = marks.find((one) => one.startsAt === lesson.startsAt && canonical(one.line) === facts);
  if (mark === undefined || mark.joins) return { silence: 'joined' };
  const together = marks.filter((one) => one.startsAt === lesson.startsAt);
  const ever = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY };
  const notices = reminders(peer, zone, together, ever, share());
  if (notices.some(({ what }) => counts(what as What, mark))) return { notices };
  return { silence: peer.firstLead === null ? 'off' : 'not-first' };
}

/** The lessons this peer hears of, by its own clocks. */
function heardBy(wishes: Wishes, zone: Zone, lessons: readonly Dated[]): Dated[] {
  const unheard = hearing(wishes);
  return lessons.filter(({ line }) => unheard(line) === null).map((one) => datedIn(one, zone, wishes.zone ?? zone));
}

/** Homework is a matter of digests: minutes before the lesson nobody does any. */
function withoutIts(dated: Dated): Dated {
  return { ...dated, line: withoutHomework(dated.line) };
}

type Lead = { readonly what: What; readonly lead: number };

function leadsOf({ leads, firstLead, exams, meetings }: Wishes): Lead[] {
  return [
    ...leads.map((lead): Lead => ({ what: 'each', lead })),
    ...(firstLead === null ? [] : [{ what: 'first' as const, lead: firstLead }]),
    ...(exams ? ALERT_LEADS.map((lead): Lead => ({ what: 'exam', lead })) : []),
    ...(meetings ? ALERT_LEADS.map((lead): Lead => ({ what: 'meeting', lead })) : []),
  ];
}

type Reminder = Planned & { readonly what: What };

/** `marks` are told by the peer's clocks, `home` are the timetable's. */
function reminders(wishes: Wishes, home: Zone, marks: readonly Marked[], span: Span, sharing: Sharing): Reminder[] {
  const { language, quiet } = wishes;
  const zone = wishes.zone ?? home;
  const how = JSON.stringify([zone, language, quiet]);
  return leadsOf(wishes).flatMap(({ what, lead }) => {
    const told = marks.filter((one) => {
      const wanted = one.startsAt - lead * MINUTE;
      return wanted >= span.from && wanted < span.to && takesPlace(one) && counts(what, one);
    });
    return [...Map.groupBy(told, (one) => one.startsAt)].map(([startsAt, together]) => {
      const lessons = together.map((one) => sharing.numberOf(one)).join(' ');
      return sharing.once(`reminder ${what} ${lead} ${lessons} ${how}`, () => {
        const wanted = startsAt - lead * MINUTE;
        const due = sendAt(quiet, zone, wanted, startsAt);
        const lines = together.map((one) => one.told);
        const deadline = Math.min(...together.map((one) => deadlineOf(due, one)));
        const own = clocksDiffer(zone, home, startsAt) ? ({ own: true } as const) : undefined;
        return { what, wanted, due, deadline, startsAt, saying: reminderSaying(lines, zone, language, own) };
      });
    });
  });
}

function digests(wishes: Wishes, home: Zone, heard: readonly Dated[], span: Span, sharing: Sharing): Planned[] {
  const zone = wishes.zone ?? home;
  const { evening, morning, week, homework, language, quiet } = wishes;
  if ([evening, morning, week, homework].every((one) => one === null)) return [];
  const how = JSON.stringify([zone, language, quiet]);
  const parts = sharing.once(`parts ${zone}`, () => partsOf(zone, span.from, span.to));
  return parts.flatMap((part) =>
    clocksIn(part, wishes).flatMap(({ what, at }) => {
      const [from, to] = daysTold(what, part.day);
      const lessons = heard.filter(({ line }) => line.day >= from && line.day < to);
      const name = `digest ${what} ${part.day} ${at} ${lessons.map(sharing.numberOf).join(' ')} ${how}`;
      return sharing.once(name, () => {
        const wanted = dueAt(part.day, at, zone);
        const own = clocksDiffer(zone, home, wanted) || undefined;
        const notice = digestNotice(what, { sentOn: part.day, wanted, lessons, zone, language, quiet, own });
        return notice === null ? [] : [{ what, wanted, startsAt: null, ...notice }];
      });
    }),
  );
}

/** The evening digest tells homework itself. */
function clocksIn(part: Part, { evening, morning, week, homework }: Wishes): { what: DigestKind; at: Clock }[] {
  const clocks: { what: DigestKind; at: Clock | null }[] = [
    { what: 'evening', at: evening },
    { what: 'homework', at: evening === null ? homework : null },
    { what: 'morning', at: morning },
    { what: 'week', at: week !== null && week.weekday === weekdayOf(part.day) ? week.at : null },
  ];
  return clocks.flatMap(({ what, at }) => (at !== null && at >= part.from && at < part.to ? [{ what, at }] : []));
}

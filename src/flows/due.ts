/** What falls due in a span of time, as pieces of work small enough to let others in between: sets where they can be, persons where filters ask. */
import { instantOf, weekdayOf, type Zone } from '../domain/calendar.ts';
import { type DigestKind, daysTold, digestNotice, type Part, partsOf } from '../domain/digest.ts';
import { canonical, type Notice } from '../domain/notice.ts';
import { plan, type Span, wishesOf } from '../domain/plan.ts';
import { EXAM_LEADS, reminderNotices } from '../domain/remind.ts';
import {
  type Db,
  type Digest,
  type DueLead,
  datedLessons,
  digestZones,
  dueDigests,
  dueSittings,
  leadsInUse,
  listenersOf,
  type Place,
  timetablesOfPersons,
  zonesOf,
} from '../store/index.ts';

/** What one piece found, what is left to do because of it, and how many rows it handled. */
export type Piece = { readonly notices: readonly Notice[]; readonly more: readonly Task[]; readonly rows: number };
export type Task = (tx: Db) => Promise<Piece>;

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Sittings, digests and timetables with persons that are handled in one piece: each a few milliseconds. */
const LIMIT = { sittings: 120, digests: 60, timetables: 20 } as const;
const KINDS: readonly DigestKind[] = ['evening', 'morning', 'week'];

/** All the work of a span. Each task belongs in a transaction; those it hands back come next. */
export function workOf(span: Span): Task {
  const persons = new Set<number>();
  return async (tx) => {
    const [sets, asked] = splitLeads(await leadsInUse(tx));
    return {
      notices: [],
      rows: 0,
      more: [
        ...sets.map((lead) => sittingsTask(lead, span, null)),
        ...(await digestTasks(tx, span, persons)),
        ...asked.map((lead) => personsTask(lead, span, persons)),
        async () => ({ notices: [], rows: 0, more: plansOf(persons, span) }),
      ],
    };
  };
}

/** The leads of sets and those of persons; exams have the same two for everybody. */
function splitLeads(used: Awaited<ReturnType<typeof leadsInUse>>): [sets: DueLead[], persons: DueLead[]] {
  const leads = (filtered: boolean) =>
    used
      .filter((one) => one.filtered === filtered)
      .flatMap(({ what, lead: row }): DueLead[] =>
        what === 'exam' ? EXAM_LEADS.map((lead) => ({ what, lead, row })) : [{ what, lead: row, row }],
      );
  return [leads(false), leads(true)];
}

function sittingsTask(due: DueLead, span: Span, after: Place | null): Task {
  return async (tx) => {
    const { rows, next } = await dueSittings(tx, due, span, { after, limit: LIMIT.sittings });
    const more = next === null ? [] : [sittingsTask(due, span, next)];
    return { notices: reminderNotices(rows, due.lead), more, rows: rows.length };
  };
}

async function digestTasks(tx: Db, span: Span, persons: Set<number>): Promise<Task[]> {
  const tasks: Task[] = [];
  const parts = new Map<Zone, Part[]>();
  for (const kind of KINDS)
    for (const zone of await digestZones(tx, kind)) {
      const mine = parts.get(zone) ?? partsOf(zone, span.from, span.to);
      parts.set(zone, mine);
      for (const part of mine) tasks.push(digestTask(kind, zone, part, persons, null));
    }
  return tasks;
}

function digestTask(kind: DigestKind, zone: Zone, part: Part, persons: Set<number>, after: Digest | null): Task {
  return async (tx) => {
    const clocks = { zone, weekday: weekdayOf(part.day), from: part.from, to: part.to };
    const found = await dueDigests(tx, kind, clocks, { after, limit: LIMIT.digests });
    for (const { filtered, timetableId } of found) if (filtered) persons.add(timetableId);
    const sets = found.filter((digest) => !digest.filtered);
    const lessons = await datedLessons(
      tx,
      [...new Set(sets.map((one) => one.timetableId))],
      instantsOf(kind, zone, part),
    );
    const notices = sets.flatMap(({ timetableId, at, language, peers }) => {
      const mine = lessons.get(timetableId) ?? [];
      const facts = { sentOn: part.day, wanted: part.due(at), lessons: mine, zone, language, quiet: null };
      const notice = digestNotice(kind, facts);
      return notice === null ? [] : [{ ...notice, peers }];
    });
    const last = found.at(-1);
    const more = last !== undefined && found.length === LIMIT.digests;
    return { notices, rows: found.length, more: more ? [digestTask(kind, zone, part, persons, last)] : [] };
  };
}

/** The instants of the days a digest tells, a little wider: the digest itself looks at the day of each lesson. */
function instantsOf(kind: DigestKind, zone: Zone, part: Part): Span {
  const [from, to] = daysTold(kind, part.day);
  return { from: instantOf(from, '00:00', zone) - HOUR, to: instantOf(to, '00:00', zone) + HOUR };
}

function personsTask(due: DueLead, span: Span, persons: Set<number>): Task {
  return async (tx) => {
    const found = await timetablesOfPersons(tx, due, span);
    for (const id of found) persons.add(id);
    return { notices: [], more: [], rows: found.length };
  };
}

function plansOf(persons: ReadonlySet<number>, span: Span): Task[] {
  const ids = [...persons].sort((a, b) => a - b);
  return Array.from({ length: Math.ceil(ids.length / LIMIT.timetables) }, (_, index): Task => {
    const some = ids.slice(index * LIMIT.timetables, (index + 1) * LIMIT.timetables);
    return async (tx) => ({ notices: await personal(tx, some, span), more: [], rows: some.length });
  });
}

/** Plans those who are asked one by one: equal wishes in one timetable are planned once. */
async function personal(tx: Db, timetableIds: readonly number[], span: Span): Promise<Notice[]> {
  const peers = await listenersOf(tx, timetableIds, true);
  const zones = await zonesOf(tx, timetableIds);
  const lessons = await datedLessons(
    tx,
    timetableIds,
    lessonsFor(
      span,
      peers.some((peer) => peer.week !== null),
    ),
  );
  const alike = Map.groupBy(peers, (peer) => canonical([peer.timetableId, wishesOf(peer)]));
  return [...alike.values()].flatMap((some) => {
    const first = some[0];
    const zone = zones.get(first?.timetableId ?? 0);
    if (first === undefined || first.timetableId === null || zone === undefined) return [];
    const heard = some.map((peer) => peer.id);
    return plan(wishesOf(first), zone, lessons.get(first.timetableId) ?? [], span).map(
      ({ saying, due, deadline }): Notice => ({ saying, due, deadline, peers: heard }),
    );
  });
}

/** When lessons begin that a plan of the span looks at: whole local days, a day (the longest lead) and a night ahead, or two weeks. */
export function lessonsFor({ from, to }: Span, weekAhead: boolean): Span {
  return { from: from - 2 * DAY, to: to + (weekAhead ? 15 : 3) * DAY };
}

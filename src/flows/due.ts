/** What falls due in a span of time, as pieces of work small enough to let others in between: sets where they can be, persons where filters ask. */
import { weekdayOf, type Zone } from '../domain/calendar.ts';
import { canonical } from '../domain/canonical.ts';
import { chunksOf } from '../domain/chunks.ts';
import { type DigestKind, digestNotice, dueAt, type Part, partsOf } from '../domain/digest.ts';
import { withHomework } from '../domain/homework.ts';
import type { Notice } from '../domain/notice.ts';
import { plan, type Span, wishesOf } from '../domain/plan.ts';
import { ALERT_LEADS, isAlert, reminderNotices } from '../domain/remind.ts';
import {
  type Db,
  type Digest,
  type DueLead,
  datedLessons,
  digestZones,
  dueDigests,
  dueSittings,
  homeworkOf,
  leadsInUse,
  listenersOf,
  type Place,
  timetablesOfPersons,
  zonesOf,
} from '../store/index.ts';
import { daysAround, lessonsTold } from './told-lessons.ts';

/** Plain data, so that it can be done elsewhere. `after`: the place in the order of what is read behind which it goes on. */
type Job =
  | { readonly kind: 'begin' }
  | { readonly kind: 'sittings'; readonly lead: DueLead; readonly after: Place | null }
  | {
      readonly kind: 'digests';
      readonly digest: DigestKind;
      readonly zone: Zone;
      readonly part: Part;
      readonly after: Digest | null;
    }
  /** Whose filters have to be asked: they join the persons of the planning. */
  | { readonly kind: 'asked'; readonly lead: DueLead }
  | { readonly kind: 'persons'; readonly timetables: readonly number[] };

/** What is left to plan of a span. `nextPiece` works it off. */
export type Planning = {
  readonly span: Span;
  jobs: readonly Job[];
  /** Timetables whose listeners are asked one by one, when all else is done. */
  persons: ReadonlySet<number>;
};

/** What one piece found. */
export type Piece = {
  readonly notices: readonly Notice[];
  /** How much it read. */
  readonly rows: number;
};

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Digests and timetables with persons that are handled in one piece: each a few milliseconds. */
const LIMIT = { digests: 60, timetables: 20 } as const;
const KINDS: readonly DigestKind[] = ['evening', 'morning', 'week', 'homework'];

/** All that falls due within the span. */
export function planningOf(span: Span): Planning {
  return { span, jobs: [{ kind: 'begin' }], persons: new Set() };
}

/** Does the next piece of it, of sittings so many at most; null when nothing is left. `planning` says what is left then. */
export async function nextPiece(tx: Db, planning: Planning, size: number): Promise<Piece | null> {
  const [job, ...later] = planning.jobs;
  if (job === undefined) {
    if (planning.persons.size === 0) return null;
    planning.jobs = personsJobs(planning.persons);
    planning.persons = new Set();
    return nextPiece(tx, planning, size);
  }
  const done = await doJob(tx, job, planning.span, size);
  planning.jobs = [...done.more, ...later];
  if (done.persons.length > 0) planning.persons = new Set([...planning.persons, ...done.persons]);
  return { notices: done.notices, rows: done.rows };
}

type Done = Piece & { readonly more: readonly Job[]; readonly persons: readonly number[] };

async function doJob(tx: Db, job: Job, span: Span, size: number): Promise<Done> {
  const nothing = { notices: [], rows: 0, more: [], persons: [] };
  if (job.kind === 'begin') return { ...nothing, more: await allJobs(tx, span) };
  if (job.kind === 'sittings') return sittings(tx, job, span, size);
  if (job.kind === 'digests') return digests(tx, job);
  if (job.kind === 'asked') {
    const persons = await timetablesOfPersons(tx, job.lead, span);
    return { ...nothing, persons, rows: persons.length };
  }
  const { timetables } = job;
  return { ...nothing, ...(await personal(tx, timetables, span)) };
}

async function allJobs(tx: Db, span: Span): Promise<Job[]> {
  const [sets, asked] = splitLeads(await leadsInUse(tx));
  return [
    ...sets.map((lead): Job => ({ kind: 'sittings', lead, after: null })),
    ...(await digestJobs(tx, span)),
    ...asked.map((lead): Job => ({ kind: 'asked', lead })),
  ];
}

/** The leads of sets and those of persons; exams and meetings have the same two for everybody. */
function splitLeads(used: Awaited<ReturnType<typeof leadsInUse>>): [sets: DueLead[], persons: DueLead[]] {
  const leads = (filtered: boolean) =>
    used
      .filter((one) => one.filtered === filtered)
      .flatMap(({ what, lead: row }): DueLead[] =>
        isAlert(what) ? ALERT_LEADS.map((lead) => ({ what, lead, row })) : [{ what, lead: row, row }],
      );
  return [leads(false), leads(true)];
}

async function sittings(tx: Db, job: Extract<Job, { kind: 'sittings' }>, span: Span, limit: number): Promise<Done> {
  const { lead, after } = job;
  const { rows, next } = await dueSittings(tx, lead, span, { after, limit });
  return {
    notices: reminderNotices(rows, lead.lead),
    rows: rows.length,
    more: next === null ? [] : [{ ...job, after: next }],
    persons: [],
  };
}

async function digestJobs(tx: Db, span: Span): Promise<Job[]> {
  const jobs: Job[] = [];
  const parts = new Map<Zone, Part[]>();
  for (const digest of KINDS)
    for (const zone of await digestZones(tx, digest)) {
      const mine = parts.get(zone) ?? partsOf(zone, span.from, span.to);
      parts.set(zone, mine);
      jobs.push(...mine.map((part): Job => ({ kind: 'digests', digest, zone, part, after: null })));
    }
  return jobs;
}

async function digests(tx: Db, job: Extract<Job, { kind: 'digests' }>): Promise<Done> {
  const { digest: kind, zone, part, after } = job;
  const clocks = { zone, weekday: weekdayOf(part.day), from: part.from, to: part.to };
  const found = await dueDigests(tx, kind, clocks, { after, limit: LIMIT.digests });
  const sets = found.filter((one) => !one.filtered);
  const lessons = await lessonsTold(tx, kind, distinct(sets), zone, part);
  const notices = sets.flatMap(({ timetableId, at, language, peers }) => {
    const mine = lessons.get(timetableId) ?? [];
    const facts = { sentOn: part.day, wanted: dueAt(part.day, at, zone), lessons: mine, zone, language, quiet: null };
    const notice = digestNotice(kind, facts);
    return notice === null ? [] : [{ ...notice, peers }];
  });
  const next = found.length === LIMIT.digests ? (found.at(-1) ?? null) : null;
  const read = [...lessons.values()].reduce((sum, { length }) => sum + length, 0);
  return {
    notices,
    rows: found.length + read,
    more: next === null ? [] : [{ ...job, after: next }],
    persons: distinct(found.filter((one) => one.filtered)),
  };
}

function distinct(rows: readonly { readonly timetableId: number }[]): number[] {
  return [...new Set(rows.map((row) => row.timetableId))];
}

function personsJobs(persons: ReadonlySet<number>): Job[] {
  const ids = [...persons].sort((a, b) => a - b);
  return chunksOf(ids, LIMIT.timetables).map((timetables): Job => ({ kind: 'persons', timetables }));
}

/** Plans those who are asked one by one: equal wishes in one timetable are planned once. Each of them is a row that was read. */
async function personal(tx: Db, timetableIds: readonly number[], span: Span): Promise<Piece> {
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
  const homework = await homeworkOf(tx, timetableIds, daysAround(span));
  const alike = Map.groupBy(peers, (peer) => canonical([peer.timetableId, wishesOf(peer)]));
  const notices = [...alike.values()].flatMap((some) => {
    const first = some[0];
    const zone = zones.get(first?.timetableId ?? 0);
    if (first === undefined || first.timetableId === null || zone === undefined) return [];
    const heard = some.map((peer) => peer.id);
    const id = first.timetableId;
    const mine = withHomework(lessons.get(id) ?? [], homework.get(id) ?? []);
    return plan(wishesOf(first), zone, mine, span).map(
      ({ saying, due, deadline }): Notice => ({ saying, due, deadline, peers: heard }),
    );
  });
  return { notices, rows: peers.length };
}

/** When lessons begin that a plan of the span looks at: whole local days, a day (the longest lead) and a night ahead, or two weeks. */
export function lessonsFor({ from, to }: Span, weekAhead: boolean): Span {
  return { from: from - 2 * DAY, to: to + (weekAhead ? 15 : 3) * DAY };
}

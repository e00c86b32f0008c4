/** A group with lessons and listeners, and what they were sent in words short enough for a table. */
import { wallOf } from '../../src/domain/calendar.ts';
import type { Lesson, Times } from '../../src/domain/lesson.ts';
import type { Saying } from '../../src/domain/notice.ts';
import { newPeer, type Peer } from '../../src/domain/peer.ts';
import { changeLessons, horizonAt } from '../../src/flows/change.ts';
import { tellDue } from '../../src/flows/tell.ts';
import type { World } from '../../src/flows/world.ts';
import { type Batch, createTimetable, getTimetable, savePeer } from '../../src/store/index.ts';

/** A peer that hears nothing but what `wishes` say; a chat's id where the wishes are a chat's. */
export function listener(id: number, wishes: Partial<Peer>): Peer {
  const silent = { leads: [], firstLead: null, evening: null, morning: null, week: null, exams: false, changes: false };
  return { ...newPeer(id, 'ru', null), ...silent, ...wishes };
}

/** Makes a timetable with these lessons and listeners; returns its id. */
export async function group(
  world: World,
  { lessons, peers, zone = world.zone }: { lessons: readonly Lesson[]; peers: readonly Peer[]; zone?: string },
): Promise<number> {
  return world.store.transaction(async (tx) => {
    const timetable = await createTimetable(tx, {
      ...{ name: 'ПИ-21', university: '', zone, kind: 'manual', ownerId: null, listed: true, bells: [] },
      ...{ term: { start: '2026-09-01', end: '2028-06-30', week1: '2026-08-31' }, folded: 'пи21', digits: '21' },
    });
    const now = world.now();
    await changeLessons(tx, timetable, lessons, { now, horizon: horizonAt(now) });
    for (const peer of peers) await savePeer(tx, { ...peer, timetableId: timetable.id });
    return timetable.id;
  });
}

const QUIET = 3 * 60_000;

/** The timetable has other lessons, and people are told so now: they were changed a quiet period ago. */
export async function relesson(world: World, id: number, lessons: readonly Lesson[]): Promise<void> {
  await world.store.transaction(async (tx) => {
    const timetable = await getTimetable(tx, id);
    if (timetable === null) throw new Error('no such timetable');
    const now = world.now() - QUIET;
    await changeLessons(tx, timetable, lessons, { now, horizon: horizonAt(now) });
  });
  await tellDue(world);
}

/** `09:45–11:20` on a day. */
export function on(day: string, hours: string): Times {
  const [start = '', end = ''] = hours.split('–');
  return { on: 'day', day, start, endDay: day, end, allDay: false };
}

/** «reminder Матан 10:00–11:35», «evening 2026-09-15: Матан 10:00», «homework 2026-09-15: Матан №5», «changes cancelled Матан 10:00». */
export function brief(saying: Saying): string {
  switch (saying.kind) {
    case 'reminder':
      return `reminder ${saying.lessons.map((one) => `${one.subject} ${one.start}–${one.end}`).join(', ')}`;
    case 'evening':
    case 'morning':
    case 'week':
      return `${saying.kind} ${saying.day}: ${saying.lessons.map((one) => `${one.subject} ${one.start}${one.cancelled ? ' off' : ''}`).join(', ')}`;
    case 'homework':
      return `homework ${saying.day}: ${saying.lessons.map((one) => `${one.subject} ${one.homework ?? '–'}`).join(', ')}`;
    case 'changes':
      return `changes ${saying.changes.map(briefChange).join(', ')}`;
    case 'follow-up':
      return `follow-up ${briefChange(saying.change)}`;
    default:
      return saying.kind;
  }
}

function briefChange(change: Extract<Saying, { kind: 'follow-up' }>['change']): string {
  const { subject, start } = change.kind === 'cancelled' || change.kind === 'altered' ? change.before : change.after;
  return `${change.kind} ${subject} ${start}`;
}

/** One line a batch and peer, in order: «101 reminder Матан 10:00–11:35». */
export function briefs(batches: readonly Batch[]): string[] {
  return batches.flatMap(({ saying, peers }) => peers.map((peer) => `${peer} ${brief(saying)}`)).sort();
}

/** Wall time of an instant, «09-14 09:45». */
export function wall(at: number, zone = 'Europe/Moscow'): string {
  const { day, clock } = wallOf(at, zone);
  return `${day.slice(5)} ${clock}`;
}

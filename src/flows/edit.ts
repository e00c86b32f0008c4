/** Timetables made by hand: a person enters the lessons, nobody imports them. */
import type { Bell, Term } from '../domain/calendar.ts';
import { checkLesson, type Lesson, type Problem } from '../domain/lesson.ts';
import { digitsOf, fold } from '../domain/name.ts';
import type { TimetableRef } from '../domain/view.ts';
import {
  audit,
  createTimetable,
  type Db,
  deleteTimetable,
  disown,
  feedOf,
  firstSeen,
  getPeer,
  isFollowed,
  lessonsOf,
  listOwned,
  lockTimetable,
} from '../store/index.ts';
import { changeLessons, horizonAt } from './change.ts';
import { changePeer } from './follow.ts';
import { refOf } from './view.ts';
import type { World } from './world.ts';

/** One person may make this many timetables: enough for a faculty's editor, too few to flood the search. */
const OWNED_LIMIT = 50;

export type CreateRefusal =
  | { readonly ok: false; readonly problems: readonly Problem[] }
  | { readonly ok: false; readonly why: 'too-many' };

/** Makes the timetable, its lessons, and lets the peer follow it: one transaction. Found by its name by anyone. */
export async function createByHand(
  world: World,
  draft: {
    name: string;
    by: number;
    peer: number;
    bells: readonly Bell[];
    term: Term;
    lessons: readonly Lesson[];
    /** The event this is the answer to: the same event again makes nothing twice. */
    event?: string;
  },
): Promise<{ ok: true; timetable: TimetableRef } | CreateRefusal> {
  const tidy = checked(draft.lessons);
  if ('problems' in tidy) return { ok: false, problems: tidy.problems };
  const { lessons } = tidy;
  const { name, by, peer, bells, term } = draft;
  const at = world.now();
  const made = await world.store.transaction(async (tx) => {
    const owned = (await listOwned(tx, by)).filter((one) => one.kind === 'manual');
    if (draft.event !== undefined && !(await firstSeen(tx, `${draft.event}:create`, at))) {
      const again = owned.findLast((one) => one.folded === fold(name));
      if (again !== undefined) return again;
    }
    if (owned.length >= OWNED_LIMIT) return null;
    const timetable = await createTimetable(tx, {
      name,
      university: '',
      zone: world.zone,
      language: 'ru',
      kind: 'manual',
      ownerId: by,
      listed: true,
      term,
      bells: [...bells],
      folded: fold(name),
      digits: digitsOf(name),
    });
    await changeLessons(tx, timetable, lessons, { now: at, horizon: horizonAt(at) });
    await changePeer(tx, { id: peer, by, what: 'choose', patch: { timetableId: timetable.id }, at });
    await audit(tx, {
      at,
      who: by,
      what: 'create',
      timetableId: timetable.id,
      detail: { name, lessons: lessons.length },
    });
    return timetable;
  });
  return made === null ? { ok: false, why: 'too-many' } : { ok: true, timetable: await refOf(world.store.db, made) };
}

/** Adds lessons to a timetable made by hand; only its owner may. Followers hear of them as of any change. */
export async function addByHand(
  world: World,
  {
    timetableId,
    by,
    lessons: drafts,
    event,
  }: { timetableId: number; by: number; lessons: readonly Lesson[]; event?: string },
): Promise<
  { ok: true; added: number } | { ok: false; why: 'not-yours' | 'gone' } | { ok: false; problems: readonly Problem[] }
> {
  const tidy = checked(drafts);
  if ('problems' in tidy) return { ok: false, problems: tidy.problems };
  const { lessons } = tidy;
  const outcome = await world.store.transaction(async (tx) => {
    const timetable = await lockTimetable(tx, timetableId);
    if (timetable === null || timetable.kind !== 'manual') return 'gone';
    if (timetable.ownerId !== by) return 'not-yours';
    const at = world.now();
    if (event !== undefined && !(await firstSeen(tx, `${event}:add`, at))) return lessons.length;
    const before = await lessonsOf(tx, timetableId, {});
    const changes = await changeLessons(tx, timetable, [...before, ...lessons], { now: at, horizon: horizonAt(at) });
    if (changes === 'conflict') throw new Error('a locked timetable changed');
    await audit(tx, { at, who: by, what: 'add', timetableId, detail: { lessons: lessons.length } });
    return lessons.length;
  });
  if (typeof outcome === 'string') return { ok: false, why: outcome };
  world.wake();
  return { ok: true, added: outcome };
}

/**
 * Deletes a timetable for everybody; only who made it may. Those who followed it follow none then. What others follow of a
 * university's site is the site's and not its first reader's: it is `left` to them, and belongs to nobody.
 */
export async function removeTimetable(
  world: World,
  { timetableId, by }: { timetableId: number; by: number },
): Promise<'removed' | 'left' | 'not-yours' | 'gone'> {
  return world.store.transaction(async (tx) => {
    const timetable = await lockTimetable(tx, timetableId);
    if (timetable === null) return 'gone';
    if (timetable.ownerId !== by) return 'not-yours';
    if (await isOfOthers(tx, timetableId, by)) {
      const at = world.now();
      if ((await getPeer(tx, by))?.timetableId === timetableId)
        await changePeer(tx, { id: by, by, what: 'choose', patch: { timetableId: null }, at });
      await disown(tx, by, timetableId);
      await audit(tx, { at, who: by, what: 'disown', timetableId, detail: {} });
      return 'left';
    }
    await deleteTimetable(tx, timetableId);
    await audit(tx, { at: world.now(), who: by, what: 'remove', timetableId, detail: { name: timetable.name } });
    return 'removed';
  });
}

/** Whether it is read from a site of an engine (`flows/guest.ts`), and anybody but this person follows it. */
export function wouldStay(world: World, timetableId: number, person: number): Promise<boolean> {
  return isOfOthers(world.store.db, timetableId, person);
}

async function isOfOthers(db: Db, timetableId: number, person: number): Promise<boolean> {
  const feed = await feedOf(db, timetableId);
  return feed?.ask.site !== undefined && (await isFollowed(db, timetableId, person));
}

/** The lessons tidied, or everything that is wrong with them. */
function checked(drafts: readonly Lesson[]): { lessons: Lesson[] } | { problems: Problem[] } {
  const lessons: Lesson[] = [];
  const problems: Problem[] = [];
  for (const draft of drafts) {
    const result = checkLesson(draft);
    if (Array.isArray(result)) problems.push(...result);
    else lessons.push(result);
  }
  return problems.length > 0 ? { problems } : { lessons };
}

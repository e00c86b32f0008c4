/** Finds the timetable a question is about: one's own, a name, or an id from a button. */
import type { ListedKind } from '../domain/listed.ts';
import type { Offered, OfferId, TimetableRef } from '../domain/view.ts';
import { openTimetable } from '../flows/lookup.ts';
import { type Viewer, viewDay, viewNearest } from '../flows/view.ts';
import type { World } from '../flows/world.ts';
import type { Texts } from '../text/index.ts';
import type { Message } from '../text/message.ts';
import { askGroup, type Context, reply, waitingForGroup } from './command.ts';
import { findListed, findNamed, titledNearly } from './find.ts';
import { groupTokens } from './group-words.ts';
import type { Which } from './intent.ts';
import type { Answer } from './turn.ts';

/**
 * `about` is what a button must say to stay with this timetable: '' for one's own. `taste` is what of it is shown: all of
 * another's, and of one's own what is not hidden; by which clocks.
 */
export type Picked = { readonly ref: TimetableRef; readonly about: string; readonly taste: Viewer };

/** The timetable, or the answer that asks for it. `rest` are the words that repeat the question, e.g. «24.11.2026». */
export async function pick(which: Which, context: Context, rest: string): Promise<Picked | Answer> {
  if (which.of === 'own') return pickOwn(context);
  if (which.of === 'id') return pickId(which.id, context);
  if (which.sort !== undefined) return pickListed(which.name, which.sort, context, rest);
  const { turn, world, t } = context;
  const { exact, close, near, names } = await findNamed(world, which.name, turn);
  const say = (id: OfferId) => `показать ${id} ${rest}`.trim();
  const [only] = exact;
  if (exact.length === 1 && only !== undefined) return pickId(only.id, context);
  if (exact.length > 1) return { message: t.several(exact, say), form: turn.form };
  if (close.length > 0) return { message: t.close(close, say), form: turn.form };
  // «завтра контрольная?» is about one's own day: the stray word is no group.
  if (groupTokens(which.name).length === 0) return pickOwn(context);
  const titled = await titledNearly(context);
  if (titled.length > 0) return { message: t.close(titled, (id) => `показать ${id}`), form: turn.form };
  return { message: t.notFound(names[0] ?? which.name, near, say), form: turn.form };
}

/** «преподаватель Иванов», «аудитория 404Л»: of that kind or nothing. */
async function pickListed(name: string, sort: ListedKind, context: Context, rest: string): Promise<Picked | Answer> {
  const { turn, world, t } = context;
  const { exact, close, near } = await findListed(world, name, turn, sort);
  const say = (id: OfferId) => `показать ${id} ${rest}`.trim();
  const [only] = exact;
  if (exact.length === 1 && only !== undefined) return pickId(only.id, context);
  if (exact.length > 1) return { message: t.several(exact, say), form: turn.form };
  if (close.length > 0) return { message: t.close(close, say), form: turn.form };
  return { message: notThere(sort, name, near, say, t), form: turn.form };
}

/** What is said when a catalogue has nothing of that name. */
export function notThere(
  sort: ListedKind,
  name: string,
  near: readonly Offered[],
  say: (id: OfferId) => string,
  t: Texts,
): Message {
  return sort === 'group' ? t.notFound(name, near, say) : t.notListed(sort, name, near, say);
}

async function pickOwn(context: Context): Promise<Picked | Answer> {
  const { timetableId } = context.peer;
  return timetableId === null ? askGroup(context) : pickId(timetableId, context);
}

async function pickId(id: OfferId, context: Context): Promise<Picked | Answer> {
  const { turn, world, peer, t } = context;
  const own = id === peer.timetableId;
  const opened = await openTimetable(world, id, { viewer: own ? turn.peer : turn.sender, peer: turn.peer });
  switch (opened.status) {
    case 'gone':
      return own ? reply(t.gone(), waitingForGroup()) : { message: t.gone(), form: turn.form };
    case 'slow':
      return { message: t.reading(opened.ref), form: turn.form };
    case 'failed':
      return { message: t.unread(opened.ref, opened.problem), form: turn.form };
    case 'ready':
      return picked(opened.ref, context);
  }
}

function picked(ref: TimetableRef, { peer }: Context): Picked {
  return ref.id === peer.timetableId
    ? { ref, about: '', taste: peer }
    : { ref, about: `показать ${ref.id}`, taste: { ...EVERYTHING, zone: peer.zone } };
}

/** What is shown to somebody who hides nothing, or asks to see what is hidden. */
const EVERYTHING: Viewer = { subgroup: '', hidden: [], zone: null };

/** The same with what is hidden, when that is asked for. */
export function shownWhole(picked: Picked, whole: boolean | undefined): Picked {
  return whole === true ? { ...picked, taste: { ...EVERYTHING, zone: picked.taste.zone } } : picked;
}

type Shown = { readonly id: number; readonly about?: string; readonly taste?: Viewer };

/** The nearest day with lessons, in words. */
export async function nearestText(world: World, t: Texts, shown: Shown): Promise<Message> {
  const { id, about = '', taste = EVERYTHING } = shown;
  return t.dayText(await viewNearest(world, id, taste), { now: world.now(), about });
}

/** One day in words; an empty one says when the next lessons are. */
export async function dayTextOf(world: World, t: Texts, { ref, about, taste }: Picked, day: string): Promise<Message> {
  const view = await viewDay(world, ref.id, day, taste);
  if (view.lessons.length > 0 || day < view.today) return t.dayText(view, { now: world.now(), about });
  const next = await viewNearest(world, ref.id, taste);
  const nearest = next.lessons.length > 0 && next.day > day ? next.day : null;
  return t.dayText(view, { now: world.now(), nearest, about });
}

/** A teacher or a room that is only looked at can be followed at a press. */
export function offered(message: Message, { ref, about }: Picked, t: Texts): Message {
  return about === '' || (ref.category ?? 'group') === 'group' ? message : t.followable(message, ref.id);
}

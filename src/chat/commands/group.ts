/** A group's name, or words that may hold one: an exact name is chosen, a near one is asked about, never assumed. */
import type { ListedKind } from '../../domain/listed.ts';
import type { Offered, OfferId } from '../../domain/view.ts';
import {
  askGroup,
  type Command,
  type Context,
  may,
  notUnderstood,
  refuse,
  reply,
  waitingForGroup,
} from '../command.ts';
import { findListed, findNamed } from '../find.ts';
import { couldBeName, groupTokens, introduces, looksLikeGroup, NAME_WORDS } from '../group-words.ts';
import type { Answer } from '../turn.ts';
import { notThere } from '../which.ts';
import { chooseRef } from './choose.ts';

export const group: Command<'group'> = async ({ name, asked, sort }, context) => {
  const { turn, peer, world, t } = context;
  if (name === '') return (await may(context)) ? askGroup(context) : refuse(context);
  if (sort !== undefined) return chooseListed(name, sort, context);
  const wanted = turn.form?.kind === 'group' && turn.form.asked === true ? turn.form.sort : undefined;
  if (wanted !== undefined && couldBeName(name, NAME_WORDS)) {
    const { exact, close } = await findListed(world, name, turn, wanted);
    if (exact.length + close.length > 0) return chooseListed(name, wanted, context);
  }
  const among = turn.form?.kind === 'group' ? turn.form.among : undefined;
  const { exact, close, near, names } = await findNamed(world, name, { ...turn, among });
  const [only] = exact;
  if (only !== undefined && exact.length === 1 && isMeant(name === names[0], { name, asked }, context))
    return chooseRef(only.id, context);
  // Whose groups are meant was said once, with the address: a slip in the name does not take it back.
  if (exact.length > 1) return reply(t.several(exact, choose), waitingForGroup(null, among));
  if (exact.length > 0) return askAbout(exact, context, among);
  if (close.length > 0) return askAbout(close, context, among);
  // After «Какая группа?» the next words may be a name whatever they look like; once, and only until one is chosen.
  const waiting = turn.form?.kind === 'group' && turn.form.asked === true && turn.form.guess === null;
  const free = peer.timetableId === null || among !== undefined;
  const given = asked || (waiting && free && couldBeName(name, turn.chat ? 1 : NAME_WORDS));
  const named = looksLikeGroup(name) || introduces(name);
  const begun = near.length > 0 && !turn.chat && couldBeName(name, 2);
  if (!given && !named && !begun) return notUnderstood(name, context);
  const form = among === undefined ? null : waitingForGroup(null, among);
  return reply(t.notFound(groupTokens(name)[0] ?? name, near, choose), form);
};

/** «следить за преподавателем Иванов», «выбрать аудиторию 404Л». */
async function chooseListed(name: string, sort: ListedKind, context: Context): Promise<Answer> {
  const { turn, world, t } = context;
  const { exact, close, near } = await findListed(world, name, turn, sort);
  const [only] = exact;
  if (exact.length === 1 && only !== undefined) return chooseRef(only.id, context);
  if (exact.length > 1) return reply(t.several(exact, choose), waitingForGroup());
  return close.length > 0 ? askAbout(close, context) : reply(notThere(sort, name, near, choose, t));
}

/** Whether the words do choose: they are the name itself, or say nothing else, and no other choice is lost by a question. */
function isMeant(whole: boolean, { name, asked }: { name: string; asked: boolean }, { turn, peer }: Context): boolean {
  const free = peer.timetableId === null;
  if (whole) return free || !turn.text.includes('?');
  return (free || asked) && introduces(name);
}

function askAbout(refs: readonly Offered[], { t }: Context, among?: readonly string[]): Answer {
  const [only] = refs;
  const guess = refs.length === 1 && only !== undefined ? only.id : null;
  return reply(t.close(refs, choose), waitingForGroup(guess, among));
}

function choose(id: OfferId): string {
  return `выбрать ${id}`;
}

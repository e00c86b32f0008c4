/** A timetable may be called by words that are ours, «Замены 5Б» or «Сегодня 101»: said whole, the title is that timetable. */
import type { Offered, OfferId } from '../domain/view.ts';
import { findTitled } from '../flows/find.ts';
import { todayIn } from '../flows/view.ts';
import type { World } from '../flows/world.ts';
import { type Context, reply } from './command.ts';
import { group } from './commands/group.ts';
import { whenWords } from './dates.ts';
import { allSaid, findListed, findNamed, NAME_LIMIT } from './find.ts';
import type { Intent, Which } from './intent.ts';
import type { Answer } from './turn.ts';

/**
 * What the words answer as a title; null where they are none, or where nobody could mean one: what is switched, written or
 * deleted by words stays so, whoever calls a timetable by them. Where that which our word is about has a timetable as well, it
 * is asked which of the two is meant: nobody takes «завтра ПИ-21» from a group by a title.
 */
export async function answerTitle(intent: Intent, context: Context): Promise<Answer | null> {
  const { turn, world, peer, t } = context;
  const title = allSaid(turn);
  const which = askedOf(intent, title) ?? (isAwaited(title, context) ? NOTHING : null);
  if (which === null || turn.event !== 'message' || !/\s/.test(title) || title.length > NAME_LIMIT) return null;
  const titled = await findTitled(world, title, turn);
  if (titled.length === 0) return null;
  const isTitle = (id: OfferId) => titled.some((one) => one.id === id);
  const asked = (await foundBy(which, context)).filter(({ id }) => !isTitle(id));
  if (asked.length === 0) return group({ kind: 'group', name: title, asked: false }, context);
  const verb = peer.timetableId === null ? 'выбрать' : 'показать';
  const say = (id: OfferId) => (isTitle(id) ? `${verb} ${id}` : sayOf(intent, id, world));
  return reply(t.titleOrAsked(titled, asked, say));
}

type Name = Omit<Extract<Which, { of: 'name' }>, 'of'>;
const NOTHING: Name = { name: '' };

/** Whose timetable a question is about, '' where it is about something else; null for what is no question that a title could be. */
function askedOf(intent: Intent, title: string): Name | null {
  switch (intent.kind) {
    case 'day':
    case 'week':
    case 'nearest':
    case 'history':
      return intent.which.of === 'name' ? intent.which : null;
    case 'group':
      // Words that are nothing else are looked up whole anyway.
      return intent.asked && intent.name !== '' ? intent : null;
    case 'homework':
      return intent.deed === 'list' && intent.what !== '' ? NOTHING : null;
    case 'subgroup':
      // «ПГ 1» may be a group.
      return /^пг/iu.test(title) ? NOTHING : null;
    case 'leads':
      return intent.leads === 'unclear' ? NOTHING : null;
    default:
      return null;
  }
}

/** After «Какая группа?» a phrase with a number in it may be the answer, whatever else it could mean to somebody who has one. */
function isAwaited(title: string, { turn, peer }: Context): boolean {
  return turn.form?.kind === 'group' && turn.form.asked === true && peer.timetableId === null && /\d/.test(title);
}

async function foundBy({ name, sort }: Name, { turn, world }: Context): Promise<readonly Offered[]> {
  if (name === '') return [];
  const { exact } = sort === undefined ? await findNamed(world, name, turn) : await findListed(world, name, turn, sort);
  return exact;
}

/** The same question about the timetable of this id. */
function sayOf(intent: Intent, id: OfferId, world: World): string {
  const when = 'when' in intent && intent.when !== null ? whenWords(intent.when, todayIn(world, world.zone)) : '';
  if (intent.kind === 'group') return `выбрать ${id}`;
  const rest = intent.kind === 'history' ? 'изменения' : intent.kind === 'week' ? `неделя ${when}` : when;
  return `показать ${id} ${rest}`.trim();
}

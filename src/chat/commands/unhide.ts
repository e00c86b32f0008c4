/** «показать физкультуру»: what was hidden is heard of again. Words that name nothing hidden may be a group's name. */
import type { Peer } from '../../domain/peer.ts';
import { wish } from '../../flows/follow.ts';
import { viewHistory } from '../../flows/history.ts';
import type { World } from '../../flows/world.ts';
import { type Command, may, refuse, reply } from '../command.ts';
import { targetOf } from '../hide-target.ts';
import { KEPT_DAYS } from '../history-words.ts';
import { choicesOf, settled } from '../settled.ts';
import { group } from './group.ts';

export const unhide: Command<'unhide'> = async ({ what }, context) => {
  const { turn, world, peer, t } = context;
  const target = what === '' ? null : targetOf(what, peer.hidden);
  const isHidden = (by: string, name: string) => peer.hidden.some((one) => one.by === by && one.name === name);
  const missed =
    target !== null &&
    (target.found === 'none' || (target.found === 'one' && !isHidden(target.hidden.by, target.hidden.name)));
  if (missed && peer.hidden.length === 0) {
    const isShown =
      peer.timetableId !== null && targetOf(what, (await choicesOf(world, peer)).hideable).found !== 'none';
    return isShown ? reply(t.unhideUnknown(what, [])) : group({ kind: 'group', name: what, asked: false }, context);
  }
  if (!(await may(context))) return refuse(context);
  if (missed) return reply(t.unhideUnknown(what, peer.hidden));
  if (target?.found === 'several') return reply(t.hideWhich(target.options, 'показывать'));
  const again = target?.found === 'one' ? target.hidden : null;
  const changed = await wish(
    world,
    turn.peer,
    'unhide',
    (now) => ({
      hidden: again === null ? [] : now.hidden.filter((one) => one.by !== again.by || one.name !== again.name),
    }),
    turn.sender,
  );
  const news = await hasChanged(world, peer, changed);
  return settled(context, changed, 'hidden', t.shownAgain(again, news, turn.chat));
};

/** Whether anything was told lately of what is shown again: nobody said it while it was hidden, and nobody says it now. */
async function hasChanged(world: World, before: Peer, after: Peer): Promise<boolean> {
  if (after.timetableId === null) return false;
  const unheardBy = async (peer: Peer) => (await viewHistory(world, after.timetableId ?? 0, KEPT_DAYS, peer)).unheard;
  return (await unheardBy(before)) > (await unheardBy(after));
}

/** «неделю в воскресенье в 18», «неделю не присылать»: the week ahead. */
import { wish } from '../../flows/follow.ts';
import { askGroup, type Command, may, refuse } from '../command.ts';
import { settled } from '../settled.ts';

export const ahead: Command<'ahead'> = async ({ week }, context) => {
  const { turn, world, peer, t } = context;
  if (!(await may(context))) return refuse(context);
  if (peer.timetableId === null && week !== null) return askGroup(context);
  const changed = await wish(world, turn.peer, 'week', { week }, turn.sender);
  return settled(context, changed, 'digests', t.weekSet(week, turn.chat));
};

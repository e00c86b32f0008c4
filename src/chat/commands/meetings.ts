/** «собрания присылать», «собрания не присылать»: a day and an hour before parents' and teachers' meetings. */
import { wish } from '../../flows/follow.ts';
import { askGroup, type Command, may, refuse } from '../command.ts';
import { settled } from '../settled.ts';

export const meetings: Command<'meetings'> = async ({ on }, context) => {
  const { turn, world, peer, t } = context;
  if (!(await may(context))) return refuse(context);
  if (peer.timetableId === null && on) return askGroup(context);
  const changed = await wish(world, turn.peer, 'meetings', { meetings: on }, turn.sender);
  return settled(context, changed, 'reminders', t.meetingsSet(on, turn.chat));
};

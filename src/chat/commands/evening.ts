/** «вечером в 19:00», «вечером не присылать»: tomorrow's lessons the evening before. */
import { setEvening } from '../../flows/follow.ts';
import { askGroup, type Command, may, refuse, reply } from '../command.ts';
import { settled, topicOf } from '../settled.ts';

export const evening: Command<'evening'> = async ({ at }, context) => {
  const { turn, world, peer, t } = context;
  if (!(await may(context))) return refuse(context);
  if (peer.timetableId === null && at !== null) return askGroup(context);
  if (at === undefined) return reply(await topicOf(context, peer, 'digests'));
  const changed = await setEvening(world, turn.peer, at, turn.sender);
  return settled(context, changed, 'digests', t.eveningSet(at, turn.chat));
};

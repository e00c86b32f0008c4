/** «утром в 7:30», «утром не присылать»: today's lessons in the morning. */
import { wish } from '../../flows/follow.ts';
import { askGroup, type Command, may, refuse, reply } from '../command.ts';
import { settled, topicOf } from '../settled.ts';

export const morning: Command<'morning'> = async ({ at }, context) => {
  const { turn, world, peer, t } = context;
  if (!(await may(context))) return refuse(context);
  if (peer.timetableId === null && at !== null) return askGroup(context);
  if (at === undefined) return reply(await topicOf(context, peer, 'digests'));
  const changed = await wish(world, turn.peer, 'morning', { morning: at }, turn.sender);
  return settled(context, changed, 'digests', t.morningSet(at, turn.chat));
};

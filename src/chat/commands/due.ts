/** «домашку в 18:00», «домашку не присылать»: when tomorrow's homework is told. */
import { wish } from '../../flows/follow.ts';
import { askGroup, type Command, may, refuse, reply } from '../command.ts';
import { settled, topicOf } from '../settled.ts';

export const due: Command<'due'> = async ({ at }, context) => {
  const { turn, world, peer, t } = context;
  if (!(await may(context))) return refuse(context);
  if (peer.timetableId === null && at !== null) return askGroup(context);
  if (at === undefined) return reply(await topicOf(context, peer, 'digests'));
  const changed = await wish(world, turn.peer, 'homework', { homework: at }, turn.sender);
  return settled(context, changed, 'digests', t.homeworkAtSet(at, changed.evening, turn.chat));
};

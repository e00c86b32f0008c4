/** «настройки»: all that is on, or one topic with its choices. Anybody may look. */
import { getRef } from '../../flows/view.ts';
import { type Command, reply } from '../command.ts';
import { topicOf } from '../settled.ts';

export const settings: Command<'settings'> = async ({ topic }, context) => {
  const { turn, world, peer, t } = context;
  if (topic !== undefined) return reply(await topicOf(context, peer, topic));
  const ref = peer.timetableId === null ? null : await getRef(world, peer.timetableId, turn.peer);
  return reply(t.settings(peer, ref));
};

/** «настройки»: what is on, each line with the words that change it. Anybody may look. */
import { getRef } from '../../flows/view.ts';
import { type Command, reply } from '../command.ts';

export const settings: Command<'settings'> = async (_, { turn, world, peer, t }) => {
  const ref = peer.timetableId === null ? null : await getRef(world, peer.timetableId, turn.peer);
  return reply(t.settings(peer, ref));
};

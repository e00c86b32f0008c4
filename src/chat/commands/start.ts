/** «Начать»: who we are and one question; somebody who has a timetable sees its nearest day. */
import { type Command, reply, waitingForGroup } from '../command.ts';
import { nearestText, pick } from '../which.ts';

export const start: Command<'start'> = async (_, context) => {
  const { turn, world, peer, t } = context;
  if (peer.timetableId === null) {
    return reply(turn.chat ? t.askGroup(true) : t.start(), waitingForGroup());
  }
  const found = await pick({ of: 'own' }, context, '');
  if (!('ref' in found)) return found;
  const day = await nearestText(world, t, { id: found.ref.id, taste: found.taste });
  return reply({ text: day.text, ...t.keys(turn.chat, day.buttons ?? []) });
};

/** «спасибо», «привет», «да»: a short warm word in a DM, silence in a chat. */
import { type Command, reply } from '../command.ts';
import { chooseRef } from './choose.ts';
import { start } from './start.ts';

export const courtesy: Command<'courtesy'> = async ({ courtesy: kind }, context) => {
  const { turn, peer, t } = context;
  const { form } = turn;
  if (kind === 'yes' && form?.kind === 'group' && form.guess !== null && form.asked === true)
    return chooseRef(form.guess, context);
  if (turn.chat) return { message: null, form };
  // Somebody who greets us first does not know us yet.
  if (kind === 'hello' && peer.timetableId === null && form?.kind !== 'lessons')
    return start({ kind: 'start' }, context);
  return reply(t.courtesy(kind), form);
};

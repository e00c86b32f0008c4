/** «не буди до 9»: quiet hours may be meant, or what is sent in the morning: which of them is asked. */
import { type Command, may, refuse, reply } from '../command.ts';

export const wake: Command<'wake'> = async ({ until }, context) => {
  const { peer, t } = context;
  return (await may(context)) ? reply(t.wakeAsk(until, peer)) : refuse(context);
};

/** «стоп»: nothing is sent by itself any more; also ends a running dialogue. */
import { stop as silence } from '../../flows/follow.ts';
import { type Command, may, refuse, reply } from '../command.ts';

export const stop: Command<'stop'> = async (_, context) => {
  const { turn, world, t } = context;
  if (!(await may(context))) return refuse(context);
  await silence(world, turn.peer, turn.sender);
  return reply(t.stopped());
};

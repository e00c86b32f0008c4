/** «удалить мои данные»: asks once, then deletes what is kept about this conversation. */
import { forget as erase } from '../../flows/follow.ts';
import { type Command, may, refuse, reply } from '../command.ts';

export const forget: Command<'forget'> = async ({ sure }, context) => {
  const { turn, world, t } = context;
  if (!(await may(context))) return refuse(context);
  if (!sure) return reply(t.forgetAsk(turn.chat));
  await erase(world, turn.peer, turn.sender);
  return reply(t.forgotten(turn.chat));
};

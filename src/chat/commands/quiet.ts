/** «тихо с 23 до 7», «без тишины»: hours in which nothing is sent that can wait. */
import { wish } from '../../flows/follow.ts';
import { type Command, may, refuse } from '../command.ts';
import { settled } from '../settled.ts';

export const quiet: Command<'quiet'> = async ({ quiet }, context) => {
  const { turn, world, t } = context;
  if (!(await may(context))) return refuse(context);
  const changed = await wish(world, turn.peer, 'quiet', { quiet }, turn.sender);
  return settled(context, changed, 'quiet', t.quietSet(quiet, turn.chat));
};

/** «присылать изменения», «не присылать изменения». */
import { setChanges } from '../../flows/follow.ts';
import { type Command, may, refuse, reply } from '../command.ts';

export const changes: Command<'changes'> = async ({ on }, context) => {
  const { turn, world, t } = context;
  if (!(await may(context))) return refuse(context);
  const changed = await setChanges(world, turn.peer, on, turn.sender);
  return reply(t.changesSet(changed.changes, turn.chat));
};

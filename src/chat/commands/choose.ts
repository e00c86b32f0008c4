/** «выбрать 12»: this conversation follows that timetable from now on. */
import { choose as follow } from '../../flows/follow.ts';
import { getRef } from '../../flows/view.ts';
import { type Command, type Context, may, refuse, reply, told, waitingForGroup } from '../command.ts';
import type { Answer } from '../turn.ts';
import { nearestText } from '../which.ts';

export const choose: Command<'choose'> = ({ id }, context) => chooseRef(id, context);

/** Follows the timetable and shows its nearest day. Who may not choose for the chat sees that day all the same. */
export async function chooseRef(id: number, context: Context): Promise<Answer> {
  const { turn, world, peer, t } = context;
  const ref = await getRef(world, id, id === peer.timetableId ? turn.peer : turn.sender);
  if (ref === null) return reply(t.gone(), waitingForGroup());
  if (!(await may(context))) return refuse(context, await nearestText(world, t, { id, about: `показать ${id}` }));
  const changed = await follow(world, turn.peer, id, turn.sender);
  return reply(t.chosen(ref, await nearestText(world, t, { id, taste: changed }), changed, told(context)));
}

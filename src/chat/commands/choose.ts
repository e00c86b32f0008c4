/** «выбрать 12»: this conversation follows that timetable from now on. */
import type { OfferId } from '../../domain/view.ts';
import { choose as follow } from '../../flows/follow.ts';
import { type Opened, openTimetable, waitFor } from '../../flows/lookup.ts';
import type { Message } from '../../text/message.ts';
import { type Command, type Context, may, refuse, reply, told, waitingForGroup } from '../command.ts';
import type { Answer } from '../turn.ts';
import { nearestText } from '../which.ts';

export const choose: Command<'choose'> = ({ id }, context) => chooseRef(id, context);

/** Follows the timetable and shows its nearest day. Who may not choose for the chat sees that day all the same. */
export async function chooseRef(id: OfferId, context: Context): Promise<Answer> {
  const { turn, world, peer, t } = context;
  const viewer = id === peer.timetableId ? turn.peer : turn.sender;
  const opened = await openTimetable(world, id, { viewer, peer: turn.peer });
  if (opened.status === 'gone') return reply(t.gone(), waitingForGroup());
  const { ref } = opened;
  if (opened.status === 'failed' && opened.problem.kind === 'unknown-param')
    return { message: t.unread(ref, opened.problem), form: turn.form };
  if (!(await may(context))) return refuse(context, await glance(opened, context));
  const changed = await follow(world, turn.peer, ref.id, turn.sender);
  if (changed === null) return reply(t.gone(), waitingForGroup());
  const problem = opened.status === 'failed' ? opened.problem : null;
  // What was still being read above may be read by now.
  if (opened.status === 'ready' || !(await waitFor(world, ref.id, turn.peer, problem !== null)))
    return reply(t.chosen(ref, await nearestText(world, t, { id: ref.id, taste: changed }), changed, told(context)));
  return reply(t.chosenUnread(ref, problem, changed, told(context)));
}

/** What somebody sees who may not choose. */
async function glance(opened: Exclude<Opened, { status: 'gone' }>, { world, t }: Context): Promise<Message> {
  const { ref } = opened;
  if (opened.status === 'slow') return t.reading(ref);
  if (opened.status === 'failed') return t.unread(ref, opened.problem);
  return nearestText(world, t, { id: ref.id, about: `показать ${ref.id}` });
}

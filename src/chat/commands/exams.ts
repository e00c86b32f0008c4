/** «экзамены присылать», «экзамены не присылать»: a day and an hour before exams and consultations. */
import { wish } from '../../flows/follow.ts';
import { askGroup, type Command, may, refuse } from '../command.ts';
import { settled } from '../settled.ts';

export const exams: Command<'exams'> = async ({ on }, context) => {
  const { turn, world, peer, t } = context;
  if (!(await may(context))) return refuse(context);
  if (peer.timetableId === null && on) return askGroup(context);
  const changed = await wish(world, turn.peer, 'exams', { exams: on }, turn.sender);
  return settled(context, changed, 'reminders', t.examsSet(on, turn.chat));
};

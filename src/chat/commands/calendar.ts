/** A calendar's address: it becomes a timetable like any other, and the one this conversation follows. */

import { addCalendar } from '../../flows/calendar.ts';
import { choose } from '../../flows/follow.ts';
import { type Command, may, refuse, reply, told } from '../command.ts';
import { nearestText } from '../which.ts';

export const calendar: Command<'calendar'> = async ({ url }, context) => {
  const { turn, world, t } = context;
  if (!(await may(context))) return refuse(context);
  const added = await addCalendar(world, { url, by: turn.sender });
  if (!added.ok) return { message: t.calendarFailed(added.problem), form: turn.form };
  const { timetable, count } = added;
  const peer = await choose(world, turn.peer, timetable.id, turn.sender);
  const day = await nearestText(world, t, { id: timetable.id, taste: peer });
  return reply(t.calendarAdded(timetable, count, day, peer, told(context)));
};

/** «создать расписание ПИ-21»: begins the dialogue that makes a timetable from typed lessons. */
import { todayIn } from '../../flows/view.ts';
import { type Command, may, refuse } from '../command.ts';
import { beginForm } from '../lesson-form.ts';

export const create: Command<'create'> = async ({ name, lines }, context) => {
  const { turn, world, t } = context;
  if (!(await may(context))) return refuse(context);
  const { form, say } = beginForm({ timetableId: null, name, lines, chat: turn.chat }, todayIn(world, world.zone));
  return { message: t.form(say), form };
};

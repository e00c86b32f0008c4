/** «добавить пары»: more lessons for a timetable this person made. */
import type { TimetableRef } from '../../domain/view.ts';
import { findTimetables, getRef, todayIn } from '../../flows/view.ts';
import { type Command, type Context, may, refuse, reply } from '../command.ts';
import { beginForm } from '../lesson-form.ts';

export const add: Command<'add'> = async ({ name, lines }, context) => {
  const { turn, world, t } = context;
  if (!(await may(context))) return refuse(context);
  const refs = name === '' ? await own(context) : (await findTimetables(world, name, turn.sender)).exact;
  const ref = refs.find(({ kind, ownerId }) => kind === 'manual' && ownerId === turn.sender);
  if (ref === undefined) return reply(t.formRefused(refs.length > 0 ? 'not-yours' : 'no-own'));
  const draft = { timetableId: ref.id, name: ref.name, lines, chat: turn.chat };
  const { form, say } = beginForm(draft, todayIn(world, ref.zone));
  return { message: t.form(say), form };
};

async function own({ turn, world, peer }: Context): Promise<TimetableRef[]> {
  const ref = peer.timetableId === null ? null : await getRef(world, peer.timetableId, turn.peer);
  return ref === null ? [] : [ref];
}

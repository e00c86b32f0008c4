/** «добавить пары»: more lessons for a timetable this person made. */
import type { TimetableRef } from '../../domain/view.ts';
import { bellsOf, todayIn } from '../../flows/view.ts';
import { type Command, type Context, may, refuse, reply } from '../command.ts';
import { beginForm } from '../lesson-form.ts';
import { followed, namedExactly, owned } from '../owned.ts';

export const add: Command<'add'> = async ({ name, lines }, context) => {
  const { turn, world, t } = context;
  if (!(await may(context))) return refuse(context);
  const asked = name === '' ? [await followed(context)] : await namedExactly(name, context);
  const ref = asked.find((one) => one?.kind === 'manual' && one.ownerId === turn.sender) ?? null;
  if (ref === null) return asked.length === 0 ? reply(t.notFound(name)) : offerOwn(name, context);
  const bells = await bellsOf(world, ref.id);
  const draft = { timetableId: ref.id, name: ref.name, lines, chat: turn.chat, bells };
  const { form, say } = beginForm(draft, todayIn(world, ref.zone));
  return { message: t.form(say), form };
};

/** What they follow, or named, is somebody else's: their own are offered instead, never taken for it. */
async function offerOwn(name: string, context: Context) {
  const { t } = context;
  const own: TimetableRef[] = await owned(context, 'manual');
  if (own.length > 0) return reply(t.addTo(own, (id) => `добавить пары в ${id}`));
  return reply(t.formRefused(name !== '' ? 'not-yours' : 'no-own'));
}

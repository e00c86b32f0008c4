/** «удалить расписание ПИ-21»: asks once, then deletes it for everybody, or lets go of what others follow of a site; only who made it may. */
import { removeTimetable, wouldStay } from '../../flows/edit.ts';
import { getRef } from '../../flows/view.ts';
import { type Command, type Context, reply } from '../command.ts';
import { namedExactly, owned } from '../owned.ts';
import type { Answer } from '../turn.ts';

export const remove: Command<'remove'> = async ({ name, sure }, context) => {
  const { turn, world, t } = context;
  if (typeof sure === 'number') return removeNow(sure, context);
  // A calendar may be private: it is not named aloud in a chat.
  const found =
    name === '' ? await owned(context, turn.chat ? 'manual' : undefined) : await namedExactly(name, context);
  const own = found.filter(({ ownerId }) => ownerId === turn.sender);
  const [only] = own;
  if (only === undefined) {
    if (name === '') return reply(t.formRefused('no-own'));
    return reply(found.length > 0 ? t.removeRefused('not-yours') : t.notFound(name));
  }
  if (own.length > 1) return reply(t.removeWhich(own, (id) => `удалить расписание ${id}`));
  if (sure === 'only') return removeNow(only.id, context);
  return reply(t.removeAsk(only, await wouldStay(world, only.id, turn.sender)));
};

async function removeNow(id: number, { turn, world, t }: Context): Promise<Answer> {
  const ref = await getRef(world, id, turn.sender);
  const outcome = await removeTimetable(world, { timetableId: id, by: turn.sender });
  if (outcome === 'left' && ref !== null) return reply(t.leftToOthers(ref));
  return reply(
    outcome === 'removed' && ref !== null
      ? t.removed(ref)
      : t.removeRefused(outcome === 'not-yours' ? outcome : 'gone'),
  );
}

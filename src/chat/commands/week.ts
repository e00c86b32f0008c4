/** «неделя», «следующая неделя»: Monday to Sunday. */
import { todayIn, viewWeek } from '../../flows/view.ts';
import { type Command, reply } from '../command.ts';
import { dayOf, whenWords } from '../dates.ts';
import { offered, pick, shownWhole } from '../which.ts';

export const week: Command<'week'> = async ({ when, which, whole }, context) => {
  const { world, t } = context;
  const found = await pick(which, context, `неделя ${whenWords(when, todayIn(world, world.zone))}`);
  if (!('ref' in found)) return found;
  const view = await viewWeek(
    world,
    found.ref.id,
    dayOf(when, todayIn(world, found.taste.zone ?? found.ref.zone)),
    shownWhole(found, whole).taste,
  );
  return reply(offered(t.weekText(view, { now: world.now(), about: found.about }), found, t));
};

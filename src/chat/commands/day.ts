/** «сегодня», «в пятницу», «12.09», «ПИ-22 завтра»: the lessons of one day. */
import { todayIn } from '../../flows/view.ts';
import { type Command, reply } from '../command.ts';
import { dayOf, whenWords } from '../dates.ts';
import { dayTextOf, offered, pick, shownWhole } from '../which.ts';

export const day: Command<'day'> = async ({ when, which, whole }, context) => {
  const { world, t } = context;
  const found = await pick(which, context, whenWords(when, todayIn(world, world.zone)));
  if (!('ref' in found)) return found;
  const text = await dayTextOf(
    world,
    t,
    shownWhole(found, whole),
    dayOf(when, todayIn(world, found.taste.zone ?? found.ref.zone)),
  );
  return reply(offered(text, found, t));
};

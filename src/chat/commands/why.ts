/** «почему»: what was sent and why, what comes next; «почему не напомнил про матан»: what became of one lesson's reminder. */
import { accountOf, missedBy, todayOf } from '../../flows/why.ts';
import { askGroup, type Command, reply, waitingForGroup } from '../command.ts';
import { dayOf } from '../dates.ts';

export const why: Command<'why'> = async ({ missed, name, when }, context) => {
  const { world, peer, t } = context;
  if (peer.timetableId === null) return askGroup(context);
  if (!missed) {
    const account = await accountOf(world, peer);
    return account === null ? reply(t.gone(), waitingForGroup()) : reply(t.why(account));
  }
  const day = when === null ? null : dayOf(when, await todayOf(world, peer));
  const account = await missedBy(world, peer, { name, day });
  return account === null ? reply(t.gone(), waitingForGroup()) : reply(t.whyLesson(account, name));
};

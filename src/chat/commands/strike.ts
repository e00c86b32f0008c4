/** «отмени физику завтра»: who made the timetable by hand cancels one lesson of it, asked once; others hear who can. */
import { addDays, type Day, mondayOf } from '../../domain/calendar.ts';
import { findStrikable, strike as strikeOut } from '../../flows/strike.ts';
import { getRef, todayIn } from '../../flows/view.ts';
import { askGroup, type Command, notUnderstood, reply } from '../command.ts';
import { dayOf } from '../dates.ts';

export const strike: Command<'strike'> = async (asked, context) => {
  const { turn, world, peer, t } = context;
  const ref = peer.timetableId === null ? null : await getRef(world, peer.timetableId, turn.peer);
  if (ref === null) return askGroup(context);
  const deed = asked.deed === 'restore' ? 'restore' : 'cancel';
  const cancelled = deed === 'cancel';
  const mine = { timetableId: ref.id, by: turn.sender, cancelled };
  const today = todayIn(world, ref.zone);
  const strikeNow = async (uid: string) => {
    const done = await strikeOut(world, { ...mine, uid });
    if (done.ok) return reply(t.struck(done, deed, ref, today));
    if (turn.event === 'press') return { message: null, form: turn.form, snackbar: t.strikeRefusedBriefly(done.why) };
    return reply(t.strikeRefused(done, ref));
  };
  if ('uid' in asked) return strikeNow(asked.uid);
  const { what, slot, at = null, sure } = asked;
  const day = asked.when === null ? null : dayOf(asked.when, today);
  const days = day === null ? null : asked.week === true ? weekOf(day) : { from: day, to: addDays(day, 1) };
  const found = await findStrikable(world, { ...mine, what, slot, at, days });
  const [only, ...others] = found.ok ? found.lessons : [];
  if (only !== undefined && others.length === 0 && sure && asked.deed !== 'move') return strikeNow(only.uid);
  if (found.ok) return reply(asked.deed === 'move' ? t.strikeNoMove() : t.strikeAsk(found.lessons, deed, ref, today));
  // «отмени заказ» is about no lesson at all.
  if (found.why === 'no-lesson' && day === null) return notUnderstood(turn.text, context);
  return reply(t.strikeRefused(found, ref));
};

function weekOf(day: Day): { readonly from: Day; readonly to: Day } {
  return { from: mondayOf(day), to: addDays(mondayOf(day), 7) };
}

/** «дз матан: №5–7», «убрать дз матан», «дз»: what is to be done for the lessons of the followed timetable. */
import { giveHomework, listHomework, type NoHomework, takeHomework, wouldGive } from '../../flows/homework.ts';
import { getRef, todayIn } from '../../flows/view.ts';
import { askGroup, type Command, type Context, reply } from '../command.ts';
import { dayOf } from '../dates.ts';
import type { Answer } from '../turn.ts';
import { plain } from '../words.ts';

export const homework: Command<'homework'> = async ({ deed, what, when, text }, context) => {
  const { turn, world, peer, t } = context;
  const ref = peer.timetableId === null ? null : await getRef(world, peer.timetableId, turn.peer);
  if (ref === null) return askGroup(context);
  const today = todayIn(world, ref.zone);
  const meant = { what, day: when === null ? null : dayOf(when, today), taste: peer };
  const asked = { ...meant, timetableId: ref.id, by: turn.sender, peer: turn.peer };
  if (deed === 'perhaps' || deed === 'nameless') {
    const perhaps = await wouldGive(world, { ...asked, text });
    if (perhaps?.ok === false) return failed(what, perhaps, context);
    if (perhaps !== null) return reply(t.homeworkAsk(perhaps.lesson, today));
  }
  if (deed === 'nameless') return reply(t.homeworkRefused('', 'no-subject', []));
  if (deed === 'list' || deed === 'perhaps') {
    const named = what === '' ? { ...meant, what: plain(text) } : meant;
    return reply(t.homeworkList(ref, await listHomework(world, ref.id, named), today));
  }
  if (deed === 'take') {
    const taken = await takeHomework(world, asked);
    return taken.ok ? reply(t.homeworkTaken(taken.lesson, today)) : failed(what, taken, context);
  }
  const given = await giveHomework(world, { ...asked, text });
  return given.ok ? reply(t.homeworkGiven(given.lesson, today, given)) : failed(what, given, context);
};

function failed(what: string, no: NoHomework, { t }: Context): Answer {
  return reply(t.homeworkRefused(what, no.why, 'names' in no ? no.names : []));
}

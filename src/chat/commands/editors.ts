/** «назначить старостой …», «снять старосту …», «старосты»: who else writes in the followed timetable. */
import { appoint, dismiss, listEditors } from '../../flows/editors.ts';
import { getRef } from '../../flows/view.ts';
import { askGroup, type Command, reply } from '../command.ts';

export const editors: Command<'editors'> = async ({ deed, person, timetable }, context) => {
  const { turn, world, peer, t } = context;
  const id = timetable ?? peer.timetableId;
  const ref = id === null ? null : await getRef(world, id, turn.peer);
  if (ref === null) return askGroup(context);
  if (deed === 'list') {
    const known = await listEditors(world, ref.id, turn.sender);
    return reply(known === null ? t.editorsDone('not-yours', ref, null) : t.editorsList(ref, known));
  }
  if (person === null) return reply(t.editorsDone('nobody', ref, null));
  const outcome = await (deed === 'give' ? appoint : dismiss)(world, { timetableId: ref.id, person, by: turn.sender });
  return reply(t.editorsDone(outcome, ref, person));
};

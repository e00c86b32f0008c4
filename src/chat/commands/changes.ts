/** «присылать изменения», «изменения на 7 дней», «не присылать изменения аудиторий», «присылать только отмены». */
import { CHANGE_KINDS } from '../../domain/diff.ts';
import type { Peer } from '../../domain/peer.ts';
import { wish } from '../../flows/follow.ts';
import { type Command, may, refuse } from '../command.ts';
import type { IntentOf } from '../intent.ts';
import { settled } from '../settled.ts';

export const changes: Command<'changes'> = async (asked, context) => {
  const { turn, world, t } = context;
  if (!(await may(context))) return refuse(context);
  const changed = await wish(world, turn.peer, 'changes', (peer) => patchFor(peer, asked), turn.sender);
  const topic = asked.kinds === undefined ? 'changes' : 'kinds';
  return settled(context, changed, topic, t.changesSet(changed, turn.chat));
};

/** Switching a kind on switches changes on: whoever wants to hear of one wants to hear of something. */
function patchFor({ muted }: Peer, { on, horizon, kinds, only }: IntentOf<'changes'>): Partial<Peer> {
  if (kinds === undefined) return { changes: on, ...(horizon === undefined ? {} : { horizon }) };
  const wanted = (kind: (typeof CHANGE_KINDS)[number]) =>
    kinds.includes(kind) ? on : only === true ? false : !muted.includes(kind);
  const rest = CHANGE_KINDS.filter((kind) => !wanted(kind));
  return {
    muted: rest,
    ...(on ? { changes: true } : {}),
    ...(horizon === undefined ? {} : { horizon }),
  };
}

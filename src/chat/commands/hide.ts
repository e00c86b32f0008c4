/** «скрыть физкультуру»: a subject, a teacher, a kind of lesson or a pair is neither shown nor sent; doubt is asked about. */
import type { Hidden } from '../../domain/peer.ts';
import { wish } from '../../flows/follow.ts';
import { askGroup, type Command, may, refuse, reply } from '../command.ts';
import { targetsOf } from '../hide-target.ts';
import { choicesOf, settled } from '../settled.ts';

/** More than anybody hides by hand, and a message still holds. */
const MOST = 30;

export const hide: Command<'hide'> = async ({ what }, context) => {
  const { turn, world, peer, t } = context;
  if (!(await may(context))) return refuse(context);
  if (peer.timetableId === null) return askGroup(context);
  const { hideable } = await choicesOf(world, peer);
  const target = targetsOf(what, [...hideable, ...peer.hidden]);
  if (target.found !== 'one' && target.found !== 'all')
    return reply(
      target.found === 'several' ? t.hideWhich(target.options, 'скрыть') : t.hideUnknown(what, target.options),
    );
  const all = target.found === 'all' ? target.all : [target.hidden];
  const isHidden = (one: Hidden) => all.some(({ by, name }) => one.by === by && one.name === name);
  const changed = await wish(
    world,
    turn.peer,
    'hide',
    (now) => ({
      hidden: [...now.hidden.filter((one) => !isHidden(one)), ...all].slice(-MOST),
    }),
    turn.sender,
  );
  return settled(context, changed, 'hidden', t.hiddenSet(all, turn.chat));
};

/** «принять», «принять ПИ-21»: a reading that was held is what the source means. */
import type { TimetableRef } from '../../domain/view.ts';
import { acceptHeld } from '../../flows/calendar.ts';
import { type Command, type Context, reply } from '../command.ts';
import { followed, namedExactly, owned } from '../owned.ts';

export const accept: Command<'accept'> = async ({ name }, context) => {
  const { turn, world, t } = context;
  const refs = name === '' ? await mine(context) : await namedExactly(name, context);
  if (refs.length === 0 && name !== '') return reply(t.notFound(name));
  let refused: 'not-held' | 'not-yours' = 'not-held';
  for (const { id, name: title } of refs) {
    const outcome = await acceptHeld(world, { timetableId: id, by: turn.sender });
    if (outcome === 'accepted') return reply(t.accepted(title));
    if (typeof outcome !== 'string') return reply(t.refreshed(outcome));
    if (outcome === 'held' || outcome === 'busy') return reply(t.acceptRefused(outcome));
    if (outcome === 'not-yours') refused = outcome;
  }
  return reply(t.acceptRefused(refused));
};

/** The calendar this conversation follows, then those this person brought: the first one that is held is meant. */
async function mine(context: Context): Promise<TimetableRef[]> {
  const [own, here] = [await owned(context, 'feed'), await followed(context)];
  return here === null ? own : [here, ...own.filter(({ id }) => id !== here.id)];
}

/** Addresses of the site's pages that name one timetable. Pure. */
import { pathUnder, type Recognised } from '#source';

/** `/faculty/101/groups/42021`, `/teachers/101`, `/places/11/533`: a building and a room of it. */
export function recognise(address: string): Recognised | null {
  const path = pathUnder(address, 'https://ruz.spbstu.ru') ?? '';
  const found = /^(?:faculty\/\d+\/groups|(teachers)|places\/(\d{1,10}))\/(\d{1,10})(?:[/?#]|$)/.exec(path);
  if (found === null) return null;
  const [, teachers, building, id = ''] = found;
  if (building !== undefined) return { entry: { kind: 'room', ask: { kind: 'room', id, building } } };
  const kind = teachers === undefined ? 'group' : 'teacher';
  return { entry: { kind, ask: { kind, id } } };
}

/** Addresses of the site's pages that name one timetable. Pure. */
import { pathUnder, type Recognised } from '#source';

/** `/faculty/101/groups/42021`, `/teachers/101`, `/places/11/…` is a building's room and has two numbers. */
export function recognise(address: string): Recognised | null {
  const path = pathUnder(address, 'https://ruz.spbstu.ru') ?? '';
  const found = /^(?:faculty\/\d+\/(groups)|(teachers))\/(\d{1,10})(?:[/?#]|$)/.exec(path);
  if (found === null) return null;
  const kind = found[1] === undefined ? 'teacher' : 'group';
  return { entry: { kind, ask: { kind, id: found[3] ?? '' } } };
}

/** Addresses of the site's pages that name one timetable. Pure. */
import { pathUnder, type Recognised } from '#source';

/** `/AGSM/StudentGroupEvents/Primary/366647` and `/EducatorEvents/2121`. */
export function recognise(address: string): Recognised | null {
  const path = pathUnder(address, 'https://timetable.spbu.ru') ?? '';
  const found = /(?:(StudentGroupEvents)(?:\/\w+)?|(EducatorEvents|WeekEducatorEvents))\/(\d{1,10})(?:[/?#]|$)/.exec(
    path,
  );
  if (found === null) return null;
  const kind = found[1] === undefined ? 'teacher' : 'group';
  return { entry: { kind, ask: { kind, id: found[3] ?? '' } } };
}

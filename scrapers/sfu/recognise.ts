/** Addresses of the site's pages that name a group or a teacher. Pure. */
import { pathUnder, type Recognised } from '#source';

/** `/timetable?group=КИ23-17/1б+(2+подгруппа)` and `/timetable?teacher=Орлова+В.+П.`. */
export function recognise(address: string): Recognised | null {
  const path = pathUnder(address, 'https://edu.sfu-kras.ru/timetable');
  const query = new URLSearchParams(/\?([^#]*)/.exec(path ?? '')?.[1] ?? '');
  const kind = query.has('teacher') ? 'teacher' : 'group';
  const target = (query.get(kind) ?? '').trim();
  return target === '' || target.length > 100 ? null : { entry: { kind, ask: { target } } };
}

/** Addresses of the site's pages that name one timetable. Pure. */
import { pathUnder, type Recognised } from '#source';

/** `/schedule/?…&schedule=group&group=4344` and `/schedule/?…&schedule=teacher&initials=Фамилия+Имя+Отчество`: names, not ids. */
export function recognise(address: string): Recognised | null {
  const path = pathUnder(address, 'https://digital.etu.ru/schedule');
  if (path === null) return null;
  const query = new URLSearchParams(/\?([^#]*)/.exec(path)?.[1] ?? '');
  const kind = query.get('schedule') === 'teacher' ? 'teacher' : 'group';
  const name = (query.get(kind === 'teacher' ? 'initials' : 'group') ?? '').trim();
  return name === '' || name.length > 100 ? null : { entry: { kind, ask: { [kind]: name } } };
}

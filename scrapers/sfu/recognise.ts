/** Addresses of the site's pages that name a group. Pure. */
import { pathUnder, type Recognised } from '#source';

/** `/timetable?group=КИ23-17/1б+(2+подгруппа)`. Teachers (`?teacher=…`) have pages too, but are not listed. */
export function recognise(address: string): Recognised | null {
  const path = pathUnder(address, 'https://edu.sfu-kras.ru/timetable');
  const query = new URLSearchParams(/\?([^#]*)/.exec(path ?? '')?.[1] ?? '');
  const target = (query.get('group') ?? '').trim();
  return target === '' || target.length > 100 ? null : { entry: { kind: 'group', ask: { target } } };
}

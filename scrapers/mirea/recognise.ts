/** Addresses of the site's pages that name one timetable. Pure. */
import { pathUnder, type Recognised } from '#source';

const KINDS = { 1: 'group', 2: 'teacher', 3: 'room' } as const;

/** The site's own links `?s=1_4235` and its calendars `/schedule/api/ical/1/4235`. */
export function recognise(address: string): Recognised | null {
  const path = pathUnder(address.replace(/^webcals?:/i, 'https:'), 'https://schedule-of.mirea.ru') ?? '';
  const found = /(?:[?&]s=|^schedule\/api\/ical\/)([123])[_/](\d{1,10})(?:[&/?#]|$)/.exec(path);
  const number = found?.[1];
  if (number !== '1' && number !== '2' && number !== '3') return null;
  const kind = KINDS[number];
  return { entry: { kind, ask: { kind, id: found?.[2] ?? '' } } };
}

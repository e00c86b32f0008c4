/** Addresses of the site's pages that name one timetable. Pure. */
import { pathUnder, type Recognised } from '#source';

const KINDS = ['group', 'teacher', 'room'] as const;

/**
 * The site's own links `?s=1_4235`, its calendars `/schedule/api/ical/1/4235`, its pictures `/schedule/genericschedule?type=1&id=4235`;
 * `?scheduleTitle=ИКБО-40-23` says a name and not whose it is.
 */
export function recognise(address: string): Recognised | readonly Recognised[] | null {
  const path = pathUnder(address.replace(/^webcals?:/i, 'https:'), 'https://schedule-of.mirea.ru') ?? '';
  const found =
    /(?:[?&]s=|^schedule\/api\/ical\/)([123])[_/](\d{1,10})(?:[&/?#]|$)/.exec(path) ??
    /^schedule\/generic\w+\?type=([123])&id=(\d{1,10})(?:[&#]|$)/.exec(path);
  const kind = KINDS[Number(found?.[1]) - 1];
  if (kind !== undefined) return { entry: { kind, ask: { kind, id: found?.[2] ?? '' } } };
  const title = new URLSearchParams(/\?([^#]*)/.exec(path)?.[1] ?? '').get('scheduleTitle')?.trim() ?? '';
  if (title === '' || title.length > 100) return null;
  return KINDS.map((one) => ({ entry: { kind: one, ask: { [one]: title } } }));
}

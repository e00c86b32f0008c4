/** Addresses of the site's pages that name one timetable. Pure. */
import { pathUnder, type Recognised } from '#source';

/** The page of a group and its calendar: `/schedule/{uuid}`, `/lks-back/srv/v2/ics/{uuid}`. */
export function recognise(address: string): Recognised | null {
  const path = pathUnder(address.replace(/^webcals?:/i, 'https:'), 'https://lks.bmstu.ru') ?? '';
  const id = /^(?:schedule|lks-back\/srv\/v2\/ics)\/([0-9a-f-]{36})(?:[/?#.]|$)/i.exec(path)?.[1];
  return id === undefined ? null : { entry: { kind: 'group', ask: { id: id.toLowerCase() } } };
}

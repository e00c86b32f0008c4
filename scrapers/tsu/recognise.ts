/** Addresses of the site's pages that name one timetable. Pure. */
import { pathUnder, type Recognised } from '#source';

const KINDS = { group: 'group', professor: 'teacher', audience: 'room' } as const;

/** `/schedule/group/{uuid}` and `/schedule/group/{faculty}/{uuid}` of people's pages, `?id={uuid}` of the interface. */
export function recognise(address: string): Recognised | null {
  const path = pathUnder(address, 'https://intime.tsu.ru') ?? '';
  const found =
    /schedule\/(group|professor|audience)(?:\/(?:[0-9a-f-]{36}\/)?|\?(?:.*&)?id=)([0-9a-f-]{36})(?:[&/?#]|$)/i.exec(
      path,
    );
  const word = found?.[1]?.toLowerCase();
  if (word !== 'group' && word !== 'professor' && word !== 'audience') return null;
  return { entry: { kind: KINDS[word], ask: { id: (found?.[2] ?? '').toLowerCase() } } };
}

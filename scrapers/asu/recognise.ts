/** Addresses of the site's pages that name one timetable. Pure. */
import { pathUnder, type Recognised } from '#source';

const KINDS = { students: 'group', lecturers: 'teacher', rooms: 'room' } as const;

/** `/timetable/students/15/2129441347/`: as many numbers as name one timetable of the branch. */
export function recognise(address: string): Recognised | null {
  const path = pathUnder(address, 'https://www.asu.ru/timetable') ?? '';
  const found = /^(?:(students|rooms)\/(\d+\/\d+)|(lecturers)\/(\d+\/\d+\/\d+))\/?(?:[?#]|$)/.exec(path);
  const view = found?.[1] ?? found?.[3];
  const numbers = found?.[2] ?? found?.[4];
  if (numbers === undefined || (view !== 'students' && view !== 'rooms' && view !== 'lecturers')) return null;
  return { entry: { kind: KINDS[view], ask: { path: numbers } } };
}

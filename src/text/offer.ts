/** Timetables as buttons, in any language. */
import type { TimetableRef } from '../domain/view.ts';
import { short } from './format.ts';
import type { Button } from './message.ts';

/** A timetable's name on a button, with its university where it has one. */
export function label({ name, university }: TimetableRef): string {
  return short(university === '' ? name : `${name} · ${university}`, 40);
}

/** VK shows ten inline buttons in six rows: up to five names stand one a row, more of them two a row. */
export function column(refs: readonly TimetableRef[], say: (id: number) => string, rest = 0): Button[][] {
  const all = refs
    .slice(0, 10 - rest)
    .map((ref): Button => ({ label: label(ref), say: say(ref.id), color: 'primary' }));
  const width = all.length > 5 ? 2 : 1;
  return Array.from({ length: Math.ceil(all.length / width) }, (_, row) => all.slice(row * width, row * width + width));
}

/** The longest name that a button can carry, and that is still found whole. */
const NAMED = 60;

/** What «Принять» says: with the name, for one person may have two calendars held at once; bare where the name fits no button. */
export function acceptWords(title: string): string {
  return title.length <= NAMED && /^[^\n]*\p{L}[^\n]*$/u.test(title) ? `принять ${title}` : 'принять';
}

/** Timetables as buttons, in any language. */
import type { ListedKind } from '../domain/listed.ts';
import type { Offered, OfferId } from '../domain/view.ts';
import { short } from './format.ts';
import type { Button, Message } from './message.ts';

/** A timetable's name on a button, with its university where it has one. */
export function label({ name, university }: Pick<Offered, 'name' | 'university'>): string {
  return short(university === '' ? name : `${name} · ${university}`, 40);
}

/** VK shows ten inline buttons in six rows: up to five names stand one a row, more of them two a row. */
export function column<Id extends OfferId>(
  refs: readonly (Offered & { readonly id: Id })[],
  say: (id: Id) => string,
  rest = 0,
): Button[][] {
  const all = refs
    .slice(0, 10 - rest)
    .map((ref): Button => ({ label: label(ref), say: say(ref.id), color: 'primary' }));
  const width = all.length > 5 ? 2 : 1;
  return Array.from({ length: Math.ceil(all.length / width) }, (_, row) => all.slice(row * width, row * width + width));
}

/** What all of these are; null when they differ. */
export function sortOf(refs: readonly Offered[]): ListedKind | null {
  const [one, ...more] = new Set(refs.map(({ category = 'group' }) => category));
  return one === undefined || more.length > 0 ? null : one;
}

/** Why a timetable could not be read, as the source said it. */
export type UnreadFacts = { readonly kind: string; readonly detail: string; readonly suggestions: readonly string[] };

/** A refusal with the names the source offers instead, as buttons that say them. */
export function unreadMessage(text: string, suggestions: readonly string[], perhaps: string): Message {
  const named = suggestions.filter((name) => name.length <= 40).slice(0, 5);
  if (named.length === 0) return { text };
  return {
    text: `${text} ${perhaps}`,
    buttons: named.map((name) => [{ label: short(name, 40), say: `${name} ближайшее` }]),
  };
}

/** The longest name that a button can carry, and that is still found whole. */
const NAMED = 60;

/** What «Принять» says: with the name, for one person may have two calendars held at once; bare where the name fits no button. */
export function acceptWords(title: string): string {
  return title.length <= NAMED && /^[^\n]*\p{L}[^\n]*$/u.test(title) ? `принять ${title}` : 'принять';
}

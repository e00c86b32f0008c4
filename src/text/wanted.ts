/** Sites of known engines that people brought and that are no universities of ours yet, as operators read of them in any language. */
import type { Instant } from '../domain/calendar.ts';
import type { Tried, Wanted } from '../domain/wanted.ts';
import { clean, fit, short } from './format.ts';
import type { Button, Message } from './message.ts';

/** Each comes with the JSON that is to be added. */
export const WANTED_SHOWN = 5;
export const WANTED_SAY = 'источники новые';

export type WantedWords = {
  /** On the first screen: how many sites. */
  head(count: number): string;
  readonly label: string;
  readonly none: string;
  /** What to do with what follows. */
  readonly how: string;
  site(site: string, people: number, last: string): string;
  /** What is read there already for those who asked; by which zones, as IANA names them. */
  tried(timetables: number, zones: string): string;
};

type Words = {
  readonly wanted: WantedWords;
  readonly labels: Readonly<Record<'back' | 'next', string>>;
  more(count: number): string;
};

export function wantedText(
  { shown, page, rest }: { readonly shown: readonly (Wanted & Tried)[]; readonly page: number; readonly rest: number },
  momentOf: (instant: Instant) => string,
  { wanted, labels, more }: Words,
): Message {
  const blocks = shown.map(
    (one) =>
      `${wanted.site(short(one.site, 100), one.people, momentOf(one.lastAt))}\n${triedText(one, wanted)}${fileOf(one)}`,
  );
  const text = [
    ...(shown.length === 0 ? [wanted.none] : [wanted.how, ...blocks]),
    ...(rest > 0 ? [more(rest)] : []),
  ].join('\n\n');
  const back: Button = {
    label: labels.back,
    say: page > 2 ? `${WANTED_SAY} ${page - 1}` : page === 2 ? WANTED_SAY : 'источники',
    edit: true,
  };
  const next: Button[] = rest > 0 ? [{ label: labels.next, say: `${WANTED_SAY} ${page + 1}`, edit: true }] : [];
  return { text: fit(text), buttons: [[back, ...next]] };
}

/** A line where people have timetables of it already: it answers as its engine does, and they have said by which clocks. */
function triedText({ timetables, zones }: Tried, words: WantedWords): string {
  return timetables === 0 ? '' : `${words.tried(timetables, short(zones.join(', '), 80))}\n`;
}

/** The file to add, in three lines: who, where, and what differs from site to site. */
function fileOf({ source, draft }: Wanted): string {
  const fields: Readonly<Record<string, unknown>> = JSON.parse(draft);
  const written = Object.entries(fields).map(([key, value]) => `${literal(key)}: ${literal(value)}`);
  const lines = [written.slice(0, 3), written.slice(3, 5), written.slice(5)].filter((line) => line.length > 0);
  const id = typeof fields.id === 'string' ? clean(fields.id) : 'site';
  return `scrapers/${source}/universities/${id}.json\n{${lines.map((line) => line.join(', ')).join(',\n ')}}`;
}

/** JSON to be copied: whatever could mention or mislead in its strings is written as JSON writes any character, by number. */
function literal(value: unknown): string {
  const byNumber = (sign: string): string => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return JSON.stringify(value).replace(/"(?:[^"\\]|\\.)*"/g, (text) => text.replace(/[^ -~]|[[@*]/g, byNumber));
}

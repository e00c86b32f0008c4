/** What was brought, an address or a file, as facts for words; and the groups of a table as buttons, in any language. */
import type { Term, Zone } from '../domain/calendar.ts';
import type { Language } from '../domain/peer.ts';
import type { PageChoice } from '../domain/view.ts';
import { clean, short } from './format.ts';
import type { Button } from './message.ts';
import { label, type UnreadFacts } from './offer.ts';
import { placeOfZone, ZONES } from './places.ts';

export type BroughtFacts = {
  readonly count: number;
  /** Folder of the source that read it: `ics`, `table`. */
  readonly source: string;
  /** The name of a file, null for an address. */
  readonly file: string | null;
  /** How many things changed when a newer file replaced an older one. */
  readonly changes: number | null;
  /** What dates the weekly lessons of a table. */
  readonly weeks: Term | null;
  /** A site of an engine that is no university of ours; null for all else. */
  readonly site: string | null;
};

/** VK shows ten inline buttons. */
const MOST_BUTTONS = 10;
/** A label holds 40 characters; a name that does not fit is typed. */
const LONGEST_NAME = 40;
/** So many names are read, more are searched in the file itself. */
const MOST_NAMED = 50;

/** The first columns of `scrapers/table/template.csv` and a row of them. */
export const TEMPLATE = [
  'группа;день;недели;пара;начало;конец;предмет;вид;преподаватель;аудитория',
  'ПИ-21;пн;;1;08:00;09:35;Математический анализ;лекция;Иванов И. И.;404Л',
  'ПИ-21;вт;нечёт;3;11:30;13:05;Базы данных;лаб;Сидоров П. К.;312М',
];

/** A button for each group where there are few; two a row where they would be too many. */
export function groupButtons(groups: readonly string[]): Button[][] {
  const fit = groups.filter((name) => clean(name).length <= LONGEST_NAME);
  if (groups.length > MOST_BUTTONS) return [];
  const all = fit.map((name): Button => ({ label: clean(name), say: `взять ${name}`, color: 'primary' }));
  const width = all.length > 5 ? 2 : 1;
  return Array.from({ length: Math.ceil(all.length / width) }, (_, row) => all.slice(row * width, row * width + width));
}

/** The names in one line; «…» where there are more than people read. */
export function groupNames(groups: readonly string[]): string {
  const named = groups.slice(0, MOST_NAMED).map((name) => short(name, LONGEST_NAME));
  return `${named.join(', ')}${groups.length >= MOST_NAMED ? '…' : ''}`;
}

/** Whose clocks a site shows, as buttons: the likeliest first. */
export function zoneButtons(likely: Zone, language: Language): Button[][] {
  const zones = [...new Set([likely, ...ZONES])].slice(0, MOST_BUTTONS);
  return inRows(
    zones.map((zone) => ({ label: placeOfZone(zone, language), say: `время вуза: ${placeOfZone(zone, 'ru')}` })),
  );
}

/** A payload holds 255 bytes; a longer address is left to copying. */
const ADDRESS_LIMIT = 200;

/** What was found on the page that was pasted, as buttons: named as the page names it. `create` where nothing was. */
export function pageButtons({ kind, detail, suggestions }: UnreadFacts, create: Button): Button[][] {
  const links = suggestions.flatMap((one): Button[] => {
    const [url = '', ...words] = one.split(' ');
    return fileButton(url, words.length > 0 ? words.join(' ') : `…${url.slice(-32)}`);
  });
  if (links.length === 0) return kind === 'changed' && detail === 'html' ? [[create]] : [];
  return inRows(links);
}

/** What the page that was pasted offers: entries of catalogues, calendars and tables. */
export function choiceButtons(choices: readonly PageChoice[]): Button[][] {
  return inRows(
    choices.flatMap((choice): Button[] =>
      'url' in choice
        ? fileButton(choice.url, choice.name)
        : [{ label: label(choice), say: `выбрать ${choice.id}`, color: 'primary' }],
    ),
  );
}

function fileButton(url: string, name: string): Button[] {
  const fits = Buffer.byteLength(url) <= ADDRESS_LIMIT && /^(?:https?|webcals?):/i.test(url);
  return fits ? [{ label: short(`📅 ${name}`, 40), say: url }] : [];
}

/** One a row; two where they would be too many. */
function inRows(buttons: readonly Button[]): Button[][] {
  const width = buttons.length > 5 ? 2 : 1;
  return Array.from({ length: Math.ceil(buttons.length / width) }, (_, row) =>
    buttons.slice(row * width, row * width + width),
  );
}

/** «за 15 и 1 минуту», «за час», «за полчаса» -> minutes; a clock, a date or a strange sign is no lead time. Pure. */
import { whole } from './words.ts';

const UNITS: Readonly<Record<string, number>> = {
  одну: 1,
  один: 1,
  две: 2,
  два: 2,
  три: 3,
  четыре: 4,
  пять: 5,
  шесть: 6,
  семь: 7,
  восемь: 8,
  девять: 9,
};
const WORDS: Readonly<Record<string, number>> = {
  ...UNITS,
  десять: 10,
  пятнадцать: 15,
  двадцать: 20,
  тридцать: 30,
  сорок: 40,
  пятьдесят: 50,
  шестьдесят: 60,
};
/** What stands for a number of minutes as a whole; «пару» is two only before a unit: «о паре» is a lesson. */
const IDIOMS: readonly (readonly [RegExp, string])[] = [
  [whole('полчаса|пол-часа|полчасика', 'g'), '30 мин'],
  [whole('полтора\\s+часа', 'g'), '90 мин'],
  [whole('четверть\\s+часа', 'g'), '15 мин'],
  [/(?<![\p{L}\d])пар[уа]\s+(?=минут|часов|дней|суток)/gu, '2 '],
];
const HALVES = /(?<![\d.,])(\d{1,2})[.,]5\s*(?:час(?:а|ов)?|ч)(?!\p{L})/gu;
const TENS = new RegExp(`(двадцать|тридцать|сорок|пятьдесят) (${Object.keys(UNITS).join('|')})(?!\\p{L})`, 'gu');
const UNIT = /^(?:час(?:а|ов|ик)?|ч|минут(?:а|ы|у|ок)?|мин|м|сут(?:ки|ок)|день|дня|дней|hours?|h|minutes?|min)$/u;

/**
 * Values in the order said: «и» and commas part them, «1 ч 30 мин» is one. A number without a unit takes that of the next.
 * [] when nothing is said, null when anything but lead times is. The bounds are not checked. Expects folded text.
 */
export function minutesOf(text: string): number[] | null {
  const said = inDigits(text);
  if (said === '') return [];
  const parts = said.split(/\s*[,;+]\s*|\s(?:и|and)\s/).map(partOf);
  let unit = 1;
  const values: number[] = [];
  for (const part of parts.toReversed()) {
    if (part === null) return null;
    if (part.unit !== null) unit = part.unit;
    values.unshift(part.unit === null ? part.count * unit : part.count);
  }
  return [...new Set(values)];
}

function inDigits(text: string): string {
  const idioms = IDIOMS.reduce((said, [pattern, value]) => said.replace(pattern, value), text);
  return idioms
    .replace(HALVES, (_, hours) => `${Number(hours) * 60 + 30} мин`)
    .replace(TENS, (_, tens, units) => String((WORDS[tens] ?? 0) + (WORDS[units] ?? 0)))
    .replace(/(?<=^|\s)(\d+)(?=\p{L})/gu, '$1 ')
    .replace(/(?<=\p{L})\.(?=\s|,|$)/gu, '')
    .split(' ')
    .map((word) => word.replace(/^\p{L}+/u, (letters) => String(WORDS[letters] ?? letters)))
    .join(' ')
    .replace(/[\s,;]+$/, '')
    .trim();
}

/** One value: minutes when it names a unit (`unit` is its last one), a bare count when it does not; null when it is none. */
function partOf(part: string): { count: number; unit: number | null } | null {
  const words = part.replace(/^(?:за|на|in|by)\s+/, '').split(' ');
  const [only = ''] = words;
  if (words.length === 1 && isCount(only)) return { count: Number(only), unit: null };
  let [total, unit]: [number, number | null] = [0, null];
  for (let index = 0; index < words.length; ) {
    const [first = '', second = ''] = words.slice(index);
    // «час» alone is one hour, «час 30» an hour and a half: a number at the end counts minutes.
    const count = isCount(first) ? Number(first) : index === 0 ? 1 : null;
    const name = isCount(first) ? second : first;
    const minutes: number | null = UNIT.test(name) ? unitOf(name) : unit === 60 && name === '' ? 1 : null;
    if (count === null || minutes === null || (unit !== null && minutes >= unit)) return null;
    total += count * minutes;
    unit = minutes;
    index += isCount(first) ? 2 : 1;
  }
  return unit === null ? null : { count: total, unit };
}

function isCount(word: string): boolean {
  return /^\d{1,9}$/.test(word);
}

function unitOf(word: string): number {
  if (/^(ч|h)/.test(word)) return 60;
  return /^(м|min)/.test(word) ? 1 : 1440;
}

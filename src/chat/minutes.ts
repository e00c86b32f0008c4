/** «за 15 и 1 минуту», «за час», «за полчаса» -> minutes. Pure. */
import { whole } from './words.ts';

const WORDS: Readonly<Record<string, number>> = {
  одну: 1,
  один: 1,
  две: 2,
  два: 2,
  три: 3,
  четыре: 4,
  пять: 5,
  десять: 10,
  пятнадцать: 15,
  двадцать: 20,
  тридцать: 30,
  сорок: 40,
  шестьдесят: 60,
};
const HALF = whole('полчаса|пол-часа|полчасика', 'g');
const HOUR_AND_HALF = whole('полтора\\s+часа', 'g');
const PIECE = whole(
  '(?:(?<count>\\d{1,5})\\s*)?(?<unit>час(?:а|ов|ик)?|ч|минут\\p{L}?|мин|м|сут(?:ки|ок)|день|дня|дней|hours?|h|minutes?|min)|(?<bare>\\d{1,5})',
  'g',
);

/** Values in the order said: «и» and commas part them, «1 ч 30 мин» is one. A number without a unit takes that of the next. Expects folded text. */
export function minutesOf(text: string): number[] {
  const digits = text
    .replace(HOUR_AND_HALF, '90 мин')
    .replace(HALF, '30 мин')
    .split(' ')
    .map((word) => WORDS[word] ?? word)
    .join(' ');
  const parts = digits.split(/[,;+]|\sи\s|\sand\s/).map(valuesOf);
  let unit = 1;
  const values: number[] = [];
  for (const part of parts.toReversed()) {
    if (part === null) continue;
    if (part.unit !== null) unit = part.unit;
    values.unshift(part.unit === null ? part.count * unit : part.count);
  }
  return [...new Set(values)];
}

/** One value: minutes when it names a unit (`unit` is its last one), a bare count when it does not. */
function valuesOf(part: string): { count: number; unit: number | null } | null {
  let [total, bareCount, unit]: [number, number | null, number | null] = [0, null, null];
  for (const { groups } of part.matchAll(PIECE)) {
    if (groups?.unit !== undefined) {
      unit = unitOf(groups.unit);
      total += Number(groups.count ?? 1) * unit;
    } else if (groups?.bare !== undefined) {
      bareCount = Number(groups.bare);
    }
  }
  if (unit !== null) return { count: total, unit };
  return bareCount === null ? null : { count: bareCount, unit: null };
}

function unitOf(word: string): number {
  if (/^(ч|h)/.test(word)) return 60;
  return /^(м|min)/.test(word) ? 1 : 1440;
}

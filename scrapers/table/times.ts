/** Times of lessons as tables write them: ranges with a number beside, starts alone, fractions of a day. */
import { type Clock, clock, weekday } from '#source';

const RANGE = /(\d{1,2})[.:-](\d{2})\s{0,3}[-–—]\s{0,3}(\d{1,2})[.:-](\d{2})/g;
const ALONE = /(?<!\d)(\d{1,2})[.:-](\d{2})(?!\d)/;

/** 0.3333 (0.5), which is how a spreadsheet keeps 8:00 (noon) in a cell that is not formatted as a time -> «8:00»; other text as it is. */
export function withoutFraction(text: string): string {
  if (!/^0[.,]\d+$/.test(text)) return text;
  const minutes = Math.round(Number(text.replace(',', '.')) * 1440);
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`;
}

/**
 * The first range of a text such as «1 пара 09.25-10.45», or a start and so many minutes after it; null when there is none.
 * `also` is another range of the same cell: lessons of one row that keep two times.
 */
export function timesIn(
  cell: string,
  minutes: number | null,
): { readonly start: Clock; readonly end: Clock; readonly also: string } | null {
  const text = withoutFraction(cell.slice(0, 100));
  const [range, other] = [...text.matchAll(RANGE)].map((found) => ({
    start: clock(`${found[1]}:${found[2]}`),
    end: clock(`${found[3]}:${found[4]}`),
  }));
  if (range?.start && range.end && range.end > range.start)
    return { start: range.start, end: range.end, also: other?.start && other.end ? `${other.start}–${other.end}` : '' };
  const alone = ALONE.exec(text);
  const start = alone === null || minutes === null ? null : clock(`${alone[1]}:${alone[2]}`);
  return start === null || minutes === null ? null : { start, end: later(start, minutes), also: '' };
}

function later(start: Clock, minutes: number): Clock {
  const [hour = 0, minute = 0] = start.split(':').map(Number);
  const end = Math.min(hour * 60 + minute + minutes, 24 * 60 - 1);
  return `${String(Math.floor(end / 60)).padStart(2, '0')}:${String(end % 60).padStart(2, '0')}`;
}

const ROMAN = ['', 'I', 'II', 'III', 'IV', 'V', 'VI', 'VII', 'VIII', 'IX', 'X'] as const;

/** «Понедельник 19.05.2025», «понедельник  », «ПН». */
export function weekdayIn(text: string): ReturnType<typeof weekday> {
  return weekday(/^\p{L}+/u.exec(text.trim())?.[0] ?? '');
}

/** The number of a lesson: «3», «3 пара 12.35-13.55», «III 12:50»; '' when there is none. */
export function numberIn(cell: string): string {
  const text = cell.slice(0, 100).trim();
  const arabic = /^(\d{1,2})(?:\s{0,3}-?я?\s{0,3}(?:пара|урок)|$)/i.exec(text)?.[1];
  if (arabic !== undefined) return arabic;
  const roman = ROMAN.findIndex((one) => one !== '' && one === /^([IVX]{1,4})(?:\s|$)/.exec(text)?.[1]);
  return roman > 0 ? String(roman) : '';
}

/** One row of a table to one lesson, or to the reason why it is none. */
import { clean, clock, clockRange, type Day, type RawLesson, weekday, weeks } from '#source';
import { type Column, plain } from './columns.ts';
import { withoutFraction } from './times.ts';

/** A reason beside a lesson tells what of the row was not understood. */
export type RowReading = { readonly lesson?: RawLesson; readonly reason?: string };

type When = Pick<RawLesson, 'day' | 'weekday' | 'weeks'>;

/** `cell` gives the text of a column, '' when empty. The cells are checked here, where the row's number is known. */
export function lessonOf(cell: (column: Column) => string): RowReading {
  const when = whenOf(cell);
  if (typeof when === 'string') return { reason: when };
  const [start, end] = [withoutFraction(cell('start')), withoutFraction(cell('end'))];
  const ends = end === '' ? clockRange(start) : { start: clock(start), end: clock(end) };
  if (ends === null || ends.start === null || ends.end === null)
    return { reason: `no time in ${quoted(`${start} ${end}`)}` };
  if (ends.end <= ends.start) return { reason: 'ends before it starts' };
  const subject = cell('subject');
  if (subject === '' && cell('kind') === '') return { reason: 'no subject' };
  const cancelled = CANCELLED.get(plain(cell('cancelled')) || cell('cancelled'));
  const changed = changeIn(cell('changed'));
  const note = [cell('note'), changed.told].filter((text) => text !== '').join('\n');
  const teachers = cell('teacher')
    .split(/[,;\n]/)
    .map((name) => name.trim())
    .filter((name) => name !== '');
  const lesson: RawLesson = {
    ...when,
    start: ends.start,
    end: ends.end,
    ...filled('number', cell('number').replace(/\s*(?:-?я\s+)?пара$/i, '')),
    subject,
    ...filled('kind', cell('kind')),
    ...(teachers.length === 0 ? {} : { teachers }),
    ...filled('room', cell('room')),
    ...filled('link', cell('link')),
    ...filled('subgroup', cell('subgroup')),
    ...filled('note', note),
    ...(cancelled === true ? { cancelled } : {}),
    ...(changed.marked ? { changed: true } : {}),
  };
  if (cancelled !== undefined) return { lesson };
  return { lesson, reason: `read as taking place: neither yes nor no in ${quoted(cell('cancelled'))}` };
}

/** The date when there is one, whatever weekday stands beside it; else the weekday and its weeks. */
function whenOf(cell: (column: Column) => string): When | string {
  const text = `${cell('date')} ${cell('day')}`.trim();
  const day = dayIn(text);
  if (day !== null) return { day };
  // «Пн, Ср» or half a date would pass for its first word.
  if (!/^(?:\p{L}+\.?|[1-7])$/u.test(text) || weekday(text) === null) return `no day in ${quoted(text)}`;
  const every = cell('weeks');
  if (weeks(every) === null) return `no weeks in ${quoted(every)}`;
  return { weekday: text, ...filled('weeks', every) };
}

const DATE = /(?<!\d)(?:(\d{4})-(\d{2})-(\d{2})|(\d{1,2})\.(\d{1,2})\.(\d{4}|\d{2}))(?!\d)/g;

/** The only date in a text: `2026-09-14`, «14.09.2026», «14.09.26», be it beside a weekday; null when there is none or are two. */
export function dayIn(text: string): Day | null {
  const [found, ...more] = text.matchAll(DATE);
  if (found === undefined || more.length > 0) return null;
  const [, y = '', m = '', d = '', day = '', month = '', year = ''] = found;
  const iso =
    y === '' ? `${year.padStart(4, '20')}-${month.padStart(2, '0')}-${day.padStart(2, '0')}` : `${y}-${m}-${d}`;
  const at = new Date(`${iso}T00:00:00Z`);
  return Number.isNaN(at.getTime()) || at.toISOString().slice(0, 10) !== iso ? null : iso;
}

const CANCELLED: ReadonlyMap<string, boolean> = new Map([
  ...['да', '1', 'x', 'х', 'отмена', 'отменено', 'отменена', 'отменен', 'true', 'yes', '+', '✓', '✔'].map(
    (word) => [word, true] as const,
  ),
  ...['', 'нет', '0', 'false', 'no'].map((word) => [word, false] as const),
]);

/** Whether the row is marked as changed; words that say how stay, for the note. */
function changeIn(text: string): { readonly marked: boolean; readonly told: string } {
  const word = plain(text) || text;
  if (CANCELLED.get(word) === false) return { marked: false, told: '' };
  const plainly = CANCELLED.get(word) === true || /^(?:замена|перенос|изменение|изменено)$/.test(word);
  return { marked: true, told: plainly ? '' : text };
}

function filled<Field extends keyof RawLesson>(field: Field, text: string): Partial<Record<Field, string>> {
  return text === '' ? {} : ({ [field]: text } as Record<Field, string>);
}

function quoted(text: string): string {
  return `«${clean(text, 40)}»`;
}

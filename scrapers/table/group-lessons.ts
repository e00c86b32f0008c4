/** Grids to the lessons of one group: days, times and weeks of its pairs. */
import {
  type Ask,
  addDays,
  type Clock,
  clock,
  type Parsed,
  type RawLesson,
  SourceError,
  type Span,
  type Term,
} from '#source';
import type { CellLesson } from './cell.ts';
import type { Grid } from './grid.ts';
import { chooseGroup, foldGroup } from './groups.ts';
import type { Layout } from './layout.ts';
import { dayIn } from './lesson.ts';
import { pairAt } from './pair.ts';
import type { Sheet } from './sheet.ts';
import { askedTerm, saidTerm, titledTerm, todayOf, usualTerm } from './term.ts';
import { numberIn, timesIn, weekdayIn } from './times.ts';
import { type Weeks, weeksOf, weeksText } from './weeks.ts';

/**
 * The lessons of `ask.group`, or of the only one. Dated lessons outside the span are left out; weekly ones are dated by
 * `ask.start` and `ask.end`, a row «Семестр», the title, or the usual semester around today.
 * @throws SourceError unknown-param/group with the groups there are; unknown-param/bells where the sheet has no times
 */
export function readGrids(grids: readonly Grid[], ask: Ask, span: Span): Parsed {
  const [first] = grids;
  if (first === undefined) throw new Error('no grid to read');
  const bells = bellsIn(ask.bells ?? '');
  // Said before the group is asked: no choice of one would help.
  if (first.layout.time === null && bells.size === 0)
    throw new SourceError('unknown-param', 'bells', 'the sheet does not say when its pairs begin');
  const all = grids.flatMap(({ groups }) => groups.map(({ name }) => name));
  const name = chooseGroup(all, ask.group ?? '');
  // Each sheet, and each block of a sheet, may have a title of its own.
  const own = grids.find(({ groups }) => groups.some((one) => foldGroup(one.name) === foldGroup(name))) ?? first;
  const titles = own.sheet.rows.slice(0, own.firstDay);
  const said = saidTerm(titles);
  const term = shortened(
    askedTerm(ask) ??
      (typeof said === 'string' ? null : said) ??
      titledTerm(titles, todayOf(span)) ??
      usualTerm(todayOf(span)),
    first.layout.weeks,
  );
  const lessons: RawLesson[] = [];
  const skipped: string[] = typeof said === 'string' ? [said] : [];
  for (const grid of grids)
    for (const { name: one, column } of grid.groups)
      if (foldGroup(one) === foldGroup(name)) collect(grid, column, { term, bells }, lessons, skipped);
  const within = lessons.filter(({ day }) => day === undefined || (day >= span.from && day < span.to));
  const dated = lessons.flatMap(({ day }) => day ?? []).sort();
  return { name, ...extentOf(term, dated, lessons.length, span), lessons: within, skipped };
}

/** A grid of dated days speaks for these days only; one of weekdays for its semester. */
function extentOf(term: Term, dated: readonly string[], count: number, span: Span): Pick<Parsed, 'term' | 'covers'> {
  const [first, last] = [dated[0], dated.at(-1)];
  if (first !== undefined && last !== undefined && dated.length === count)
    return { covers: { from: first, to: addDays(last, 1) } };
  const to = addDays(term.end, 1);
  return { term, ...(to < span.to ? { covers: { from: term.start, to } } : {}) };
}

/** The semester up to the last week that the sheet counts. */
function shortened(term: Term, weeks: number | null): Term {
  if (weeks === null) return term;
  const last = addDays(term.week1, weeks * 7 - 1);
  return last < term.end ? { ...term, end: last } : term;
}

/** «8:30-10:00, 10:10-11:40» -> the times of the first, the second pair …; empty for anything else. */
function bellsIn(text: string): ReadonlyMap<string, { start: Clock; end: Clock }> {
  const times = text.split(/[,;\n]/).map((one) => timesIn(one, null));
  return new Map(
    times.flatMap((one, at) => (one === null ? [] : [[String(at + 1), { start: one.start, end: one.end }] as const])),
  );
}

/** «Вторник 1 пара 09.25-10.45» is about the longest. */
const LABEL = 30;

type Known = { readonly term: Term; readonly bells: ReadonlyMap<string, { start: Clock; end: Clock }> };

function collect(grid: Grid, column: number, known: Known, lessons: RawLesson[], skipped: string[]): void {
  const { sheet, layout, firstDay } = grid;
  const all = weeksOf(known.term);
  const merged = new Map<string, { lesson: RawLesson; weeks: Set<number> }>();
  let day = '';
  for (let top = firstDay; top < sheet.rows.length; top += 1) {
    const printed = sheet.rows[top]?.[layout.day] ?? '';
    if (weekdayIn(printed) !== null) day = printed;
    const anchor = sheet.rows[top]?.[layout.anchor] ?? '';
    if (anchor === '' || sheet.rect(top, layout.anchor).top !== top) continue;
    const found = pairAt(grid, top, column, all);
    if (found.length === 0) continue;
    const times = timesAt(sheet, layout, top, known);
    if (times === null) {
      // Signatures and notes below the table stand in the same column: the label of a pair is short.
      if (/\d/.test(anchor) && anchor.length <= LABEL)
        skipped.push(`row ${sheet.numbers[top]}: no time in «${anchor.slice(0, 40)}»`);
      continue;
    }
    for (const one of found) {
      const { weeks, ...rest } = one;
      const lesson = { ...when(day), ...times.at, ...fieldsOf(rest, times.also) };
      const key = JSON.stringify(lesson);
      const same = merged.get(key) ?? { lesson, weeks: new Set() };
      for (const week of weeks) same.weeks.add(week);
      merged.set(key, same);
    }
  }
  for (const { lesson, weeks } of merged.values()) {
    const own: Weeks = [...weeks].sort((a, b) => a - b);
    if (lesson.day !== undefined) lessons.push(lesson);
    else if (own.length === 0) skipped.push(`«${lesson.subject.slice(0, 60)}»: no such weeks in the semester`);
    else lessons.push({ ...lesson, ...given('weeks', weeksText(own, all)) });
  }
}

function when(day: string): Pick<RawLesson, 'day' | 'weekday'> {
  const date = dayIn(day);
  return date === null ? { weekday: /^\p{L}+/u.exec(day.trim())?.[0] ?? '' } : { day: date };
}

function timesAt(sheet: Sheet, layout: Layout, top: number, { bells }: Known) {
  const text = (column: number) => sheet.rows[top]?.[column] ?? '';
  const number = numberIn(text(layout.number));
  if (layout.time === null) {
    const bell = bells.get(number);
    return bell === undefined ? null : { at: { number, ...bell }, also: '' };
  }
  const { start, end, minutes } = layout.time;
  const times =
    end === null ? timesIn(text(start), minutes) : { start: clock(text(start)), end: clock(text(end)), also: '' };
  if (times === null || times.start === null || times.end === null) return null;
  return { at: { ...given('number', number), start: times.start, end: times.end }, also: times.also };
}

function fieldsOf(one: Omit<CellLesson, 'weeks'>, also: string): Omit<RawLesson, 'day' | 'weekday' | 'start' | 'end'> {
  const note = [one.note, also === '' ? '' : `или ${also}`].filter((part) => part !== '').join('; ');
  return {
    subject: one.subject,
    ...given('kind', one.kind),
    ...(one.teachers.length === 0 ? {} : { teachers: one.teachers }),
    ...given('room', one.room),
    ...given('link', one.link),
    ...given('subgroup', one.subgroup),
    ...given('note', note),
  };
}

function given<Field extends keyof RawLesson>(field: Field, text: string): Partial<Record<Field, string>> {
  return text === '' ? {} : ({ [field]: text } as Record<Field, string>);
}

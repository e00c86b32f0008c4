/** Reads the weekly grid and the session's grid of a group. */
import {
  type Day,
  type Fields,
  fieldsOf,
  isFields,
  type Page,
  type Parsed,
  type RawLesson,
  rowsOf,
  SourceError,
  type Term,
  textOf,
  weekday,
} from '#source';
import { bell } from './bells.ts';
import { said } from './lesson.ts';
import { refusalOf, siteJson } from './site-json.ts';
import { termOf, weeksBetween, weeksText } from './weeks.ts';

type Cell = { readonly on: string; readonly pair: string; readonly cell: Fields };
type Weekly = Cell & { readonly from: Day; readonly to: Day };

type Grid = { readonly cells: readonly Cell[]; readonly evening: boolean };

/** The first page is the term, the second the session; a group may have only one of them. @throws SourceError */
export function readGrids([weekly, session]: readonly Page[], group: string): Parsed {
  const [term, exams] = [gridOf(siteJson(weekly)), sessionOf(session)];
  if (term instanceof SourceError && exams.cells.length === 0) throw term;
  const studies = term instanceof SourceError ? NOTHING : term;
  const cells = [...studies.cells, ...exams.cells];
  if (cells.length === 0) throw new SourceError('not-published', 'empty', 'both grids are empty');
  return { name: group, ...lessonsOf(cells, studies.evening || exams.evening) };
}

function lessonsOf(cells: readonly Cell[], evening: boolean): Pick<Parsed, 'term' | 'lessons' | 'skipped'> {
  const dated = cells.filter(({ on }) => isDay(on));
  const skipped: string[] = [];
  const weeklies: Weekly[] = [];
  for (const one of cells.filter(({ on }) => !isDay(on))) {
    const [from, to] = [textOf(one.cell.df), textOf(one.cell.dt)];
    if (isDay(from) && isDay(to) && from <= to) weeklies.push({ ...one, from, to });
    else skipped.push(`«${textOf(one.cell.sbj)}»: no dates in «${from} ${to}»`);
  }
  if (dated.length + weeklies.length === 0) throw new SourceError('changed', 'dates', 'no lesson has dates');
  const term = termOf(weeklies);
  const lessons = [
    ...(term === undefined ? [] : weeklies.flatMap((one) => weeklyLesson(one, term, evening))),
    ...unique(dated).flatMap(({ on, pair, cell }) => timed({ day: on }, pair, cell, evening)),
  ];
  return { ...(term === undefined ? {} : { term }), lessons, skipped };
}

const NOTHING: Grid = { cells: [], evening: false };

/** A grid, or why there is none; thrown is only what is no answer of this site. */
function gridOf(json: unknown): Grid | SourceError {
  const answer = fieldsOf(json, 'answer');
  if (answer.status === 'error') return refusalOf(textOf(answer.message));
  return { cells: cellsOf(answer.grid), evening: isFields(answer.group) && Number(answer.group.evening) === 1 };
}

/** Only its dated days: asked for a session that is none, the site may answer the weekly grid again. */
function sessionOf(page: Page | undefined): Grid {
  if (page === undefined || page.status === 404) return NOTHING;
  const grid = gridOf(siteJson(page));
  return grid instanceof SourceError ? NOTHING : { ...grid, cells: grid.cells.filter(({ on }) => isDay(on)) };
}

/** `grid[day][pair]` is a list; an empty grid comes as a list too, as PHP writes it. */
function cellsOf(grid: unknown): readonly Cell[] {
  return entriesOf(grid, 'grid').flatMap(([on, pairs]) =>
    entriesOf(pairs, 'day').flatMap(([pair, cells]) => rowsOf(cells, 'pair').map((cell) => ({ on, pair, cell }))),
  );
}

function entriesOf(value: unknown, what: string): readonly (readonly [string, unknown])[] {
  if (Array.isArray(value) && value.length === 0) return [];
  return Object.entries(fieldsOf(value, what));
}

/** Both pages may hold the same dated day. */
function unique(cells: readonly Cell[]): readonly Cell[] {
  return [...new Map(cells.map((one) => [JSON.stringify([one.on, one.pair, one.cell]), one])).values()];
}

function weeklyLesson({ on, pair, cell, from, to }: Weekly, term: Term, evening: boolean): readonly RawLesson[] {
  const day = weekday(on);
  if (day === null) return timed({ weekday: on }, pair, cell, evening);
  const weeks = weeksBetween(term, day, from, to);
  // Its dates miss its own weekday: there is no such lesson.
  if (weeks.length === 0) return [];
  const all = weeksBetween(term, day, term.start, term.end);
  return timed({ weekday: on, weeks: weeksText(weeks, all) }, pair, cell, evening);
}

type When = { readonly day: string } | { readonly weekday: string; readonly weeks?: string };

function timed(when: When, pair: string, cell: Fields, evening: boolean): readonly RawLesson[] {
  const times = bell(pair, evening);
  // Without times it is left to be dropped and explained with the other bad rows.
  return [{ ...when, ...(times === undefined ? {} : { start: times[0], end: times[1] }), number: pair, ...said(cell) }];
}

function isDay(text: string): boolean {
  return /^\d{4}-\d\d-\d\d$/.test(text);
}

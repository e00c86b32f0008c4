/** Rows of cells, wherever they came from, to the lessons of one group: the header, the semester, the group asked for. */
import { addDays, mondayOf, type Parsed, type RawLesson, SourceError, type Span, type Term } from '#source';
import { type Column, findHeader, missing, plain, type Row } from './columns.ts';
import { dayIn, lessonOf } from './lesson.ts';

/** Groups named to a person whose own was not found. */
const MAX_SUGGESTED = 50;

/** One row below the header: its number as a spreadsheet shows it, and its cells by name; '' where there is none. */
type Line = { readonly number: number; cell(column: Column): string };

/**
 * Reads the rows. `group` is '' when none was asked for: then the table must be of one group. Dated lessons outside the span
 * are left out.
 * @throws SourceError changed/not-a-table, naming the columns that are missing; unknown-param/group with the groups there are
 */
export function readSheet(rows: readonly Row[], group: string, span: Span): Parsed {
  const header = findHeader(rows);
  const lacking = missing(header?.columns ?? new Map());
  if (header === null || lacking.length > 0)
    throw new SourceError('changed', 'not-a-table', `no header row with these columns: ${lacking.join(', ')}`);
  const { at, columns } = header;
  const all = rows.slice(at + 1).map((row, index) => lineOf(row, at + index + 2, columns));
  const filled = all.filter((line) => CONTENT.some((column) => line.cell(column) !== ''));
  const grouped = columns.has('group');
  const nameless = grouped ? filled.filter((line) => line.cell('group') === '') : [];
  const { name, lines } = choose(filled, group, grouped);

  const skipped = nameless.map(({ number }) => `row ${number}: no group`);
  const lessons: RawLesson[] = [];
  for (const { number, cell } of lines) {
    const { lesson, reason } = lessonOf(cell);
    if (reason !== undefined) skipped.push(`row ${number}: ${reason}`);
    if (lesson !== undefined && (lesson.day === undefined || (lesson.day >= span.from && lesson.day < span.to)))
      lessons.push(lesson);
  }
  const said = termOf(rows.slice(0, at), lines);
  const term = typeof said === 'string' ? null : said;
  if (typeof said === 'string') skipped.push(said);
  else if (term === null && lessons.some((lesson) => lesson.weekday !== undefined))
    skipped.push('no semester: the weekly rows have no dates');
  return {
    ...(name === '' ? {} : { name }),
    ...(term === null ? {} : { term, ...coverage(term, lessons, span) }),
    lessons,
    skipped,
  };
}

/**
 * A table knows its semester only: lessons of the next one, when they come, are nobody's change. Where it has dated rows
 * outside the semester (exams after it), it speaks for all days, or an exam that was taken out would stay for ever.
 */
function coverage(term: Term, lessons: readonly RawLesson[], span: Span): Pick<Parsed, 'covers'> {
  const to = addDays(term.end, 1);
  const within = lessons.every(({ day }) => day === undefined || (day >= term.start && day < to));
  return within && to < span.to ? { covers: { from: term.start, to } } : {};
}

/** A row with none of these is blank or a slot of the grid that nobody filled. */
const CONTENT: readonly Column[] = ['subject', 'kind', 'teacher', 'room', 'link', 'note'];

/** Dashes are how people write «nothing here». */
function lineOf(row: Row, number: number, columns: ReadonlyMap<Column, number>): Line {
  return {
    number,
    cell(column) {
      const index = columns.get(column);
      const text = index === undefined ? '' : (row[index] ?? '').trim();
      return /^[-–—]+$/.test(text) ? '' : text;
    },
  };
}

/** The rows of the group asked for, or of the only one. A row may name several groups: a lecture for the stream. */
function choose(lines: readonly Line[], asked: string, grouped: boolean): { name: string; lines: readonly Line[] } {
  const names = new Map<string, string>();
  for (const line of lines) for (const name of groupsIn(line)) if (!names.has(fold(name))) names.set(fold(name), name);
  const wanted = asked.trim() === '' ? [...names.keys()] : [fold(asked)];
  const [key = ''] = wanted;
  if (wanted.length > 1 || (asked.trim() !== '' && !names.has(key)))
    throw new SourceError(
      'unknown-param',
      'group',
      wanted.length > 1 ? 'the table has several groups and none was asked for' : 'the table has no such group',
      [...names.values()].slice(0, MAX_SUGGESTED),
    );
  if (!grouped) return { name: '', lines };
  return {
    name: names.get(key) ?? '',
    lines: lines.filter((line) => groupsIn(line).some((name) => fold(name) === key)),
  };
}

function groupsIn(line: Line): readonly string[] {
  return line
    .cell('group')
    .split(/[,;+\n]/)
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

/** Latin letters that look like Russian ones get into names of groups unseen. */
const LOOK_ALIKES = ['abcehkmoptxy', 'авсенкмортху'] as const;

function fold(name: string): string {
  const [latin, russian] = LOOK_ALIKES;
  return plain(name).replace(/[abcehkmoptxy]/g, (letter) => russian[latin.indexOf(letter)] ?? letter);
}

/** The semester by the lines above the header, else by its columns; null when the table says none, words when it says nonsense. */
function termOf(above: readonly Row[], lines: readonly Line[]): Term | null | string {
  const said = above.find((row) => plain(row.find((cell) => cell !== '') ?? '').startsWith('семестр'));
  const dates = said
    ?.flatMap((cell) => cell.split(/[\s–—]+/))
    .map(dayIn)
    .filter((day) => day !== null);
  const dated = lines.find((line) => line.cell('termStart') !== '' && line.cell('termEnd') !== '');
  if (said === undefined && dated === undefined) return null;
  const [start, end] = dates ?? [dayIn(dated?.cell('termStart') ?? ''), dayIn(dated?.cell('termEnd') ?? '')];
  if (!start || !end || end < start) return 'the semester has no two dates in order';
  return { start, end, week1: mondayOf(start) };
}

/** One row is one lesson: rows of cells, wherever they came from, to the lessons of one group. */
import { type Ask, addDays, type Parsed, type RawLesson, SourceError, type Span, type Term } from '#source';
import { type Column, findHeader, missing, type Row } from './columns.ts';
import { chooseGroup, foldGroup } from './groups.ts';
import { lessonOf } from './lesson.ts';
import type { Sheet } from './sheet.ts';
import { askedTerm, saidTerm, termBetween, todayOf, usualTerm } from './term.ts';

/** One row below the header: its number as a spreadsheet shows it, and its cells by name; '' where there is none. */
type Line = { readonly number: number; cell(column: Column): string };

/** Whether the sheet names the columns of the template, all that are needed. */
export function isFlat({ rows }: Sheet): boolean {
  const header = findHeader(rows);
  return header !== null && missing(header.columns).length === 0;
}

/**
 * Reads the rows. Without `ask.group` the table must be of one group. Dated lessons outside the span are left out.
 * @throws SourceError changed/not-a-table, naming the columns that are missing; unknown-param/group with the groups there are
 */
export function readFlat({ rows, numbers }: Pick<Sheet, 'rows' | 'numbers'>, ask: Ask, span: Span): Parsed {
  const header = findHeader(rows);
  const lacking = missing(header?.columns ?? new Map());
  if (header === null || lacking.length > 0)
    throw new SourceError('changed', 'not-a-table', `no header row with these columns: ${lacking.join(', ')}`);
  const { at, columns } = header;
  const all = rows.slice(at + 1).map((row, index) => lineOf(row, numbers[at + index + 1] ?? 0, columns));
  const filled = all.filter((line) => CONTENT.some((column) => line.cell(column) !== ''));
  const grouped = columns.has('group');
  const nameless = grouped ? filled.filter((line) => line.cell('group') === '') : [];
  const { name, lines } = choose(filled, ask.group ?? '', grouped);

  const skipped = nameless.map(({ number }) => `row ${number}: no group`);
  const lessons: RawLesson[] = [];
  for (const { number, cell } of lines) {
    const { lesson, reason } = lessonOf(cell);
    if (reason !== undefined) skipped.push(`row ${number}: ${reason}`);
    if (lesson !== undefined && (lesson.day === undefined || (lesson.day >= span.from && lesson.day < span.to)))
      lessons.push(lesson);
  }
  const said = askedTerm(ask) ?? termOf(rows.slice(0, at), lines);
  const weekly = lessons.some((lesson) => lesson.weekday !== undefined);
  const term = said ?? (weekly ? usualTerm(todayOf(span)) : null);
  // Where the table says nonsense nothing is guessed: the weekly rows have no dates.
  if (typeof term === 'string') skipped.push(term);
  return {
    ...(name === '' ? {} : { name }),
    ...(term === null || typeof term === 'string' ? {} : { term, ...coverage(term, lessons, span) }),
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
  const name = chooseGroup(lines.flatMap(groupsIn), asked);
  if (!grouped) return { name: '', lines };
  const key = foldGroup(name);
  return { name, lines: lines.filter((line) => groupsIn(line).some((one) => foldGroup(one) === key)) };
}

function groupsIn(line: Line): readonly string[] {
  return line
    .cell('group')
    .split(/[,;+\n]/)
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

/** The semester by the lines above the header, else by its columns; null when the table says none, words when it says nonsense. */
function termOf(above: readonly Row[], lines: readonly Line[]): Term | null | string {
  const said = saidTerm(above);
  if (said !== null) return said;
  const dated = lines.find((line) => line.cell('termStart') !== '' && line.cell('termEnd') !== '');
  return dated === undefined ? null : termBetween(dated.cell('termStart'), dated.cell('termEnd'));
}

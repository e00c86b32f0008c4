/** Bytes of a workbook (.xlsx, .xls) to sheets of text, by SheetJS; formulas are never run, their last values are read. */
import { type CellObject, read, SSF, set_cptable, type WorkBook, type WorkSheet } from '@e965/xlsx';
import * as codePages from '@e965/xlsx/dist/cpexcel.full.mjs';
import { SourceError } from '#source';
import { HEADER_WITHIN } from './columns.ts';
import { mergedSheet, type Rect, type Sheet } from './sheet.ts';

// Excel 95 and what some programs still write hold text in the code page of their Windows.
set_cptable(codePages);

/** The width of a sheet of a whole university is a few hundred columns. */
const MOST_COLUMNS = 1_000;
/** Longer texts in one cell are whole documents. */
const LONGEST = 4_000;
/** More merged cells than this are no work of people. */
const MOST_MERGES = 50_000;

/**
 * The visible sheets with anything in them. Numbers, times and dates become text: 404.0 is «404», 0.3333 formatted as a
 * time «8:00», a date `2026-09-14`.
 * @throws SourceError changed/not-a-workbook, changed/protected, too-big/rows, too-big/columns, too-big/merges
 */
export function readWorkbook(bytes: Uint8Array, mostRows: number): readonly Sheet[] {
  const book = opened(bytes);
  const since1904 = book.Workbook?.WBProps?.date1904 === true;
  return book.SheetNames.flatMap((name, index) => {
    const sheet = book.Sheets[name];
    const hidden = (book.Workbook?.Sheets?.[index]?.Hidden ?? 0) !== 0;
    return sheet === undefined || hidden ? [] : (sheetOf(name, sheet, mostRows + HEADER_WITHIN, since1904) ?? []);
  });
}

function opened(bytes: Uint8Array): WorkBook {
  try {
    return read(bytes, {
      type: 'array',
      dense: true,
      cellFormula: false,
      cellHTML: false,
      cellNF: true,
      cellText: false,
      // Without it rows do not say that they are hidden.
      cellStyles: true,
      codepage: 1251,
    });
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const detail = /password|^ECMA-376/i.test(error.message) ? 'protected' : 'not-a-workbook';
    throw new SourceError('changed', detail, `the workbook does not open: ${error.name}`);
  }
}

type Cells = readonly (readonly (CellObject | undefined)[] | undefined)[];

function sheetOf(name: string, sheet: WorkSheet, mostRows: number, since1904: boolean): Sheet | null {
  // `dense` keeps the rows here; both lists have holes where nothing is written.
  const data = (sheet['!data'] ?? []) as Cells;
  const shown = Object.keys(data)
    .map(Number)
    .filter((row) => sheet['!rows']?.[row]?.hidden !== true);
  const texts = new Map<number, string[]>();
  for (const row of shown) {
    const cells = data[row];
    if (cells === undefined) continue;
    const line: string[] = [];
    for (const key of Object.keys(cells)) {
      const text = textOf(cells[Number(key)], since1904);
      if (text === '') continue;
      if (Number(key) >= MOST_COLUMNS) throw new SourceError('too-big', 'columns', `more than ${MOST_COLUMNS} columns`);
      line[Number(key)] = text;
    }
    if (line.length > 0) texts.set(row, line);
  }
  const last = Math.max(-1, ...texts.keys());
  if (last < 0) return null;
  if (last >= mostRows) throw new SourceError('too-big', 'rows', `more than ${mostRows} rows`);
  const merges = sheet['!merges'] ?? [];
  if (merges.length > MOST_MERGES) throw new SourceError('too-big', 'merges', `more than ${MOST_MERGES} merged cells`);
  const kept = Array.from({ length: last + 1 }, (_, row) => row).filter(
    (row) => sheet['!rows']?.[row]?.hidden !== true,
  );
  const rows = kept.map((row) => Array.from(texts.get(row) ?? [], (text) => text ?? ''));
  const hidden = (sheet['!cols'] ?? []).flatMap((column, index) => (column?.hidden === true ? [index] : []));
  const rects = merges.flatMap(({ s, e }) =>
    rectAmong(kept, { top: s.r, left: s.c, bottom: Math.min(e.r, last), right: e.c }),
  );
  return mergedSheet({ name, rows, numbers: kept.map((row) => row + 1) }, rects, new Set(hidden));
}

/** A merged cell where rows are left out; its text is lost with its first row, as it is to the eye. */
function rectAmong(kept: readonly number[], rect: Rect): Rect[] {
  const top = lowerBound(kept, rect.top);
  const bottom = lowerBound(kept, rect.bottom + 1) - 1;
  return kept[top] !== rect.top || bottom < top ? [] : [{ ...rect, top, bottom }];
}

/** The first place of a sorted list that holds at least `value`. */
function lowerBound(sorted: readonly number[], value: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

function textOf(cell: CellObject | undefined, since1904: boolean): string {
  if (cell === undefined || cell.v === undefined || cell.t === 'e' || cell.t === 'z') return '';
  if (typeof cell.v === 'number') {
    if (typeof cell.z === 'string' && SSF.is_date(cell.z)) return momentOf(cell.v, since1904);
    return String(Number(cell.v.toPrecision(12)));
  }
  if (typeof cell.v === 'boolean') return cell.v ? 'да' : 'нет';
  return String(cell.v)
    .slice(0, LONGEST)
    .replace(/\r\n?/g, '\n')
    .replace(/[^\S\n]/g, ' ')
    .trim();
}

/** A serial number of days since 1900 (or 1904): a time where it is less than a day, else a date and its time, if any. */
function momentOf(serial: number, since1904: boolean): string {
  const minutes = Math.round((serial % 1) * 1440);
  const time = `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`;
  if (serial < 1) return time;
  const parsed: { y: number; m: number; d: number } | null = SSF.parse_date_code(Math.floor(serial), {
    date1904: since1904,
  });
  if (parsed === null) return '';
  const day = [
    String(parsed.y).padStart(4, '0'),
    String(parsed.m).padStart(2, '0'),
    String(parsed.d).padStart(2, '0'),
  ].join('-');
  return minutes === 0 ? day : `${day} ${time}`;
}

/** A sheet as every reader here sees it: text in rows and columns, merged cells spread over all they cover. */
import { SourceError } from '#source';
import type { Row } from './columns.ts';

/** Rows and columns from 0, both ends included. */
export type Rect = { readonly top: number; readonly left: number; readonly bottom: number; readonly right: number };

export type Sheet = {
  readonly name: string;
  readonly rows: readonly Row[];
  /** The number of each row as a spreadsheet program shows it: hidden rows are left out here. */
  readonly numbers: readonly number[];
  /** The merged cell that covers this one, or the cell itself. */
  rect(row: number, column: number): Rect;
  /** Nobody sees this column. */
  hidden(column: number): boolean;
};

/** Cells that merging may fill: a lecture for a whole year takes hundreds, one merge over everything would take millions. */
const MOST_FILLED = 200_000;

/** A sheet of plain rows, e.g. of a CSV file. */
export function plainSheet(rows: readonly Row[]): Sheet {
  return {
    name: '',
    rows,
    numbers: rows.map((_, index) => index + 1),
    rect: (row, column) => ({ top: row, left: column, bottom: row, right: column }),
    hidden: () => false,
  };
}

/**
 * Spreads merged cells over what they cover, no further than anything is written.
 * @throws SourceError too-big/merges when that would fill more than 200,000 cells
 */
export function mergedSheet(
  { name, rows, numbers }: Pick<Sheet, 'name' | 'rows' | 'numbers'>,
  merges: readonly Rect[],
  hidden: ReadonlySet<number>,
): Sheet {
  const filled = rows.map((row) => [...row]);
  const rects = new Map<string, Rect>();
  const last = { row: rows.length - 1, column: Math.max(0, ...rows.map((row) => row.length - 1)) };
  for (const rect of merges) {
    const text = filled[rect.top]?.[rect.left] ?? '';
    for (let row = rect.top; row <= Math.min(rect.bottom, last.row); row += 1) {
      for (let column = rect.left; column <= Math.min(rect.right, last.column); column += 1) {
        rects.set(`${row}:${column}`, rect);
        const cells = filled[row];
        if (cells !== undefined && text !== '') cells[column] = text;
      }
      if (rects.size > MOST_FILLED) throw new SourceError('too-big', 'merges', 'merged cells cover too much');
    }
  }
  return {
    name,
    rows: filled.map((row) => Array.from(row, (cell) => cell ?? '')),
    numbers,
    rect: (row, column) => rects.get(`${row}:${column}`) ?? { top: row, left: column, bottom: row, right: column },
    hidden: (column) => hidden.has(column),
  };
}

/** Sheets where a column is a day and the groups stand below each other, turned into sheets where a column is a group. */
import { groupIn } from './groups.ts';
import type { Layout } from './layout.ts';
import type { Rect, Sheet } from './sheet.ts';
import { weekdayIn } from './times.ts';

/**
 * One group's block as a sheet of its own: the titles above it, then the block day by day. Its columns are the day, what
 * stood left of the first day (numbers, times), and the columns of that day from `column` on. `firstDay` is the first row of it.
 */
export type Turned = {
  readonly sheet: Sheet;
  readonly firstDay: number;
  readonly name: string;
  readonly column: number;
};

/** So many names of days in one row are no sentence; two weeks side by side are the most. */
const DAYS = { least: 3, most: 14 };
/** Numbers, times and the like stand left of the first day; nobody writes more. */
const MOST_LEFT = 8;

/** The blocks of the groups, in order; empty where no row names the days. */
export function turnedSheets(sheet: Sheet, layout: Layout): readonly Turned[] {
  const headers = sheet.rows.flatMap((row, at) => {
    const days = row.flatMap((text, column) =>
      weekdayIn(text) !== null && sheet.rect(at, column).left === column && !sheet.hidden(column) ? [column] : [],
    );
    const isHeader = days.length >= DAYS.least && days.length <= DAYS.most && (days[0] ?? 0) <= MOST_LEFT;
    return isHeader ? [{ at, days }] : [];
  });
  const common = Math.max(0, (headers[0]?.at ?? 0) - layout.groupsAbove);
  return headers.flatMap(({ at, days }, index) => {
    const titles = sheet.rows[at - layout.groupsAbove] ?? [];
    const name = titles.flatMap((text) => groupIn(text, layout.group) ?? [])[0];
    const next = headers[index + 1];
    const end = next === undefined ? sheet.rows.length : next.at - layout.groupsAbove;
    // What stands above all blocks, then the block's own title.
    const above = [...range(0, common), ...range(at - layout.groupsAbove, at)];
    return name === undefined ? [] : [turned(sheet, layout, above, { at, days, end, name })];
  });
}

type Block = { readonly at: number; readonly days: readonly number[]; readonly end: number; readonly name: string };

function turned(sheet: Sheet, { width }: Layout, above: readonly number[], { at, days, end, name }: Block): Turned {
  const left = days[0] ?? 0;
  const height = end - at - 1;
  /** Where a cell came from; null in the column of days and above the block. */
  const origin = (row: number, column: number): { row: number; column: number; day: number } | null => {
    const [below, day] = [row - above.length, days[Math.floor((row - above.length) / height)]];
    if (below < 0 || column === 0 || day === undefined) return null;
    return { row: at + 1 + (below % height), column: column <= left ? column - 1 : day + column - left - 1, day };
  };
  const rows = days.flatMap((day) =>
    Array.from({ length: height }, (_, below) => {
      const row = sheet.rows[at + 1 + below] ?? [];
      const cells = Array.from({ length: left + width }, (_one, n) => row[n < left ? n : day + n - left] ?? '');
      return [sheet.rows[at]?.[day] ?? '', ...cells];
    }),
  );
  const numbers = days.flatMap(() => sheet.numbers.slice(at + 1, end));
  function rect(row: number, column: number): Rect {
    const from = origin(row, column);
    if (from === null) return { top: row, left: column, bottom: row, right: column };
    const whole = sheet.rect(from.row, from.column);
    // A merged cell ends where its block or its day does.
    const [first, last] = column <= left ? [0, left - 1] : [from.day, from.day + width - 1];
    return {
      top: row - from.row + Math.max(whole.top, at + 1),
      bottom: row - from.row + Math.min(whole.bottom, end - 1),
      left: column - from.column + Math.max(whole.left, first),
      right: column - from.column + Math.min(whole.right, last),
    };
  }
  return {
    sheet: {
      name: sheet.name,
      rows: [...above.map((row) => sheet.rows[row] ?? []), ...rows],
      numbers: [...above.map((row) => sheet.numbers[row] ?? 0), ...numbers],
      rect,
      hidden: (column) => column > 0 && column <= left && sheet.hidden(column - 1),
    },
    firstDay: above.length,
    name,
    column: left + 1,
  };
}

function range(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from) }, (_, n) => from + n);
}

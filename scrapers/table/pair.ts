/** The cells of one pair in the columns of one group. */
import { type CellLesson, lessonsIn, type Words } from './cell.ts';
import type { Grid } from './grid.ts';
import type { Layout } from './layout.ts';
import type { Sheet } from './sheet.ts';
import { inCycle, type Weeks } from './weeks.ts';

/** The lessons of one pair: each cell once, at the first row of the pair that it covers. */
export function pairAt({ sheet, layout }: Grid, top: number, column: number, all: Weeks): readonly CellLesson[] {
  const found: CellLesson[] = [];
  const end = endOf(sheet, layout, top);
  const [head, second] = layout.lessons;
  for (const { at, subgroup } of layout.lessons) {
    for (let row = top; row < end; row += 1) {
      const meaning = layout.rows[row - top];
      if (meaning === undefined || meaning === 'more') continue;
      const text = sheet.rows[row]?.[column + at] ?? '';
      const rect = sheet.rect(row, column + at);
      const before = Math.max(rect.top, top) < row || (at > 0 && rect.left <= column + (head?.at ?? 0));
      if (text === '' || before) continue;
      const below = row + 1 < end && rect.bottom === row ? (sheet.rows[row + 1]?.[column + at] ?? '') : '';
      const goesOn = layout.rows[row + 1 - top] === 'more' || layout.goesOn?.test(below) === true;
      const last = goesOn ? row + 1 : Math.min(rect.bottom, end - 1);
      const weeks = layout.rows
        .slice(row - top, last + 1 - top)
        .flatMap((one) => (one === 'more' ? [] : inCycle(all, layout.cycle, one.weeks)));
      const whole = second === undefined || (rect.left <= column + at && rect.right >= column + second.at && at === 0);
      const words = { ...beside(sheet, layout, row, column, rect.right), text, more: goesOn ? below : '' };
      const own = [...new Set(weeks)].sort((a, b) => a - b);
      for (const lesson of lessonsIn(words, layout, { own, all }))
        found.push(whole || lesson.subgroup !== '' ? lesson : { ...lesson, subgroup });
      if (goesOn) row += 1;
    }
  }
  return found;
}

/** The row after a pair: at most as many rows as the layout says, fewer where the next pair begins. */
function endOf(sheet: Sheet, { anchor, rows }: Layout, top: number): number {
  for (let row = top + 1; row < top + rows.length; row += 1) {
    const own = (sheet.rows[row]?.[anchor] ?? '') !== '' && sheet.rect(row, anchor).top === row;
    if (own || row >= sheet.rows.length) return row;
  }
  return top + rows.length;
}

function beside(
  sheet: Sheet,
  { beside: columns, roomRight, width }: Layout,
  row: number,
  column: number,
  right: number,
) {
  const text = (at: number | null) => (at === null ? '' : (sheet.rows[row]?.[column + at] ?? ''));
  const last = column + width - 1;
  // A cell that fills its group has no room beside it, only the next group; one for several groups has it after the last.
  const room = roomRight && right !== last ? (sheet.rows[row]?.[right + 1] ?? '') : text(columns.room);
  const words: Omit<Words, 'text' | 'more'> = {
    kind: text(columns.kind),
    teacher: text(columns.teacher),
    room: room.replace(/\s+/g, (gap) => (gap.includes('\n') ? '\n' : ' ')).trim(),
    link: text(columns.link),
  };
  return words;
}

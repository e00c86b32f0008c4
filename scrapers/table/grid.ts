/** Sheets of groups in columns, or in blocks below each other: which layout they have and whose lessons they hold. */
import { SourceError } from '#source';
import { groupIn } from './groups.ts';
import type { Layout } from './layout.ts';
import type { Sheet } from './sheet.ts';
import { weekdayIn } from './times.ts';
import { turnedSheets } from './turned.ts';

/** A sheet as one layout sees it; `groups` by the column they begin in. */
export type Grid = {
  readonly sheet: Sheet;
  readonly layout: Layout;
  readonly firstDay: number;
  readonly groups: readonly { readonly name: string; readonly column: number }[];
};

/** Titles and stamps stand above; nobody signs more than this. */
const FIRST_DAY_WITHIN = 60;
/** Marks of a layout stand above the first day or in its first pairs. */
const MARKS_BELOW = 10;

/** The sheets that one layout fits: the first that fits any, or `ask.layout`. Empty when none does. */
export function gridsOf(sheets: readonly Sheet[], layouts: readonly Layout[], asked = ''): readonly Grid[] {
  const wanted = asked === '' ? layouts : layouts.filter(({ id }) => id === asked);
  if (wanted.length === 0)
    throw new SourceError(
      'unknown-param',
      'layout',
      'there is no such layout',
      layouts.map(({ id }) => id),
    );
  for (const layout of wanted) {
    const found = sheets.flatMap((sheet) => gridsIn(sheet, layout));
    if (found.length > 0) return found;
  }
  return [];
}

function gridsIn(sheet: Sheet, layout: Layout): readonly Grid[] {
  const { rows } = sheet;
  if (layout.turned) {
    // The marks first: to look for days in every cell of a table of a whole university takes seconds.
    const blocks = isMarked(rows, FIRST_DAY_WITHIN, layout) ? turnedSheets(sheet, layout) : [];
    return blocks.map((block) => ({ ...block, layout, groups: [{ name: block.name, column: block.column }] }));
  }
  const firstDay = rows.slice(0, FIRST_DAY_WITHIN).findIndex((row) => weekdayIn(row[layout.day] ?? '') !== null);
  const header = rows[firstDay - layout.groupsAbove];
  if (firstDay < 0 || header === undefined || !isMarked(rows, firstDay, layout)) return [];
  const groups = header.flatMap((text, column) => {
    const name = groupIn(text, layout.group);
    const rect = sheet.rect(firstDay - layout.groupsAbove, column);
    return name === null || rect.left !== column || sheet.hidden(column) ? [] : [{ name, column }];
  });
  return groups.length === 0 ? [] : [{ sheet, layout, firstDay, groups }];
}

function isMarked(rows: Sheet['rows'], firstDay: number, { marks }: Layout): boolean {
  const above = rows.slice(0, firstDay + MARKS_BELOW).flat();
  return marks.every((mark) => above.some((text) => mark.test(text)));
}

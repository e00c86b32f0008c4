/** Sheets where a column is a group: which layout they have and whose columns they hold. */
import { SourceError, weekday } from '#source';
import { inRussian } from './groups.ts';
import type { Layout } from './layout.ts';
import type { Sheet } from './sheet.ts';

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
    const found = sheets.flatMap((sheet) => gridOf(sheet, layout) ?? []);
    if (found.length > 0) return found;
  }
  return [];
}

function gridOf(sheet: Sheet, layout: Layout): Grid | null {
  const { rows } = sheet;
  const firstDay = rows.slice(0, FIRST_DAY_WITHIN).findIndex((row) => weekdayIn(row[layout.day] ?? '') !== null);
  const header = rows[firstDay - layout.groupsAbove];
  if (firstDay < 0 || header === undefined) return null;
  const above = rows.slice(0, firstDay + MARKS_BELOW).flat();
  if (!layout.marks.every((mark) => above.some((text) => mark.test(text)))) return null;
  const groups = header.flatMap((text, column) => {
    const name = layout.group.exec(inRussian(text.replace(/\s+/g, ' ').trim()))?.[1];
    const rect = sheet.rect(firstDay - layout.groupsAbove, column);
    return name === undefined || rect.left !== column || sheet.hidden(column) ? [] : [{ name: tidy(name), column }];
  });
  return groups.length === 0 ? null : { sheet, layout, firstDay, groups };
}

/** «ЩАКО - 01 - 22» is printed with spaces for the eye. */
function tidy(name: string): string {
  return name.replace(/\s*-\s*/g, '-').trim();
}

/** «Понедельник 19.05.2025», «понедельник  », «ПН». */
export function weekdayIn(text: string): ReturnType<typeof weekday> {
  return weekday(/^\p{L}+/u.exec(text.trim())?.[0] ?? '');
}

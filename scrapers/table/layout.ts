/** Layouts of grids, «a column is a group»: one JSON file each in `layouts/`, checked when the source is loaded. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Fields, fieldIn, isFields, textIn } from '#source';

/** What a row of a pair says: its lessons of these weeks of the cycle, or the words of a lesson that a row above began. */
export type RowMeaning = { readonly weeks: readonly number[] } | 'more';

export type Layout = {
  readonly id: string;
  /** Whose sheets look so, in Russian. */
  readonly name: string;
  /** Each must be found in some cell at or above the first day, or it is another layout. */
  readonly marks: readonly RegExp[];
  /**
   * A column is a day and the groups stand below each other: their names `groupsAbove` rows above the days. The letters of columns
   * then mean: A the day, from B on what stands left of the first day.
   */
  readonly turned: boolean;
  /** Column of the weekdays or dates. */
  readonly day: number;
  /** Names of groups stand so many rows above the first day; what the pattern captures is the name. */
  readonly groupsAbove: number;
  readonly group: RegExp;
  /** Columns of one group. */
  readonly width: number;
  /** Where in a group a lesson may begin, and whose it is when it does not reach the next such place; '' = everybody's. */
  readonly lessons: readonly { readonly at: number; readonly subgroup: string }[];
  /** Columns beside the lesson, counted from the group's first. */
  readonly beside: Readonly<Record<'kind' | 'teacher' | 'room' | 'link', number | null>>;
  /** The room stands in the cell right of the lesson. */
  readonly roomRight: boolean;
  /** `end` where the end has a column of its own; `minutes` where only the start is written; null: the sheet has no times. */
  readonly time: { readonly start: number; readonly end: number | null; readonly minutes: number | null } | null;
  /** Column of the numbers of pairs. */
  readonly number: number;
  /** A pair begins where this column has something; its rows, and how many weeks make a cycle. */
  readonly anchor: number;
  readonly cycle: number;
  readonly rows: readonly RowMeaning[];
  /** The second row of a pair goes on with the lesson of the first when it begins so. */
  readonly goesOn: RegExp | null;
  /** How a cell is read: its parts stand in columns; words, where the names of people part it; or this pattern with named parts. */
  readonly cell: 'columns' | 'words' | RegExp;
  /** Weeks written in a cell: numbers of the semester before the subject, or parts «1 н. … 2 н. …» of the cycle. */
  readonly weeksInside: 'numbers' | 'parts' | null;
  /** Taken off the beginning of a lesson: codes of subjects. */
  readonly drop: RegExp | null;
  /** Cells that look so are known to be no lessons. */
  readonly remarks: RegExp | null;
  /** Weeks of lessons in a semester, where the sheet counts them; null = to its end. */
  readonly weeks: number | null;
};

const FOLDER = join(import.meta.dirname, 'layouts');

/** Every layout, in order of file names. Throws an Error that names the file and all that is wrong with it. */
export function readLayouts(folder = FOLDER): readonly Layout[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => layoutOf(file, JSON.parse(readFileSync(join(folder, file), 'utf8'))));
}

const KEYS: ReadonlySet<string> = new Set(
  'id name marks turned day groupsAbove group width lessons beside roomRight time number anchor cycle rows goesOn cell weeksInside drop remarks weeks'.split(
    ' ',
  ),
);

function layoutOf(file: string, value: unknown): Layout {
  if (!isFields(value)) throw new Error(`${file}: not an object`);
  const wrong: string[] = Object.keys(value).flatMap((key) =>
    KEYS.has(key) ? [] : [`${key} is no field of a layout`],
  );
  const from = reader(value, wrong);
  const layout: Layout = {
    id: textIn(value, 'id'),
    name: textIn(value, 'name'),
    marks: from.list('marks').map((mark) => from.pattern('marks', mark)),
    turned: value.turned === true,
    day: from.column('day'),
    groupsAbove: from.whole('groupsAbove', 1, 6),
    group: from.pattern('group', value.group),
    width: from.whole('width', 1, 12),
    lessons: from
      .list('lessons')
      .map((one) => ({ at: from.offset(one, 'at') ?? 0, subgroup: textIn(one, 'subgroup') })),
    beside: {
      kind: from.offset(value.beside, 'kind'),
      teacher: from.offset(value.beside, 'teacher'),
      room: from.offset(value.beside, 'room'),
      link: from.offset(value.beside, 'link'),
    },
    roomRight: value.roomRight === true,
    time: from.time(),
    number: from.column('number'),
    anchor: from.column('anchor'),
    cycle: from.whole('cycle', 1, 4),
    rows: from.list('rows').map(from.row),
    goesOn: value.goesOn === undefined ? null : from.pattern('goesOn', value.goesOn),
    cell: value.cell === 'columns' || value.cell === 'words' ? value.cell : from.pattern('cell', value.cell),
    weeksInside: from.oneOf('weeksInside', ['numbers', 'parts']),
    drop: value.drop === undefined ? null : from.pattern('drop', value.drop),
    remarks: value.remarks === undefined ? null : from.pattern('remarks', value.remarks),
    weeks: value.weeks === undefined ? null : from.whole('weeks', 1, 30),
  };
  if (`${layout.id}.json` !== file) wrong.push('id is not the name of the file');
  if (layout.name === '') wrong.push('no name');
  if (layout.lessons.length === 0) wrong.push('lessons: none');
  if (layout.rows.length === 0) wrong.push('rows: none');
  if (wrong.length > 0) throw new Error(`${file}: ${wrong.join('; ')}`);
  return layout;
}

/** Readers of one file's fields that note what is wrong instead of throwing, so that all of it is said at once. */
function reader(value: Fields, wrong: string[]) {
  function columnOf(field: string, letter: unknown): number {
    if (typeof letter === 'string' && /^[A-Z]{1,2}$/.test(letter))
      return [...letter].reduce((sum, one) => sum * 26 + one.charCodeAt(0) - 64, 0) - 1;
    wrong.push(`${field} is no letter of a column`);
    return 0;
  }
  function whole(field: string, least: number, most: number, given: unknown = value[field]): number {
    if (typeof given === 'number' && Number.isInteger(given) && given >= least && given <= most) return given;
    wrong.push(`${field} is no whole number from ${least} to ${most}`);
    return least;
  }
  return {
    whole,
    column: (field: string) => columnOf(field, value[field]),
    list(field: string): readonly unknown[] {
      const given = value[field] ?? [];
      if (Array.isArray(given)) return given;
      wrong.push(`${field} is no list`);
      return [];
    },
    offset(given: unknown, field: string): number | null {
      const one = fieldIn(given, field);
      return one === undefined ? null : whole(field, 0, 11, one);
    },
    /** Cells are short, so a pattern that tries every place costs little; one that repeats a repetition may cost everything. */
    pattern(field: string, given: unknown): RegExp {
      try {
        if (typeof given === 'string' && given !== '' && !/[+*}]\)?[+*{]/.test(given.replaceAll(/\\p\{\w+\}|\\./g, '')))
          return new RegExp(given, 'iu');
      } catch (error) {
        if (!(error instanceof SyntaxError)) throw error;
      }
      wrong.push(`${field} is no pattern, or repeats a repetition`);
      return /$^/;
    },
    row(given: unknown): RowMeaning {
      if (given === 'more') return given;
      const weeks = Array.isArray(given) ? given.filter((week) => typeof week === 'number') : [];
      if (weeks.length === 0) wrong.push('rows are lists of weeks, or "more"');
      return { weeks };
    },
    oneOf<T extends string>(field: string, allowed: readonly T[]): T | null {
      const given = value[field];
      const one = allowed.find((word) => word === given);
      if (given !== undefined && one === undefined) wrong.push(`${field} is none of ${allowed.join(', ')}`);
      return one ?? null;
    },
    time(): Layout['time'] {
      const time = value.time;
      if (time === null) return null;
      const start = columnOf('time.start', fieldIn(time, 'start'));
      const [end, minutes] = [fieldIn(time, 'end'), fieldIn(time, 'minutes')];
      return {
        start,
        end: end === undefined ? null : columnOf('time.end', end),
        minutes: minutes === undefined ? null : whole('time.minutes', 10, 300, minutes),
      };
    },
  };
}

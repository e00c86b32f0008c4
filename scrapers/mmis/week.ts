/** An answer for one week: whose it is, whether it is a template, and its rows. */
import { fieldIn, isFields, type Page, SourceError, textIn } from '#source';
import { dataOf } from './answer.ts';
import { type Row, rowOf } from './row.ts';

export type Week = {
  /** True where the site keeps a pair of weeks that repeats instead of dates. */
  readonly cyclical: boolean;
  /** Of the group, teacher or room; '' when the site does not say it. */
  readonly name: string;
  readonly rows: readonly Row[];
  readonly skipped: readonly string[];
};

const NAMES = { group: 'group', teacher: 'prepod', room: 'aud' } as const;

/** Throws SourceError when the answer has another shape; a row that cannot be read is skipped and named. */
export function weekOf(page: Page, kind: keyof typeof NAMES, distance: readonly string[]): Week {
  const data = dataOf(page);
  const rasp = fieldIn(data, 'rasp');
  if (!isFields(data) || !Array.isArray(rasp))
    throw new SourceError('changed', 'shape', 'the answer has no list of lessons');
  const read = rasp.map((row) => (isFields(row) ? rowOf(row, distance) : 'a row is no object'));
  return {
    cyclical: data.isCyclicalSchedule === true,
    name: textIn(fieldIn(fieldIn(data, 'info'), NAMES[kind]), 'name'),
    rows: read.filter((row) => typeof row !== 'string'),
    skipped: read.filter((row) => typeof row === 'string'),
  };
}

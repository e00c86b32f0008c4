/** The pages people look at, and their printed form (HTML): the same rows in different boxes. */
// The small parser: the full one needs half a minute for a tag with 100,000 attributes.
import { type CheerioAPI, load } from 'cheerio/slim';
import {
  addDays,
  bodyOf,
  clean,
  type Day,
  type Page,
  type Parsed,
  type RawLesson,
  SourceError,
  weekday,
  weekdayOf,
} from '#source';
import { hasOwnCheck, isChallenge } from './challenge.ts';
import { kindOf, type Named, within } from './found.ts';
import { DEPTH, type Target, type View, type Window } from './target.ts';

type Box = ReturnType<CheerioAPI>;

/** @throws SourceError */
export function readPage(page: Page, { name }: Target, window: Window): Parsed {
  const $ = open(page);
  const shown = name === '' ? clean($('h1').first().text()).replace(/^Расписание\s*/i, '') : name;
  const table = $('div.schedule_table, table.schedule_table').first();
  const rows = table.is('table') ? printedRows($, table) : shownRows($, table);
  if (rows.length > 0) return readRows(rows, shown, window);
  refuseUnsaid($, page, table.length > 0);
  return within(window, { ...(shown === '' ? {} : { name: shown }), lessons: [], skipped: [] }, 0);
}

/** @throws SourceError: a refusing status, a challenge, an overload page */
function open(page: Page): CheerioAPI {
  const html = bodyOf(page);
  const $ = load(html);
  if ($('.schedule_table, div.l-box.alert, a[href*="/timetable/"]').length > 0) return $;
  if (isChallenge(html))
    throw new SourceError('blocked', 'challenge', 'a challenge page came instead of the timetable');
  if ($('body > div.box').length > 0)
    throw new SourceError('unreachable', 'overload', 'the site shows its overload page');
  throw new SourceError('changed', 'html', 'a page that is no timetable');
}

/** «Нет занятий» is an honest empty answer; anything else in that box, or no box at all, is not. */
function refuseUnsaid($: CheerioAPI, page: Page, hasTable: boolean): void {
  const said = clean($('div.l-box.alert').first().text(), 100);
  if (/^нет занятий/i.test(said)) return;
  if (/не найден/i.test(said)) throw new SourceError('unknown-param', 'alert', 'the site says that it is not found');
  if (isChallenge(bodyOf(page)))
    throw new SourceError('blocked', 'challenge', 'the frame of the site, and a challenge in place of the timetable');
  if (said !== '') throw new SourceError('changed', 'alert', `the site says: ${said}`);
  if (!hasTable) throw new SourceError('changed', 'html', 'a page without a timetable');
  throw new SourceError('changed', 'empty-table', 'a table without rows, and no word that there are no lessons');
}

/** A row with the date printed above it: «пн 14.09» or «пн 14.09.2026». */
type Row = { readonly date: string; readonly box: Box };

function shownRows($: CheerioAPI, table: Box): readonly Row[] {
  return table
    .find('div.schedule_table-body-rows_group')
    .toArray()
    .flatMap((day) => {
      const word = (part: string): string => $(day).find(`span.schedule_table-date-${part}`).first().text().trim();
      const date = `${word('wd')} ${word('dm')}`;
      const rows = $(day).find('div.schedule_table-body-row').not('.schedule_table-body-row__dropdown');
      return rows.toArray().map((row) => ({ date, box: $(row) }));
    });
}

function printedRows($: CheerioAPI, table: Box): readonly Row[] {
  let date = '';
  const rows: Row[] = [];
  for (const row of table.find('tr.schedule_table-body-row').toArray()) {
    const above = clean($(row).find('td[data-type=date]').first().text());
    if (above !== '') date = above;
    if ($(row).find('[data-type=subject]').length > 0) rows.push({ date, box: $(row) });
  }
  return rows;
}

function readRows(rows: readonly Row[], name: string, window: Window): Parsed {
  const lessons: RawLesson[] = [];
  const skipped: string[] = [];
  for (const { date, box } of rows) {
    const day = dayOf(date, window);
    if (day === null) {
      skipped.push(`«${clean(date, 30)}» is no day that was asked`);
      continue;
    }
    const lesson = lessonOf(box, day);
    const above = lessons.at(-1);
    const headless = lesson.number === '' && lesson.start === '' && above?.day === day;
    lessons.push(headless ? { ...lesson, number: above.number ?? '', start: above.start ?? '' } : lesson);
  }
  if (lessons.length === 0) throw new SourceError('changed', 'dates', 'none of the days on the page was asked for');
  return within(window, { ...(name === '' ? {} : { name }), lessons, skipped }, rows.length);
}

function lessonOf(box: Box, day: Day): RawLesson {
  const cell = (type: string): Box => box.find(`[data-type=${type}]`).first();
  const subject = cell('subject');
  const [kind = '', ...kinds] = textsOf(subject, '.schedule_table-badge');
  const badges = textsOf(subject, '.schedule_table-simple_badge');
  const subgroup = badges.filter((badge) => SUBGROUP.test(badge));
  const extra = badges.filter((badge) => !SUBGROUP.test(badge));
  return {
    day,
    // Both ends in one cell: «08:00 - 09:30».
    start: clean(cell('time').text()),
    number: clean(cell('num').text()),
    subject: bare(subject),
    kind: kindOf(kind),
    teachers: [...linksOrText(cell('lecturer')), ...namesBeside(cell('lecturer'))],
    room: linksOrText(cell('room')).join(', '),
    subgroup: subgroup.length === 1 ? (subgroup[0] ?? '') : '',
    note: [...kinds, ...textsOf(subject, '.schedule_table-subtext'), ...extra].join('\n'),
  };
}

const SUBGROUP = /(?:^|\s)п\.?\s?\/?\s?г|подгр/i;

/** The words of a cell without its badges and comments. */
function bare(cell: Box): string {
  const copy = cell.clone();
  copy.find('.schedule_table-badge, .schedule_table-simple_badge, .schedule_table-subtext').remove();
  return clean(copy.text());
}

function linksOrText(cell: Box): readonly string[] {
  const links = textsOf(cell, 'a');
  const alone = bare(cell)
    .split(/[,;]/)
    .map((one) => one.trim());
  return links.length > 0 ? links : alone.filter((one) => one !== '');
}

/** A teacher without a page of their own, beside one who has it: a surname and an initial, and no word of their position. */
function namesBeside(cell: Box): readonly string[] {
  if (cell.find('a').length === 0) return [];
  const copy = cell.clone();
  copy.find('a').replaceWith(',');
  const words = bare(copy)
    .split(/[,;]/)
    .map((one) => one.trim());
  return words.filter((one) => /^\p{Lu}[\p{Ll}-]+(?:-\p{Lu}\p{Ll}+)?\s+\p{Lu}/u.test(one));
}

/** The words of each such element in the cell, but for empty ones. */
function textsOf(cell: Box, selector: string): readonly string[] {
  const found = cell.find(selector).toArray();
  return found.map((one) => clean(cell.find(one).text())).filter((one) => one !== '');
}

/** The day of «пн 14.09» among the days asked; null when there is none, or when it is another day of the week there. */
function dayOf(date: string, { from, to }: Window): Day | null {
  const found = /(\d{1,2})\.(\d{1,2})(?:\.(\d{4}))?/.exec(date);
  if (found === null) return null;
  const [, day = '', month = '', year] = found;
  const tail = `${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  // The page prints no year: within the weeks asked, around New Year too, only one fits.
  const years = year === undefined ? [...new Set([from.slice(0, 4), addDays(to, -1).slice(0, 4)])] : [year];
  const fits = years.map((one) => `${one}-${tail}`).find((one) => one >= from && one < to);
  const named = weekday(/^\p{L}+/u.exec(date.trim())?.[0] ?? '');
  return fits === undefined || (named !== null && weekdayOf(fits) !== named) ? null : fits;
}

/** Links one step below a page of the tree, or the timetables that a search found. @throws SourceError */
export function linked(page: Page, view: View, path: string | 'search'): readonly Named[] {
  const $ = open(page);
  const level = path === 'search' ? DEPTH[view] : path === '' ? 1 : path.split('/').length + 1;
  const under = path === 'search' || path === '' ? '' : `${path}/`;
  const address = new RegExp(`/timetable/${view}/(\\d+(?:/\\d+){${level - 1}})/?(?:[?#]|$)`);
  const found = new Map<string, Named>();
  for (const link of $('a[href]').toArray()) {
    const at = address.exec($(link).attr('href') ?? '');
    const name = clean($(link).text());
    const leads = at?.[1] ?? '';
    if (leads !== '' && leads.startsWith(under) && name !== '' && !found.has(leads))
      found.set(leads, { name, path: leads });
  }
  if (found.size === 0 && hasOwnCheck(bodyOf(page)))
    throw new SourceError('blocked', 'challenge', 'the frame of the site, and a challenge in place of the list');
  return [...found.values()];
}

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
import { isChallenge } from './challenge.ts';
import { kindOf, type Named, within } from './found.ts';
import { DEPTH, type Target, type View, type Window } from './target.ts';

type Box = ReturnType<CheerioAPI>;

/** @throws SourceError */
export function readPage(page: Page, { name }: Target, window: Window): Parsed {
  const $ = open(page);
  const shown = name === '' ? clean($('h1').first().text()).replace(/^Расписание\s*/i, '') : name;
  const table = $('div.schedule_table, table.schedule_table').first();
  if (table.length === 0) {
    refuseAlert($);
    return within(window, { ...(shown === '' ? {} : { name: shown }), lessons: [], skipped: [] }, 0);
  }
  const rows = table.is('table') ? printedRows($, table) : shownRows($, table);
  if (rows.length === 0) {
    if (isChallenge(bodyOf(page))) throw new SourceError('blocked', 'challenge', 'an empty table and a challenge');
    throw new SourceError('changed', 'empty-table', 'a table without rows, and no word that there are no lessons');
  }
  return readRows(rows, shown, window);
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
function refuseAlert($: CheerioAPI): void {
  const said = clean($('div.l-box.alert').first().text(), 100);
  if (/^нет занятий/i.test(said)) return;
  if (/не найден/i.test(said)) throw new SourceError('unknown-param', 'alert', 'the site says that it is not found');
  if (said !== '') throw new SourceError('changed', 'alert', `the site says: ${said}`);
  throw new SourceError('changed', 'html', 'a page without a timetable');
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
  const badges = subject
    .find('.schedule_table-simple_badge')
    .toArray()
    .map((one) => clean(box.find(one).text()));
  const subgroup = badges.filter((badge) => SUBGROUP.test(badge));
  const extra = badges.filter((badge) => !SUBGROUP.test(badge));
  return {
    day,
    // Both ends in one cell: «08:00 - 09:30».
    start: clean(cell('time').text()),
    number: clean(cell('num').text()),
    subject: bare(subject),
    kind: kindOf(clean(subject.find('.schedule_table-badge').first().text())),
    teachers: linksOrText(cell('lecturer')),
    room: linksOrText(cell('room')).join(', '),
    subgroup: subgroup.length === 1 ? (subgroup[0] ?? '') : '',
    note: [clean(subject.find('.schedule_table-subtext').first().text()), ...extra]
      .filter((part) => part !== '')
      .join('\n'),
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
  const links = cell
    .find('a')
    .toArray()
    .map((one) => clean(cell.find(one).text()))
    .filter((one) => one !== '');
  const alone = bare(cell);
  return links.length > 0 || alone === '' ? links : [alone];
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
  return [...found.values()];
}

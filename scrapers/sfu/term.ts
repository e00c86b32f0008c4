/** What dates the template: the half of the year it is for, and which week the site says it is now. */

import { load } from 'cheerio';
import { DateTime } from 'luxon';
import { addDays, type Day, mondayOf, type Page, refuseStatus, SourceError, type Term, weekdayOf } from '#source';

const ZONE = 'Asia/Krasnoyarsk';

/**
 * The parity is the site's own («Идёт нечётная неделя»); the bounds are the usual ones of a Russian term, since the site
 * tells none. `today` stands in for the date of an answer without one. @throws SourceError changed when the page names no week
 */
export function termOf(page: Page | undefined, today: Day): Term {
  const odd = oddOf(page);
  const now = serverDay(page) ?? today;
  const { start, end } = halfYear(now);
  // A term that begins at a weekend begins on the Monday after it.
  const week1 = mondayOf(weekdayOf(start) > 5 ? addDays(start, 2) : start);
  const week = (Date.parse(mondayOf(now)) - Date.parse(week1)) / 604_800_000 + 1;
  return { start, end, week1: (Math.abs(week % 2) === 1) === odd ? week1 : addDays(week1, -7) };
}

function oddOf(page: Page | undefined): boolean {
  if (page !== undefined) refuseStatus(page);
  const text = page === undefined ? '' : load(new TextDecoder().decode(page.body)).text();
  const word = /ид[её]т\s+(неч[её]тная|ч[её]тная)\s+неделя/i.exec(text)?.[1];
  if (word === undefined) throw new SourceError('changed', 'week', 'the page does not say which week it is');
  return word.toLowerCase().startsWith('неч');
}

function serverDay(page: Page | undefined): Day | null {
  const at = DateTime.fromHTTP(page?.headers.date ?? '', { zone: ZONE });
  return at.isValid ? at.toFormat('yyyy-MM-dd') : null;
}

/** August to December belong to autumn, January (its session) as well, February to July to spring. */
function halfYear(day: Day): { readonly start: Day; readonly end: Day } {
  const [year, month] = [Number(day.slice(0, 4)), Number(day.slice(5, 7))];
  if (month >= 2 && month <= 7) return { start: `${year}-02-01`, end: `${year}-06-30` };
  const autumn = month === 1 ? year - 1 : year;
  return { start: `${autumn}-09-01`, end: `${autumn}-12-31` };
}

/** A group's page: the term in its heading, a table of weekdays below. */
import { load } from 'cheerio';
import { mondayOf, type Parsed, type RawLesson, SourceError, type Term } from '#source';

/** Strings stay as the site prints them: the program itself reads clocks, weekdays, weeks, kinds and subgroups, once for all sources. */
export function readTimetable(html: string): Parsed {
  const page = load(html);
  if (page('.timetable').length === 0) {
    if (page('.soon').length > 0) throw new SourceError('not-published', 'soon', 'the site says: not published yet');
    // Never an empty list: «no lessons» would be believed, and everybody would be told that all is cancelled.
    throw new SourceError('changed', 'html', 'there is no timetable on the page');
  }
  const lessons: RawLesson[] = [];
  let weekday = '';
  for (const row of page('.timetable tr').toArray()) {
    const cell = (name: string): string => page(row).find(`.${name}`).text().trim();
    // The weekday is printed once, before the first lesson of the day.
    weekday = cell('day') || weekday;
    if (cell('subject') === '') continue;
    lessons.push({
      weekday,
      weeks: cell('weeks'),
      number: cell('number'),
      start: cell('time'),
      subject: cell('subject'),
      teachers: page(row)
        .find('.teacher')
        .toArray()
        .map((one) => page(one).text()),
      room: page(row).find('.room a').attr('href') ?? cell('room'),
    });
  }
  return { name: page('h1').text(), term: readTerm(page('.term').text()), lessons, skipped: [] };
}

/** «Семестр 01.09.2026 – 31.01.2027»: what gives weekly lessons their dates. The first week is odd. */
function readTerm(text: string): Term {
  const [start, end] = [...text.matchAll(/(\d\d)\.(\d\d)\.(\d{4})/g)].map(
    ([, day, month, year]) => `${year}-${month}-${day}`,
  );
  if (start === undefined || end === undefined) throw new SourceError('changed', 'term', 'the page names no term');
  return { start, end, week1: mondayOf(start) };
}

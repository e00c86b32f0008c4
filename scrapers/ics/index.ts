/** Any calendar by its address: iCalendar (RFC 5545) of a university, Google, Outlook, Modeus, Moodle. */
import { type Ask, defineSource, type Parsed, type RawLesson, refuseStatus, SourceError } from '#source';
import { ianaClock, wallOf, type ZoneClock } from './clock.ts';
import { isHtml, pageLinks, timetableLinks } from './html.ts';
import { CONFIGURED, PASTED } from './limits.ts';
import type { CalendarOccurrence } from './occurrences.ts';
import { readCalendar } from './parse.ts';
import { DAY_MS, makePrinter, type Printer } from './stamp.ts';

export default defineSource({
  id: 'ics',
  name: 'Календарь по ссылке (iCalendar)',
  params: ['url'],

  plan(ask, pages) {
    if (pages.length > 0) return 'done';
    return [{ url: address(ask), headers: { accept: 'text/calendar, text/plain;q=0.5, */*;q=0.1' } }];
  },

  parse(pages, ask, span): Parsed {
    const page = pages.at(-1);
    if (page === undefined) throw new SourceError('changed', 'empty', 'nothing was fetched');
    refuseStatus(page);
    const contentType = page.headers['content-type'] ?? '';
    const head = new TextDecoder('latin1').decode(page.body.subarray(0, 2_000_000));
    if (isHtml(head, contentType)) {
      const html = new TextDecoder().decode(page.body.subarray(0, 2_000_000));
      const files = timetableLinks(html, page.url);
      const error = new SourceError('changed', 'html', 'a web page came instead of a calendar', files);
      // Where a redirect has led is as good as a link.
      error.links = [{ address: page.url, words: '' }, ...pageLinks(html, page.url)];
      throw error;
    }
    const limits = ask.profile === 'configured' ? CONFIGURED : PASTED;
    const reading = readCalendar(page.body, span, { limits, contentType, floating: 'own' });
    const clock = ianaClock(reading.zone);
    const printer = makePrinter();
    const lessons = reading.occurrences.filter(isLesson).map((occurrence) => rawLesson(occurrence, clock, printer));
    const named = reading.name === '' ? {} : { name: reading.name };
    return { ...named, zone: reading.zone, lessons, skipped: reading.skipped };
  },
});

function address(ask: Ask): string {
  const url = (ask.url ?? '').trim().replace(/^webcals?:\/\//i, 'https://');
  if (!URL.canParse(url)) throw new SourceError('unknown-param', 'url', 'the address of the calendar is no address');
  return url;
}

/** «2 неделя» over a whole day only numbers the week: nobody is to be reminded of it. */
const WEEK =
  /^(?:\d{1,2}\s*(?:-?[яй]|-?ая|st|nd|rd|th)?\s*(?:(?:уч|учебн|академич)\S*\s+)?(?:неделя|week)|(?:(?:уч|учебн|академич)\S*\s+)?(?:неделя|week)\s*№?\s*\d{1,2})$/i;

function isLesson({ allDay, summary }: CalendarOccurrence): boolean {
  return !allDay || summary.length > 40 || !WEEK.test(summary.trim());
}

/** An occurrence by the calendar's own clock. */
function rawLesson(occurrence: CalendarOccurrence, clock: ZoneClock, print: Printer): RawLesson {
  const { allDay, startsAt, endsAt, uid, summary, location, description, link, status } = occurrence;
  const start = allDay ? occurrence.start : wallOf(startsAt, clock);
  // «From the 1st to the 1st» is that day to a person; the exclusive end is the next one.
  const end = allDay ? Math.max(occurrence.end, start + DAY_MS) : wallOf(endsAt, clock);
  const kind = kindOf(occurrence.categories);
  return {
    day: print.day(start),
    endDay: print.day(end),
    ...(allDay ? { allDay } : { start: print.clock(start), end: print.clock(end) }),
    subject: summary,
    ...(uid === '' ? {} : { id: uid }),
    ...(kind === '' ? {} : { kind }),
    ...(location === '' ? {} : { room: location }),
    ...(link === '' ? {} : { link }),
    ...(description === '' ? {} : { note: description }),
    ...(status === 'CANCELLED' ? { cancelled: true } : {}),
    ...(occurrence.changed && status !== 'CANCELLED' ? { changed: true } : {}),
  };
}

const KIND =
  /^(?:лек|практ|пр\.?$|лаб|семинар|зач|экз|консульт|пз$|лк$|лр$|lecture|practice|practical|lab|seminar|tutorial|exam|test|workshop)/i;

/** A category that is the kind of a lesson; exports put courses and colours there too. */
function kindOf(categories: readonly string[]): string {
  return categories.find((category) => KIND.test(category)) ?? '';
}

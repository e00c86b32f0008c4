/** The words of trouble with sources, in English. */
import { plural } from '../format.ts';
import { type SourceWords, sourceTexts } from '../sources.ts';
import { WORDS } from './words.ts';

function many(count: number, one: string, more: string): string {
  return `${count} ${plural(count, [one, more, more], 'en')}`;
}

export const SOURCE_WORDS: SourceWords = {
  lesson: WORDS,
  doubts: {
    empty: 'nothing lies ahead though lessons did',
    unreadable: 'many rows could not be read',
    shrunk: 'more than a third of the lessons vanished',
    gap: 'a whole week vanished',
    shifted: 'all lessons moved by the same amount of time',
    week: 'all lessons moved to another week',
    foreign: 'other lessons, as if of another group',
  },
  troubles: {
    unreachable: 'the site does not answer',
    blocked: 'the site lets nobody in',
    changed: 'the page has another shape',
    'unknown-param': 'the site has no such thing',
    'not-published': 'not published yet',
    refused: 'that address may not be read',
    'too-big': 'the answer is too big',
    failed: 'it could not be read',
  },
  pasted: 'Calendars people sent',
  labels: {
    accept: 'Accept',
    again: 'Try again',
    replay: 'Read the kept pages',
    back: '← Back',
    next: 'Next →',
    more: 'More',
    week: 'Week',
  },
  broken: (name, sum, why) =>
    `Source ${name}: ${sum}. The reason: ${why}. The previous timetables stay, and I go on trying.`,
  back: (name, all, since) =>
    `Source ${name} is well again: ${many(all, 'timetable', 'timetables')}. The trouble began ${since}.`,
  failing: (title, since, why) =>
    `Timetable “${title}” has not been read since ${since}: ${why}. I show the previous timetable and go on trying. If its address changed, send the new one.`,
  readAgain: (title) => `Timetable “${title}” is read again.`,
  sum: ({ all, failing, held, lacking }) =>
    [
      failing === 0 ? '' : `${failing} of ${all} not read`,
      held === 0 ? '' : `${held} of ${all} held`,
      lacking === 0 ? '' : `${lacking} of ${all} with a reason of their own`,
    ]
      .filter((part) => part !== '')
      .join(', '),
  head: (all, troubled) =>
    `${many(all, 'source', 'sources')}, ${troubled === 0 ? 'all well' : `${troubled} in trouble`}.`,
  timetables: (count) => many(count, 'timetable', 'timetables'),
  read: (good, next) => `${good === null ? 'not read yet' : `read ${good}`}, next check ${next}`,
  delay: (near, minutes) =>
    `changes of today and tomorrow (${many(near, 'timetable', 'timetables')}) ${minutes === null ? 'have not been timed yet' : `arrive within ${minutes} min in 95 % of cases`}`,
  more: (count) => `…and ${count} more.`,
  held: (why, since) => `held since ${since}: ${why}`,
  fails: (why, since, times) => `not read since ${since}: ${why}, ${many(times, 'time', 'times')} in a row`,
  well: () => 'all well',
  kept: (at, why, pages, kilobytes) => `Kept ${at}: ${many(pages, 'page', 'pages')}, ${kilobytes} KB; ${why}`,
  replayed: (at, lessons, skipped, doubt) =>
    `What was kept ${at} can be read: ${many(lessons, 'lesson', 'lessons')}${skipped === 0 ? '' : `, rows not understood: ${skipped}`}. ${doubt === null ? 'No doubt about it.' : `A doubt: ${doubt}.`}`,
  replayFailed: (at, why) => `What was kept ${at} can not be read: ${why}.`,
  deeds: {
    accepted: 'Accepted: the timetable is now as on the site.',
    'not-held': 'There is nothing to accept.',
    held: 'Not accepted: the site has changed once more since, look again.',
    still: 'Read, and still doubtful.',
    busy: 'That source is being read right now. Try again in a minute.',
    same: 'Read, nothing changed.',
    changed: 'Read, the timetable is up to date.',
    gone: 'The kept pages are no more.',
    none: 'There is no such source.',
  },
  retryFailed: (why) => `Not read: ${why}.`,
  wanted: {
    head: (count) => `People ask for ${many(count, 'site', 'sites')}.`,
    label: 'Asked for',
    none: 'Nobody brought a new site.',
    how: 'These sites run on engines I can read. To add one, put the file there, write the name and the zone instead of “?”, and restart me.',
    site: (site, people, last) => `• ${site} – ${many(people, 'person', 'people')}, last ${last}`,
    tried: (timetables, zones) =>
      `I read ${many(timetables, 'timetable', 'timetables')} there for those who asked; the zone, as they said: ${zones}`,
  },
};

export const { sources, wantedSites, sourceFeeds, sourceFeed, noSource } = sourceTexts(SOURCE_WORDS);

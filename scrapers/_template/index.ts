/** A living example of a source: a small university that lists its groups in JSON and prints a group's weeks in HTML. */
import { type Ask, defineSource, type Page, type Parsed, SourceError } from '#source';
import { groupId } from './groups.ts';
import { readTimetable } from './timetable.ts';

const SITE = 'https://rasp.example.edu';

export default defineSource({
  // The folder's name.
  id: '_template',
  name: 'Пример: Институт Примеров',
  // Where the university stands; times on its pages are of this zone.
  zone: 'Europe/Samara',
  site: SITE,
  params: ['group'],

  // Called again after each round of fetching, until it says 'done'.
  plan(ask, pages) {
    const [list, timetable] = pages;
    if (list === undefined) return [{ url: `${SITE}/groups.json` }];
    if (timetable === undefined) return [{ url: `${SITE}/group/${groupId(textOf(list), nameOf(ask))}` }];
    return 'done';
  },

  // Called once, with every page that was planned, in that order.
  parse(pages): Parsed {
    const [, timetable] = pages;
    if (timetable === undefined) throw new SourceError('changed', 'empty', 'the page of the group was not fetched');
    return readTimetable(textOf(timetable));
  },
});

function nameOf(ask: Ask): string {
  const name = ask.group?.trim() ?? '';
  if (name === '') throw new SourceError('unknown-param', 'group', 'no group is named');
  return name;
}

/** A status is the first thing a page says. Each failure has its kind, from which the bot takes its words for people. */
function textOf({ status, body }: Page): string {
  if (status === 401 || status === 403) throw new SourceError('blocked', `http-${status}`, 'the site wants a login');
  if (status === 404) throw new SourceError('unknown-param', 'http-404', 'the site knows no such page');
  if (status >= 500) throw new SourceError('unreachable', `http-${status}`, 'the site is out of order');
  // This site speaks UTF-8; for CP1251 it would be new TextDecoder('windows-1251').
  return new TextDecoder().decode(body);
}

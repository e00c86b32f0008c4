/** A living example of a source: a small university that lists its groups in JSON and prints a group's weeks in HTML. */
import { type Ask, bodyOf, defineSource, type Parsed, SourceError } from '#source';
import { groupId, groupNames } from './groups.ts';
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

  // What there is to ask for, read once a day: people find it by name, and `ask` is what `plan` and `parse` then get.
  catalogue: {
    plan: (_ask, pages) => (pages.length > 0 ? 'done' : [{ url: `${SITE}/groups.json` }]),
    parse: ([list]) => groupNames(list).map((name) => ({ kind: 'group', name, ask: { group: name } })),
  },

  // Called again after each round of fetching, until it says 'done'.
  plan(ask, pages) {
    const [list, timetable] = pages;
    if (list === undefined) return [{ url: `${SITE}/groups.json` }];
    if (timetable === undefined) return [{ url: `${SITE}/group/${groupId(list, nameOf(ask))}` }];
    return 'done';
  },

  // Called once, with every page that was planned, in that order.
  parse(pages): Parsed {
    const [, timetable] = pages;
    // A page that is missing, empty or of a bad status is refused here, each with its kind, from which the bot takes its
    // words for people. The text is read as UTF-8; a site in CP1251 needs refuseStatus and a TextDecoder of its own.
    return readTimetable(bodyOf(timetable));
  },
});

function nameOf(ask: Ask): string {
  const name = ask.group?.trim() ?? '';
  if (name === '') throw new SourceError('unknown-param', 'group', 'no group is named');
  return name;
}

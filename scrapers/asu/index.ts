/** АлтГУ, Барнаул: `list.json` with the university's token; its pages only where the operator chooses so. */
import { type Ask, defineSource, type Page, type Parsed, SourceError } from '#source';
import { catalogue } from './catalogue.ts';
import { pathOf } from './found.ts';
import { found, readList } from './list.ts';
import { linked, readPage } from './page.ts';
import { recognise } from './recognise.ts';
import { modeOf, scheduleRequest, searchRequest, targetOf, windowOf } from './target.ts';

export default defineSource({
  id: 'asu',
  name: 'АлтГУ',
  zone: 'Asia/Barnaul',
  site: 'https://www.asu.ru/timetable/',
  pause: 2,
  params: [],
  options: ['token', 'mode', 'list', 'under'],
  missing: (options) => (modeOf(options) === 'json' && !options.token ? ['token'] : []),
  catalogue,

  recognise,

  plan(ask, pages, span) {
    const target = targetOf(ask);
    const path = target.path === '' ? searched(ask, pages) : target.path;
    if (path === null) return [searchRequest(target, ask)];
    const searches = target.path === '' ? 1 : 0;
    return pages.length > searches ? 'done' : [scheduleRequest(target.view, path, ask, windowOf(span))];
  },

  parse(pages, ask, span): Parsed {
    const page = pages.at(-1);
    const target = targetOf(ask);
    const path = target.path === '' ? searched(ask, pages) : target.path;
    if (page === undefined || path === null) throw new SourceError('changed', 'empty', 'nothing was fetched');
    const window = windowOf(span);
    return modeOf(ask) === 'json' ? readList(page, target, path, window) : readPage(page, target, window);
  },
});

/** The numbers that the first page, a search by name, found; null when it was not fetched yet. @throws SourceError */
function searched(ask: Ask, pages: readonly Page[]): string | null {
  const [page] = pages;
  if (page === undefined) return null;
  const { view, name } = targetOf(ask);
  return pathOf(name, modeOf(ask) === 'json' ? found(page, view) : linked(page, view, 'search'));
}

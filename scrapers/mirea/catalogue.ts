/** The site's search, page by page. */
import { type Ask, fieldsOf, jsonOf, type Listed, type Page, type Request, rowsOf, SourceError, textOf } from '#source';

/** The most one known client asks for at once. */
const LIMIT = '100';
/** Some thousands of names, even where the site gives fewer at once than it was asked for. */
const MOST_PAGES = 400;

/** The search for nothing finds everything: groups, teachers and rooms. `ask.match` narrows it, to a surname say. */
export function planSearch(api: string, ask: Ask, pages: readonly Page[]): readonly Request[] | 'done' {
  const query = new URLSearchParams({ limit: LIMIT, ...(ask.match === undefined ? {} : { match: ask.match }) });
  const last = pages.at(-1);
  if (last !== undefined) {
    const token = textOf(fieldsOf(jsonOf(last), 'answer').nextPageToken);
    if (token === '' || rowsIn(last).length === 0) return 'done';
    if (pages.length >= MOST_PAGES) throw new SourceError('too-big', 'pages', 'the search does not end');
    query.set('pageToken', token);
  }
  return [{ url: `${api}/search?${query}` }];
}

/** @throws SourceError */
export function listed(pages: readonly Page[]): readonly Listed[] {
  if (pages.length === 0) throw new SourceError('changed', 'empty', 'nothing was fetched');
  const found = pages.flatMap(rowsIn).flatMap((row): readonly Listed[] => {
    const kind = KINDS[textOf(row.scheduleTarget)];
    const [id, short, full] = [row.id, row.targetTitle, row.fullTitle].map(textOf);
    const name = kind === 'teacher' ? full || short : short || full;
    return kind === undefined || !id || !name ? [] : [{ kind, name, ask: { kind, id } }];
  });
  // A page that moved while it was turned shows a row twice.
  return [...new Map(found.map((one) => [`${one.kind} ${one.ask.id}`, one])).values()];
}

const KINDS: Readonly<Record<string, Listed['kind']>> = { 1: 'group', 2: 'teacher', 3: 'room' };

function rowsIn(page: Page) {
  return rowsOf(fieldsOf(jsonOf(page), 'answer').data, 'data');
}

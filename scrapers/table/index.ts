/** A flat table by its address: one row is one lesson, the columns are named in words (CSV). */
import { type Ask, defineSource, type Parsed, refuseStatus, SourceError } from '#source';
import { splitRows } from './rows.ts';
import { readSheet } from './sheet.ts';
import { bytesToText, isHtml } from './text.ts';

type Limits = { readonly bytes: number; readonly rows: number };

/** What a person pastes, and what the operator configures. */
const PASTED: Limits = { bytes: 5_000_000, rows: 5_000 };
const CONFIGURED: Limits = { bytes: 64_000_000, rows: 150_000 };

export default defineSource({
  id: 'table',
  name: 'Таблица: одна строка – одно занятие (CSV)',
  params: ['url'],

  plan(ask, pages) {
    if (pages.length > 0) return 'done';
    return [{ url: address(ask), headers: { accept: 'text/csv, text/plain;q=0.5, */*;q=0.1' } }];
  },

  parse(pages, ask, span): Parsed {
    const page = pages.at(-1);
    if (page === undefined) throw new SourceError('changed', 'empty', 'nothing was fetched');
    refuseStatus(page);
    const limits = ask.profile === 'configured' ? CONFIGURED : PASTED;
    if (page.body.length > limits.bytes) throw new SourceError('too-big', 'bytes', `more than ${limits.bytes} bytes`);
    const text = bytesToText(page.body, page.headers['content-type']);
    if (text.trim() === '') throw new SourceError('changed', 'empty', 'the answer is empty');
    if (isHtml(text)) throw new SourceError('changed', 'html', 'a web page came instead of a table');
    return readSheet(splitRows(text, limits.rows), ask.group ?? '', span);
  },
});

function address(ask: Ask): string {
  const url = (ask.url ?? '').trim();
  if (!URL.canParse(url)) throw new SourceError('unknown-param', 'url', 'the address of the table is no address');
  return url;
}

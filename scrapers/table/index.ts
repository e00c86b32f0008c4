/** A table by its address or sent as a file: one row a lesson, or a grid where a column is a group (CSV, .xlsx, .xls). */
import { type Ask, defineSource, type Page, type Parsed, refuseStatus, SourceError, type Span } from '#source';
import { isFlat, readFlat } from './flat.ts';
import { gridsOf } from './grid.ts';
import { readGrids } from './group-lessons.ts';
import { checkZip, kindOf } from './kind.ts';
import { readLayouts } from './layout.ts';
import { splitRows } from './rows.ts';
import { plainSheet, type Sheet } from './sheet.ts';
import { bytesToText, isHtml } from './text.ts';
import { readWorkbook } from './workbook.ts';

/** `unpacked`: what a workbook may unpack to; `bytes`: what a file may weigh. */
type Limits = { readonly bytes: number; readonly rows: number; readonly unpacked: number };

/** What a person pastes, and what the operator configures. */
const PASTED: Limits = { bytes: 5_000_000, rows: 5_000, unpacked: 32_000_000 };
const CONFIGURED: Limits = { bytes: 64_000_000, rows: 150_000, unpacked: 256_000_000 };

const LAYOUTS = readLayouts();

export default defineSource({
  id: 'table',
  name: 'Таблица: CSV и Excel, строка – занятие или столбец – группа',
  params: ['url'],

  plan(ask, pages) {
    if (pages.length > 0) return 'done';
    return [{ url: address(ask), headers: { accept: 'text/csv, text/plain;q=0.5, */*;q=0.1' } }];
  },

  parse(pages, ask, span): Parsed {
    const page = pages.at(-1);
    if (page === undefined) throw new SourceError('changed', 'empty', 'nothing was fetched');
    refuseStatus(page);
    return readSheets(sheetsOf(page, ask.profile === 'configured' ? CONFIGURED : PASTED), ask, span);
  },
});

function sheetsOf(page: Page, limits: Limits): readonly Sheet[] {
  const { body } = page;
  if (body.length > limits.bytes) throw new SourceError('too-big', 'bytes', `more than ${limits.bytes} bytes`);
  const kind = kindOf(body);
  if (kind === 'pdf') throw new SourceError('changed', 'pdf', 'a PDF came instead of a table');
  if (kind === 'zip') checkZip(body, limits.unpacked);
  if (kind !== 'text') return readWorkbook(body, limits.rows);
  const text = bytesToText(body, page.headers['content-type']);
  if (text.trim() === '') throw new SourceError('changed', 'empty', 'the answer is empty');
  if (isHtml(text)) throw new SourceError('changed', 'html', 'a web page came instead of a table');
  return [plainSheet(splitRows(text, limits.rows))];
}

function readSheets(sheets: readonly Sheet[], ask: Ask, span: Span): Parsed {
  // A layout is known by more than its columns, and a grid may happen to name those of the template.
  const grids = gridsOf(sheets, LAYOUTS, ask.layout);
  if (grids.length > 0) return readGrids(grids, ask, span);
  const flat = ask.layout === undefined ? sheets.find(isFlat) : undefined;
  if (flat !== undefined) return readFlat(flat, ask, span);
  const [first] = sheets;
  if (first === undefined)
    throw new SourceError('changed', 'empty', 'the workbook has no visible sheet with anything in it');
  // No layout fits: the columns that the template needs are named.
  return readFlat(first, ask, span);
}

function address(ask: Ask): string {
  const url = (ask.url ?? '').trim();
  if (!URL.canParse(url)) throw new SourceError('unknown-param', 'url', 'the address of the table is no address');
  return url;
}

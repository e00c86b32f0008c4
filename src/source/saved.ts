/** A reading on disk, in the shape of a fixture: `ask.json` says what was asked for which days, `pages/` holds the answers in order. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate as breathe } from 'node:timers/promises';
import type { Ask, Page, Span } from './contract.ts';
import { strikePersonal } from './personal.ts';

/** An answer as it is kept: of its headers only the type, of its request nothing, since an address may hold a token. */
export type SavedPage = Pick<Page, 'status' | 'headers' | 'body'>;

type Listed = { readonly file: string; readonly status: number; readonly headers: Page['headers'] };

/** Writes `ask.json` and `pages/` into a folder that is there already; what pages tell of people beside their lessons is struck out. */
export async function savePages(
  folder: string,
  { ask, span, pages }: { ask: Ask; span: Span; pages: readonly SavedPage[] },
): Promise<void> {
  await mkdir(join(folder, 'pages'), { mode: 0o700, recursive: true });
  const listed = pages.map(
    ({ status, headers }, index): Listed => ({
      file: `${String(index + 1).padStart(2, '0')}.${extensionOf(headers)}`,
      status,
      headers: headers['content-type'] === undefined ? {} : { 'content-type': headers['content-type'] },
    }),
  );
  for (const [index, { file }] of listed.entries()) {
    const body = Buffer.from(pages[index]?.body ?? []);
    // A page may be made so that this takes long: others have their turn meanwhile.
    for (const _ of strikePersonal(body)) await breathe();
    await writeFile(join(folder, 'pages', file), body, { mode: 0o600 });
  }
  await writeFile(join(folder, 'ask.json'), `${JSON.stringify({ ask, span, pages: listed }, null, 2)}\n`, {
    mode: 0o600,
  });
}

/** What `savePages` wrote. Rejects where a file is missing. */
export async function loadPages(folder: string): Promise<{ ask: Ask; span: Span; pages: readonly SavedPage[] }> {
  const { ask, span, pages }: { ask: Ask; span: Span; pages: readonly Listed[] } = JSON.parse(
    await readFile(join(folder, 'ask.json'), 'utf8'),
  );
  const loaded = pages.map(async ({ file, status, headers }) => ({
    status,
    headers,
    body: new Uint8Array(await readFile(join(folder, 'pages', file))),
  }));
  return { ask, span, pages: await Promise.all(loaded) };
}

function extensionOf(headers: Page['headers']): string {
  const type = headers['content-type'] ?? '';
  return (['json', 'html', 'calendar', 'csv'].find((one) => type.includes(one)) ?? 'txt').replace('calendar', 'ics');
}

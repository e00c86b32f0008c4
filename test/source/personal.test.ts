/** What is written down of a site's pages names nobody's mail, telephone, birthday or login, and reads as the pages themselves do. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { finish } from '../../src/domain/steps.ts';
import { loadSource } from '../../src/source/load.ts';
import { strikePersonal } from '../../src/source/personal.ts';
import { loadPages, savePages } from '../../src/source/saved.ts';
import { strike } from '../../src/source/secrets.ts';
import { casesOf, outcomeOf, travel } from './saved.ts';

const made: string[] = [];
afterAll(() => {
  for (const folder of made) rmSync(folder, { recursive: true });
});

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'zvonok-personal-'));
  made.push(folder);
  return folder;
}

function struck(text: string): string {
  const bytes = Buffer.from(text);
  finish(strikePersonal(bytes));
  return new TextDecoder().decode(bytes);
}

test.each([
  ['{"lecturerEmail":"anna.orlova@fa.ru"}', '{"lecturerEmail":"xxxxxxxxxxxxxxxxx"}'],
  ['[{"email": "орлова"}]', '[{"email": "xxxxxxxxxxxx"}]'],
  [String.raw`{"author":"FADOMAIN\\USER","b":1}`, '{"author":"xxxxxxxxxxxxxx","b":1}'],
  ['{"author":"А. С. Пушкин"}', '{"author":"А. С. Пушкин"}'],
  [
    String.raw`{"phone":"+7 (900) \"1\"","birthday":"1970-01-01"}`,
    '{"phone":"xxxxxxxxxxxxxx","birthday":"xxxxxxxxxx"}',
  ],
  ['{"phone":79001234567,"id":79001234567}', '{"phone":11111111111,"id":79001234567}'],
  ['{"phone":null,"email":"","login":[]}', '{"phone":null,"email":"","login":[]}'],
  ['{"note":"пиши на anna_o+1@mail.uni.ru."}', '{"note":"пиши на xxxxxxxx@xxxx.xxx.xx."}'],
  ['<a href="mailto:a.b@c.ru">a.b@c.ru</a>', '<a href="mailto:x.x@x.xx">x.x@x.xx</a>'],
  ['\ufeff{"email":"a"}', '\ufeff{"email":"x"}'],
  ['@ @@ a@ @b a@b', '@ @@ a@ @b a@b'],
  [
    '{"url1":"https://teams.microsoft.com/l/19:meeting_a@thread.v2/0"}',
    '{"url1":"https://teams.microsoft.com/l/19:meeting_a@thread.v2/0"}',
  ],
  ['{"email":"cut', '{"email":"xxx'],
])('%s', (text, wanted) => {
  expect(struck(text)).toBe(wanted.replace(/^\ufeff/, ''));
});

test('in a calendar an event keeps its name, people lose theirs', () => {
  const [uid, organizer] = ['UID:040000@google.com', 'ORGANIZER;CN=А:mailto:anna@uni.ru'];
  expect(struck(`BEGIN:VCALENDAR\r\n${uid}\r\n${organizer}\r\n`)).toBe(
    `BEGIN:VCALENDAR\r\n${uid}\r\nORGANIZER;CN=А:mailto:xxxx@xxx.xx\r\n`,
  );
});

test.each([
  ['at signs', '@'.repeat(2_000_000)],
  ['letters', 'a'.repeat(2_000_000)],
  ['open members', `{${'"email":"'.repeat(200_000)}`],
  ['dots', `a@${'b.'.repeat(1_000_000)}`],
  ['mail upon mail', 'a@b.c+'.repeat(1_000_000)],
  ['ways to mail', `BEGIN:VCALENDAR${'mailto:a@b.c+'.repeat(300_000)}`],
])('%s without end cost no more than their length', (_what, text) => {
  expect(struck(text)).toHaveLength(text.length);
});

const SECRET = '/secret.ics';
test.each([
  ['mail', 'a@b.c ', strikePersonal],
  ['members', '{"mail":"",', strikePersonal],
  ['the secret of its own address', SECRET, (bytes: Buffer) => strike(bytes, [SECRET])],
])('a page full of %s is struck out in pieces, between which others have their turn', (_what, unit, work) => {
  const bytes = Buffer.from(unit.repeat(2_000_000 / unit.length));
  expect([...work(bytes)].length).toBeGreaterThan(10);
});

test.each(['ruz', 'etu', 'mmis', 'spbpu', 'spbu', 'tsu'])(
  '%s: pages on disk read as the pages themselves',
  async (id) => {
    const source = await loadSource(id);
    for (const one of casesOf(id)) {
      const { pages, outcome } = travel(source, one);
      const folder = newFolder();
      await savePages(folder, { ask: one.ask, span: one.span, pages });
      const saved = (await loadPages(folder)).pages;
      const again = outcomeOf(() =>
        source.parse(
          pages.map((page, index) => ({ ...page, ...saved[index] })),
          one.ask,
          one.span,
        ),
      );
      expect(again, `${id} ${one.name}`).toEqual(outcome);
      const written = saved.map(({ body }) => new TextDecoder().decode(body)).join('\n');
      expect(written).not.toMatch(/example\.invalid|DOMAIN|REDACTED/);
    }
  },
);

test('the folder of a recorded case is read back byte by byte where nobody is named', async () => {
  const folder = newFolder();
  const body = new TextEncoder().encode('{"group":"ПИ-21","lessons":[]}');
  await savePages(folder, {
    ask: { group: 'ПИ-21' },
    span: { from: '2026-09-01', to: '2026-10-01', zone: 'Europe/Moscow' },
    pages: [{ status: 200, headers: { 'content-type': 'application/json' }, body }],
  });
  expect(readFileSync(join(folder, 'pages', '01.json'))).toEqual(Buffer.from(body));
});

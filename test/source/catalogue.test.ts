/** Universities and their catalogues as the program reads them: real sources in a real child, a site on loopback. */
import { expect, onTestFinished, test } from 'vitest';
import type { Listed } from '../../src/source/contract.ts';
import { openSources, type Sources, UnknownSource } from '../../src/source/host.ts';
import { listedBy } from '../../src/source/listed.ts';
import { scrapersWith } from '../support/scrapers.ts';
import { refusal, site } from './site.ts';

const SPAN = { from: '2026-09-01', to: '2027-02-01', zone: 'Europe/Moscow' };

type Said = { readonly facts: object; readonly text: string };

function opened(
  options: { scrapers?: string; only?: string[]; env?: Record<string, string>; own?: string[] } = {},
): Sources & { said: Said[] } {
  const said: Said[] = [];
  const quiet = (): void => undefined;
  const warn = (facts: object, text = '') => void said.push({ facts, text });
  const { scrapers, only = [], env = {}, own = [] } = options;
  const log = { debug: quiet, info: quiet, warn, error: warn };
  const sources = openSources({
    allow: ['127.0.0.0/8'],
    own,
    only,
    env,
    log,
    ...(scrapers === undefined ? {} : { scrapers }),
  });
  onTestFinished(() => sources.close());
  return { ...sources, said };
}

function copied(from: string, as: string, change: (text: string) => string): string {
  const { folder, remove } = scrapersWith([{ from, as, change }]);
  onTestFinished(remove);
  return folder;
}

const keys = async (sources: Sources): Promise<string[]> => (await sources.universities()).map(({ key }) => key);

test('every university of every folder, but for those that miss an option: one line in the log', async () => {
  const sources = opened();
  const all = await sources.universities();
  expect(all.map(({ key }) => key)).toEqual(expect.arrayContaining(['bmstu', 'tsu', 'ruz:hse', 'mmis:dstu', 'etu']));
  expect(all.find(({ key }) => key === 'ruz:hse')).toEqual({
    key: 'ruz:hse',
    source: 'ruz',
    name: 'НИУ ВШЭ',
    zone: 'Europe/Moscow',
    ask: { university: 'hse' },
  });
  // Calendars and tables are read by address: there is nothing to list.
  expect(all.filter(({ source }) => ['asu', 'spbu', 'ics', 'table'].includes(source))).toEqual([]);
  expect(sources.said.map(({ facts }) => facts)).toEqual([
    { source: 'asu', needs: ['SOURCE_ASU_TOKEN'] },
    { source: 'spbu', needs: ['SOURCE_SPBU_DIVISION'] },
  ]);
  await sources.universities();
  expect(sources.said).toHaveLength(2);
});

test.each([
  [{ only: ['asu'], env: { SOURCE_ASU_TOKEN: 'secret-1' } }, ['asu']],
  [{ only: ['asu'], env: { SOURCE_ASU_MODE: 'html' } }, ['asu']],
  [{ only: ['asu'] }, []],
  [{ only: ['ruz:hse', 'bmstu'] }, ['bmstu', 'ruz:hse']],
  [{ only: ['mmis'] }, ['mmis:bspu', 'mmis:dongau', 'mmis:dstu', 'mmis:kosgos', 'mmis:sibadi']],
])('%j switches on %j', async (options, wanted) => {
  const sources = opened(options);
  expect(await keys(sources)).toEqual(wanted);
  expect(JSON.stringify(sources.said)).not.toContain('secret');
});

test('what is not there is said by name, never by value', async () => {
  expect(() => opened({ only: ['asuu'] })).toThrow(UnknownSource);
  expect(() => opened({ env: { SOURCE_ASUU_TOKEN: 'secret-1' } })).toThrow(/SOURCE_ASUU_TOKEN: (?!.*secret)/);
  await expect(opened({ only: ['ruz:hsee'] }).universities()).rejects.toThrow('SOURCES: нет университета ruz:hsee');
  const odd = opened({ only: ['bmstu'], env: { SOURCE_BMSTU_WEEK2: 'secret-1' } });
  expect(await keys(odd)).toEqual(['bmstu']);
  expect(odd.said).toEqual([{ facts: { variable: 'SOURCE_BMSTU_WEEK2' }, text: 'no such option of this source' }]);
});

test('a university that is not switched on is not read either', async () => {
  const sources = opened({ only: ['ruz:fa'] });
  const ask = { university: 'hse', group: 'БПИ251', id: '1' };
  expect((await refusal(sources.read('ruz', ask, SPAN, 'configured'))).what).toBe('refused source-off');
});

test('a catalogue is read by the same polite client, and the same pages are not read twice', async () => {
  const asked: string[] = [];
  const { origin } = await site((request, response) => {
    asked.push(`${request.url} ${request.headers['user-agent']?.split('/')[0]}`);
    response.end('[{"id":7,"name":"ПИ-21"},{"id":8,"name":"ПИ-22"},{"id":9,"name":" ПИ-22 "},{"id":10,"name":"—"}]');
  });
  const change = (text: string) =>
    text.replaceAll('https://rasp.example.edu', origin).replace("'_template'", "'institute'");
  const sources = opened({
    own: [new URL(origin).host],
    scrapers: copied('_template', 'institute', change),
  });
  const [institute] = await sources.universities();
  if (institute === undefined) throw new Error('the copy is no source');
  expect(institute).toMatchObject({ key: 'institute', zone: 'Europe/Samara', ask: {} });
  const first = await sources.readCatalogue(institute, SPAN, '');
  if (first.status !== 'read') throw new Error('a first reading is whole');
  expect(first.listed).toEqual([
    { kind: 'group', name: 'ПИ-21', ask: { group: 'ПИ-21' } },
    { kind: 'group', name: 'ПИ-22', ask: { group: 'ПИ-22' } },
  ]);
  expect(await sources.readCatalogue(institute, SPAN, first.fingerprint)).toEqual({ status: 'unchanged' });
  expect(asked).toEqual(['/groups.json zvonok', '/groups.json zvonok']);
});

test('options reach the source and are no part of what it lists', async () => {
  const tokens: (string | null)[] = [];
  const { origin } = await site((request, response) => {
    const url = new URL(request.url ?? '', 'http://x');
    tokens.push(url.searchParams.get('api_token'));
    response.end(
      url.pathname === '/timetable/students/'
        ? '{"faculties":{"records":[{"facultyId":15,"facultyTitle":"ИМИТ"}]}}'
        : '{"groups":{"records":[{"groupId":1,"groupCode":"5.205-1","path":"15/1/"}]}}',
    );
  });
  const change = (text: string) => text.replaceAll('https://www.asu.ru', origin);
  const scrapers = copied('asu', 'asu', change);
  const sources = opened({
    own: [new URL(origin).host],
    scrapers,
    env: { SOURCE_ASU_TOKEN: 'secret-1', SOURCE_ASU_LIST: 'groups' },
  });
  const [asu] = await sources.universities();
  if (asu === undefined) throw new Error('the copy is no source');
  const read = await sources.readCatalogue(asu, SPAN, '');
  expect(read).toMatchObject({ listed: [{ name: '5.205-1', ask: { group: '5.205-1', path: '15/1' } }] });
  expect(tokens).toEqual(['secret-1', 'secret-1']);
  expect(JSON.stringify([asu, read, sources.said])).not.toContain('secret');
});

test.each<[string, readonly Listed[], readonly Listed[]]>([
  [
    'the name is in the ask, so that no two entries ask the same',
    [{ kind: 'teacher', name: '  Иванов  И. И. ', ask: { kind: 'teacher', id: '5' } }],
    [{ kind: 'teacher', name: 'Иванов И. И.', ask: { kind: 'teacher', id: '5', teacher: 'Иванов И. И.' } }],
  ],
  [
    'of one name the one with the greatest number',
    [
      { kind: 'group', name: 'А', ask: { id: '9' } },
      { kind: 'group', name: 'А', ask: { id: '10' } },
      { kind: 'room', name: 'А', ask: { id: '1' } },
    ],
    [
      { kind: 'group', name: 'А', ask: { id: '10', group: 'А' } },
      { kind: 'room', name: 'А', ask: { id: '1', room: 'А' } },
    ],
  ],
  ['names without a letter or a digit are none', [{ kind: 'group', name: ' — ', ask: {} }], []],
])('%s', (_, entries, wanted) => {
  expect(listedBy(entries)).toEqual(wanted);
});

/** What a page leads to: which of its links and files are offered, how they are called, and what is no lead. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createRefresh } from '../../src/flows/catalogue.ts';
import { leadOf } from '../../src/flows/page.ts';
import { listWanted } from '../../src/store/index.ts';
import { type CampusStage, openCampus } from './campus.ts';

let stage: CampusStage;

beforeAll(async () => {
  stage = await openCampus('2026-09-14', '08:00');
  stage.site.fa.groups = Array.from({ length: 30 }, (_, n) => ({ id: n + 1, name: `ПИ-${n + 1}` }));
  stage.site.fa.teachers = [{ id: 50, name: 'Иванов Иван Иванович' }];
  stage.site.hse.groups = [{ id: 1, name: 'ПИ-1' }];
  await createRefresh(stage.world)();
}, 60_000);
afterAll(() => stage.close());

const OWN = 'https://portal.example/page';
const group = (id: number, words = '') => ({ address: `http://${stage.site.host}/fa/schedule/group/${id}`, words });
const lead = (links: { address: string; words: string }[], files: string[] = []) =>
  leadOf(stage.world, { url: OWN, files, links, by: 7 });

async function switchedOff(addresses: readonly string[]) {
  const found = await stage.world.stranger(addresses);
  return found === null ? null : { ...found, on: false };
}

/** What the buttons of a choice say. */
async function names(links: { address: string; words: string }[], files: string[] = []) {
  const found = await lead(links, files);
  if (found?.of !== 'choice') throw new Error(`no choice: ${found?.of}`);
  return { names: found.choices.map(({ name }) => name), more: found.more, among: found.among };
}

test('one timetable, linked to as often as you like, is that one', async () => {
  expect(await lead([group(3), group(3, 'Пары'), { address: 'https://ruz.fa.ru/', words: 'РУЗ' }])).toEqual({
    of: 'entry',
    id: expect.stringMatching(/^№\d+$/),
  });
});

test('several are called as the page calls them; by the catalogue where the page says nothing or the same of two', async () => {
  expect(await names([group(1, 'Первая'), group(2), group(3, 'Открыть'), group(4, 'Открыть')])).toEqual({
    names: ['Первая', 'ПИ-2', 'ПИ-3', 'ПИ-4'],
    more: false,
    among: ['ruz:fa'],
  });
});

test('ten are offered; files beside them too', async () => {
  const many = Array.from({ length: 30 }, (_, n) => group(n + 1, `Группа ${n + 1}`));
  expect(await names(many)).toMatchObject({ names: { length: 10 }, more: true });
  const some = [group(1, 'Первая')];
  expect(await names(some, ['https://portal.example/a.xlsx Все', 'https://portal.example/b.ics'])).toMatchObject({
    names: ['Первая', 'Все', '…https://portal.example/b.ics'],
  });
  // The calendar of an entry is the entry.
  expect(await lead(some, [`${group(1).address} Первая`])).toMatchObject({ of: 'entry' });
});

test('a number that the catalogue does not know is a group of its university; files come before a guess', async () => {
  expect(await lead([group(999)])).toMatchObject({ of: 'university', among: ['ruz:fa'] });
  expect(await lead([group(999)], ['https://portal.example/a.ics'])).toBeNull();
});

test('what leads to nothing we know is no lead, and nobody asked for it', async () => {
  expect(await lead([{ address: 'https://portal.example/news', words: 'Новости' }])).toBeNull();
  expect(await listWanted(stage.world.store.db)).toEqual([]);
  expect(await lead([{ address: 'https://rasp.example/ruz/main', words: '' }])).toMatchObject({
    of: 'stranger',
    engine: 'РУЗ (Галактика)',
    source: 'ruz',
    site: 'https://rasp.example/ruz/main',
    entry: null,
    on: true,
  });
  // It is tried next, and kept for operators once it answers: whoever makes up a page with such a link fills no list either.
  expect(await listWanted(stage.world.store.db)).toEqual([]);
  // What can not be tried, its engine being switched off, is kept at once.
  const off = { ...stage.world, stranger: switchedOff };
  const links = [{ address: 'https://rasp.example/ruz/main', words: '' }];
  expect(await leadOf(off, { url: OWN, files: [], links, by: 7 })).toMatchObject({ of: 'stranger', on: false });
  expect(await listWanted(stage.world.store.db)).toMatchObject([{ source: 'ruz', people: 1 }]);
});

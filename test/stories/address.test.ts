/** A person pastes an address copied from the site of a university: its group at once, or the question which one. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openStory, type Story } from '../support/story.ts';
import { openUniversities, type Universities } from '../support/university.ts';

let site: Universities;
let story: Story;
let anya: number;

beforeEach(async () => {
  site = await openUniversities();
  site.fa.groups = [
    { id: 1, name: 'ПИ-21' },
    { id: 3, name: 'ТРС-23' },
  ];
  site.hse.groups = [{ id: 7, name: 'ПИ-21' }];
  site.fa.lessons = {
    'group/1': [{ day: '2026-09-15', subject: 'Физика' }],
    'group/3': [{ day: '2026-09-15', subject: 'Философия' }],
  };
  const { host, scrapers } = site;
  story = await openStory({ at: ['2026-09-14', '12:00'], allow: [host], sources: 'ruz', scrapers });
  await story.app.refreshCatalogues();
  site.asked.length = 0;
  anya = story.vk.addPerson({ firstName: 'Аня' });
});
afterEach(async () => {
  await story.close();
  await site.close();
});

test('an address that names one group is that group at once', async () => {
  const chosen = await story.ask(anya, anya, `http://${site.host}/fa/schedule/group/3?start=2026.09.14`);
  expect(chosen.text).toContain('«ТРС-23»');
  expect(chosen.text).toContain('Философия');
});

test('the site of a university: it is asked which group, and the words are searched there alone', async () => {
  const asked = await story.ask(anya, anya, 'https://ruz.fa.ru/ruz/main');
  expect(asked.text).toContain('Финансовый университет');
  expect(asked.text).toMatch(/какая группа/i);
  // Only the address was looked at.
  expect(site.asked).toEqual([]);
  const chosen = await story.ask(anya, anya, 'пи 21');
  expect(chosen.text).toContain('«ПИ-21», Финансовый университет');
  expect(chosen.text).toContain('Физика');
});

test('the site and the group in one message need no question', async () => {
  const chosen = await story.ask(anya, anya, 'ПИ-21 https://ruz.fa.ru/ruz/main');
  expect(chosen.text).toContain('«ПИ-21», Финансовый университет');
});

test('a name that is not there does not make it forget whose groups are meant', async () => {
  await story.ask(anya, anya, 'https://ruz.fa.ru/ruz/main');
  expect((await story.ask(anya, anya, 'ЯЯ-99')).text).toContain('ЯЯ-99');
  expect((await story.ask(anya, anya, 'ПЕ-21')).text).toMatch(/ПИ-21.*Финансовый университет/s);
  const chosen = await story.ask(anya, anya, 'пи 21');
  expect(chosen.text).toContain('«ПИ-21», Финансовый университет');
});

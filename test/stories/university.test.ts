/** A university's site on this machine: its list is read, people find their group whatever they type, and a new year's numbers change nothing for them. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openStory, type Story } from '../support/story.ts';
import { openUniversities, type Universities } from '../support/university.ts';

const DAY = 86_400_000;
let site: Universities;
let story: Story;
let folder: string;

beforeEach(async () => {
  site = await openUniversities();
  site.fa.groups = [
    { id: 1, name: 'ПИ-21' },
    { id: 2, name: 'ПИ-22' },
    { id: 3, name: 'ТРС-23' },
  ];
  site.fa.teachers = [{ id: 50, name: 'Иванов Иван Иванович' }];
  site.fa.lessons = {
    'group/3': [
      { day: '2026-09-15', subject: 'Математический анализ' },
      { day: '2026-09-16', subject: 'Физика' },
    ],
    'lecturer/50': [{ day: '2026-09-15', subject: 'Математический анализ' }],
  };
  const { host, scrapers } = site;
  folder = mkdtempSync(join(tmpdir(), 'story-'));
  const database = `sqlite:${join(folder, 'story.db')}`;
  story = await openStory({ at: ['2026-09-14', '12:00'], allow: [host], sources: 'ruz:fa', scrapers, database });
  await story.app.refreshCatalogues();
});
afterEach(async () => {
  await story.close();
  await site.close();
  rmSync(folder, { recursive: true });
});

test('from the list of a university to a timetable in one message, and through the summer', async () => {
  expect(site.asked).toEqual(['/fa/dictionary/groups', '/fa/dictionary/lecturers', '/fa/dictionary/auditoriums']);
  const anya = story.vk.addPerson({ firstName: 'Аня' });
  const boris = story.vk.addPerson({ firstName: 'Борис' });

  // Every letter is a Latin look-alike but one; then a typo.
  const found = await story.ask(anya, anya, 'tРc 23');
  expect(found.text).toContain('Готово: «ТРС-23», Финансовый университет.');
  expect(found.text).toContain('Математический анализ');
  const close = await story.ask(boris, boris, 'ТРФ-23');
  expect(close.text).toContain('Ты про «ТРС-23», Финансовый университет?');
  expect((await story.ask(boris, boris, 'да')).text).toContain('Математический анализ');
  expect((await story.ask(boris, boris, 'преподаватель Иванов завтра')).text).toContain('Математический анализ');
  expect(site.asked.filter((path) => path.includes('schedule'))).toEqual([
    '/fa/schedule/group/3',
    '/fa/schedule/lecturer/50',
  ]);

  // Nothing survives in memory alone.
  await story.restart();

  // The next year: the same names, other numbers; the old ones are gone.
  site.fa.groups = site.fa.groups.map(({ id, name }) => ({ id: id + 100, name }));
  site.fa.lessons = { 'group/103': [{ day: '2027-09-15', subject: 'Философия' }] };
  story.clock.set(Date.parse('2027-09-13T09:00:00Z'));
  await story.app.importNow();
  await story.app.refreshCatalogues();
  await story.app.importNow();
  story.clock.move(DAY);
  expect((await story.ask(anya, anya, 'завтра')).text).toContain('Философия');
  expect(story.troubles.filter(({ text }) => /held|failed/.test(text))).toEqual([]);
}, 60_000);

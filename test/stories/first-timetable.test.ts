/** Promise 1: from «Начать» to the first timetable in two messages; typos forgiven in letters, never in digits. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createByHand } from '../../src/flows/edit.ts';
import { lesson } from '../support/make.ts';
import { openStory, type Story } from '../support/story.ts';

let story: Story;
let boris: number;

beforeEach(async () => {
  story = await openStory({ at: ['2026-09-14', '12:00'] });
  const anya = story.vk.addPerson({ firstName: 'Аня' });
  boris = story.vk.addPerson({ firstName: 'Борис' });
  for (const name of ['ПИ-21', 'ПИ-22', 'ЭК-21'])
    await createByHand(story.app.world, {
      name,
      by: anya,
      peer: anya,
      bells: [],
      term: { start: '2026-09-01', end: '2027-01-31', week1: '2026-08-31' },
      lessons: [
        lesson({
          subject: `Пара ${name}`,
          times: { on: 'weekly', weekday: 2, weeks: 'every', start: '09:45', end: '11:20' },
        }),
      ],
    });
});
afterEach(() => story.close());

test('«Начать», then the group: the nearest day with lessons', async () => {
  const hello = await story.ask(boris, boris, 'Начать');
  expect(hello.text).toMatch(/групп/i);
  const shown = await story.ask(boris, boris, 'ПИ-21');
  expect(shown.text).toContain('Пара ПИ-21');
  expect(shown.text).toContain('09:45–11:20');
});

test.each(['пи21', 'ПИ 21', 'пи–21', 'ПИ_21'])('«%s» is ПИ-21', async (words) => {
  const shown = await story.ask(boris, boris, words);
  expect(shown.text).toContain('Пара ПИ-21');
});

test('a typo in letters is asked about, never assumed', async () => {
  const asked = await story.ask(boris, boris, 'ПВИ-21');
  expect(asked.text).toContain('ПИ-21');
  expect(asked.text).toContain('?');
  expect(asked.text).not.toContain('Пара');
});

test('a wrong digit is another group', async () => {
  const answer = await story.ask(boris, boris, 'ПИ-23');
  expect(answer.text).not.toContain('Пара');
});

test('another group, once', async () => {
  await story.ask(boris, boris, 'ПИ-21');
  const once = await story.ask(boris, boris, 'ПИ-22 завтра');
  expect(once.text).toContain('Пара ПИ-22');
  const own = await story.ask(boris, boris, 'завтра');
  expect(own.text).toContain('Пара ПИ-21');
});

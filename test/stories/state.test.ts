/** Who runs the bot sees how it does, in its own conversation. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openStory, type Story } from '../support/story.ts';

const OPERATOR = 500;
let story: Story;

beforeEach(async () => {
  story = await openStory({ at: ['2026-09-14', '09:00'], operators: [OPERATOR] });
});
afterEach(() => story.close());

test('«состояние» is for operators, and not for a chat', async () => {
  story.vk.addPerson({ firstName: 'Оля', id: OPERATOR });
  const anya = story.vk.addPerson({ firstName: 'Аня' });
  await story.ask(OPERATOR, OPERATOR, 'Начать');
  const { text } = await story.ask(OPERATOR, OPERATOR, 'Состояние');
  expect(text.split('\n')).toEqual([
    'За неделю ничего не отправлено.',
    'За сутки ничего не отправлено.',
    'Очередь пуста.',
    'Ничего не опоздало.',
    'Нельзя написать, пока не напишут сами: 0.',
    expect.stringMatching(/^Расписаний из источников \d+: не читается 0, придержано 0\.$/),
    expect.stringMatching(/^Вызовов VK в секунду за минуту: 0,\d \(предел 20\)\.$/),
  ]);
  expect((await story.ask(anya, anya, 'состояние')).text).not.toContain('За неделю');
});

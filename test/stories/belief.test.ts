/** It never cries wolf: a calendar that goes wrong is held, its owner and the operators decide, and followers hear only what is true. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type CalendarServer, calendarServer, type Event } from '../support/calendar.ts';
import { openStory, type Story } from '../support/story.ts';

const MINUTE = 60_000;
const OPERATOR = 500;

let calendar: CalendarServer;
let story: Story;
let anya: number;
let boris: number;

/** Two weeks of two lessons a day. */
const events = Array.from({ length: 20 }, (_, n): Event => {
  const day = `202609${String(14 + Math.floor(n / 2) + (n >= 10 ? 2 : 0)).padStart(2, '0')}`;
  const hour = n % 2 === 0 ? '10' : '12';
  return {
    start: `${day}T${hour}0000`,
    end: `${day}T${hour}5000`,
    subject: `Предмет ${n % 7}`,
    room: '404Л',
    uid: `${n}`,
  };
});

beforeEach(async () => {
  calendar = await calendarServer(events, 'ИВТ-11');
  story = await openStory({ at: ['2026-09-14', '09:00'], allow: [calendar.host], operators: [OPERATOR] });
  anya = story.vk.addPerson({ firstName: 'Аня' });
  boris = story.vk.addPerson({ firstName: 'Борис' });
  story.vk.addPerson({ firstName: 'Оля', id: OPERATOR });
});
afterEach(async () => {
  await story.close();
  await calendar.close();
});

/** Twenty minutes pass, the sources are read, what is due is sent; returns what the bot said meanwhile. */
async function later(peer: number): Promise<string[]> {
  const before = story.heard(peer).length;
  for (let step = 0; step < 2; step += 1) {
    story.clock.move(10 * MINUTE);
    await story.app.importNow();
    await story.tick();
  }
  return story
    .heard(peer)
    .slice(before)
    .map(({ text }) => text);
}

test('hold → the owner is asked by a button → pressed → told as changes; the other follower hears nothing before', async () => {
  await story.ask(anya, anya, calendar.url);
  await story.ask(boris, boris, calendar.url);
  calendar.events = events.slice(0, 9);

  const asked = await later(anya);
  expect(asked).toHaveLength(1);
  expect(asked[0]).toContain('пропало больше трети занятий');
  expect(story.heard(boris).at(-1)?.text).not.toContain('трети');
  expect((await story.ask(anya, anya, 'завтра')).text).toContain('расписание от 14 сентября, 09:00');
  expect(readdirSync(join(story.data, 'pages', 'ics'))).toHaveLength(1);

  // A stranger's word is not enough, whatever the button says.
  expect((await story.ask(boris, boris, 'принять ИВТ-11')).text).toContain('Принять может тот');
  const answer = await story.ask(anya, anya, 'принять ИВТ-11');
  expect(answer.text).toContain('Принял');
  const told = await later(boris);
  expect(told.join('\n')).toContain('Изменения · ИВТ-11');
  expect((await story.ask(anya, anya, 'завтра')).text).not.toContain('расписание от');
});

test('«источники» is for operators, who see the held calendar, replay what was kept and accept it', async () => {
  await story.ask(anya, anya, calendar.url);
  calendar.events = [];
  await later(anya);

  const stranger = await story.ask(anya, anya, 'источники');
  expect(stranger.text).not.toContain('pasted');
  await story.ask(OPERATOR, OPERATOR, 'Начать');
  const list = await story.ask(OPERATOR, OPERATOR, 'источники');
  expect(list.text).toContain('Присланные календари (pasted)');
  expect(list.text).toContain('придержано 1 из 1');
  const one = await story.ask(OPERATOR, OPERATOR, 'источники pasted');
  const id = /№(\d+)/.exec(one.text)?.[1] ?? '';
  expect(one.text).not.toContain('ИВТ-11');
  const replayed = await story.ask(OPERATOR, OPERATOR, `источник ${id} разобрать`);
  expect(replayed.text).toMatch(/Сохранённое от .* не читается|Сохранённое от .* читается: 0 занятий/);
  const refused = await story.ask(anya, anya, `источник ${id} принять`);
  expect(refused.text).not.toContain('Принято');

  calendar.events = events;
  const again = await story.ask(OPERATOR, OPERATOR, `источник ${id} повторить`);
  expect(again.text).toMatch(/Прочитано/);
  expect(again.text).toContain('В порядке');
});

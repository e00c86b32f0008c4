/** A table comes as a file: a group is chosen, its lessons are followed, a newer file of the same name tells what changed. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { utils, write } from '@e965/xlsx';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { NEVER } from '../../src/domain/polling.ts';
import { feedOf, listOwned } from '../../src/store/index.ts';
import { openStory, type Story } from '../support/story.ts';

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;
let story: Story;
let anya: number;

beforeEach(async () => {
  story = await openStory({ at: ['2026-09-14', '07:50'], files: true });
  anya = story.vk.addPerson({ firstName: 'Аня' });
});
afterEach(() => story.close());

/** A workbook of a methodist: one row is one lesson. */
function workbook(rows: readonly (readonly string[])[]): Uint8Array {
  const header = ['группа', 'день', 'начало', 'конец', 'предмет', 'аудитория'];
  const book = utils.book_new();
  const sheet = utils.aoa_to_sheet([['Семестр', '01.09.2026', '31.01.2027'], header, ...rows.map((row) => [...row])]);
  utils.book_append_sheet(book, sheet, 'Расписание');
  return write(book, { type: 'buffer', bookType: 'xlsx', compression: true });
}

async function send(name: string, bytes: Uint8Array, words = '', user = anya, peer = user) {
  const cmid = story.vk.say(user, peer, words, { file: { name, bytes } });
  return story.vk.waitFor(peer, (message) => message.from < 0, 5000, cmid);
}

/** When the timetables of this person are read again. */
async function nextChecks(): Promise<(number | undefined)[]> {
  const { db } = story.app.world.store;
  return Promise.all((await listOwned(db, anya)).map(async ({ id }) => (await feedOf(db, id))?.nextCheck));
}

const PHYSICS = ['ПИ-21', 'пн', '8:00', '9:35', 'Физика', '215М'];
const MATHS = ['ПИ-21', 'вт', '9:45', '11:20', 'Матан', '404Л'];
const OTHER = ['ПИ-22', 'ср', '9:45', '11:20', 'История', '101'];

test('several groups: asked with buttons, chosen by one, followed with a reminder, and told of a newer file', async () => {
  const asked = await send('Расписание ФКН.xlsx', workbook([PHYSICS, MATHS, OTHER]));
  expect(asked.text).toMatch(/ПИ-21, ПИ-22[\s\S]*какая группа/);
  expect(asked.keyboard.flat().map(({ label }) => label)).toEqual(['ПИ-21', 'ПИ-22']);

  await story.vk.press(anya, anya, asked.cmid, 'ПИ-21');
  const added = await story.vk.waitFor(anya, (message) => message.from < 0 && message.text.includes('Прочитал'));
  expect(added.text).toContain('Прочитал файл: «ПИ-21», 2 занятия');
  expect(added.text).toContain('с 31 августа');
  expect(added.text).toContain('08:00–09:35');

  await story.ask(anya, anya, 'напоминать за 5 минут');
  const before = story.heard(anya).length;
  await story.pass(6 * MINUTE, 5000);
  const reminders = story.heard(anya).slice(before);
  expect(reminders.map(({ text }) => text)).toEqual([expect.stringContaining('Физика')]);

  const boris = story.vk.addPerson({ firstName: 'Борис' });
  const chat = story.vk.createChat({ title: 'ПИ-21', members: [anya, boris], owner: anya });
  story.vk.inviteBot(chat, anya);
  await story.vk.waitFor(chat, (message) => message.from < 0);
  await story.ask(anya, chat, '/ПИ-21');
  const heard = story.heard(chat).length;

  const moved = [...MATHS.slice(0, 5), '510М'];
  await send('Расписание ФКН.xlsx', workbook([PHYSICS, moved, OTHER]));
  const again = await story.vk.waitFor(anya, ({ from, text }) => from < 0 && text.startsWith('Обновил'));
  expect(again.text).toMatch(/^Обновил «ПИ-21» из файла: \d+ изменени/);
  await story.believe();
  const told = story.heard(chat).slice(heard);
  expect(told).toHaveLength(1);
  expect(told[0]?.text).toMatch(/404Л[\s\S]*510М/);
});

test('the same file again changes nothing and makes no second timetable', async () => {
  await send('Группа.xlsx', workbook([PHYSICS]));
  expect((await send('Группа.xlsx', workbook([PHYSICS]))).text).toContain('ничего не изменилось');
  expect((await send('Другая.xlsx', workbook([PHYSICS]))).text).toContain('Прочитал файл');
});

test('a group named beside the file is taken at once; one that is not there is asked about, and can be typed', async () => {
  expect((await send('а.xlsx', workbook([PHYSICS, OTHER]), 'мы ПИ-22')).text).toContain('«ПИ-22», 1 занятие');
  const asked = await send('б.xlsx', workbook([PHYSICS, OTHER]), 'ПИ-99');
  expect(asked.text).toContain('«ПИ-99» в таблице нет');
  expect((await story.ask(anya, anya, 'пи 21')).text).toContain('«ПИ-21», 1 занятие');
  expect((await story.ask(anya, anya, 'взять ПИ-21')).text).toContain('Пришли таблицу ещё раз');
});

test('nobody polls a file: hours later it is as it was, and «обновить» says what to do', async () => {
  await send('Группа.xlsx', workbook([PHYSICS]));
  expect(await nextChecks()).toEqual([NEVER]);
  story.clock.move(DAY);
  expect((await story.ask(anya, anya, 'обновить')).text).toContain('из файла');
  expect(story.troubles).toEqual([]);
  expect(await nextChecks()).toEqual([NEVER]);
});

test.each([
  ['Расписание.pdf', '%PDF-1.7', /PDF/],
  ['заметки.txt', 'купить хлеб', /не таблица/],
  ['пусто.csv', '', /пуст/],
])('%s is refused in words', async (name, text, words) => {
  const answer = await send(name, Buffer.from(text));
  expect(answer.text).toMatch(words);
  expect(story.troubles).toEqual([]);
});

test('a calendar as a file, and the template as it is downloaded', async () => {
  const csv = readFileSync(join(import.meta.dirname, '../../scrapers/table/template.csv'));
  expect((await send('Шаблон.csv', csv)).text).toContain('«ПИ-21», 6 занятий');
  const ics = `BEGIN:VCALENDAR\r\nVERSION:2.0\r\nX-WR-CALNAME:ИВТ-11\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART:20260915T070000Z\r\nDTEND:20260915T083000Z\r\nSUMMARY:Право\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n`;
  expect((await send('мой.ics', Buffer.from(ics))).text).toContain('«ИВТ-11», 1 занятие');
  expect((await story.ask(anya, anya, 'шаблон')).text).toContain('группа;день;недели');
});

test('in a chat a file is heard only when it is meant for the bot', async () => {
  const chat = story.vk.createChat({ title: 'Беседа', members: [anya], owner: anya });
  story.vk.inviteBot(chat, anya, { fullAccess: true });
  await story.vk.waitFor(chat, (message) => message.from < 0);
  const heard = story.heard(chat).length;
  story.vk.say(anya, chat, 'смотрите', { file: { name: 'Группа.xlsx', bytes: workbook([PHYSICS]) } });
  const answer = await send('Группа.xlsx', workbook([PHYSICS]), '/вот', anya, chat);
  expect(answer.text).toContain('Прочитал файл');
  expect(story.heard(chat)).toHaveLength(heard + 1);
});

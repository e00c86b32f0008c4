/** Any page's address: what it links to is read or offered; where there is nothing, a way on is. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type CalendarServer, calendarServer } from '../support/calendar.ts';
import { openStory, type Story } from '../support/story.ts';

let calendar: CalendarServer;
let story: Story;
let page = '';
let status = 200;
let address = '';
const site = createServer((_request, response) => {
  response.writeHead(status, { 'content-type': 'text/html; charset=utf-8' }).end(page);
});
let anya: number;

beforeEach(async () => {
  calendar = await calendarServer([{ start: '20260915T100000', end: '20260915T113500', subject: 'Физика', room: '1' }]);
  await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
  const { port } = site.address() as AddressInfo;
  address = `http://127.0.0.1:${port}/timetable`;
  status = 200;
  story = await openStory({ at: ['2026-09-14', '18:30'], allow: [calendar.host, `127.0.0.1:${port}`] });
  anya = story.vk.addPerson({ firstName: 'Аня' });
});
afterEach(async () => {
  await story.close();
  await calendar.close();
  await new Promise((resolve) => site.close(resolve));
});

const html = (body: string) => `<!doctype html><html><body>${body}</body></html>`;

test('a page with one link to a calendar is as good as the link', async () => {
  page = html(`<a href="/about">О нас</a> <a href="${calendar.url}">Экспорт</a>`);
  const answer = await story.ask(anya, anya, address);
  expect(answer.text).toMatch(/^Прочитал календарь/);
  expect(answer.text).toContain('Физика');
});

test('several are offered by the names the page gives them, and a press reads one', async () => {
  page = html(
    `<a href="${calendar.url}">ПИ-21</a> <a href="/pi-22.ics"><b>ПИ-22</b></a> <a href="/all.xlsx">Все группы</a>`,
  );
  const answer = await story.ask(anya, anya, address);
  expect(answer.text).toMatch(/Какая ссылка твоя\?$/m);
  const labels = answer.keyboard.flat().map(({ label }) => label);
  expect(labels).toEqual(['📅 ПИ-21', expect.stringMatching(/pi-22\.ics$/), '📅 Все группы']);
  await story.vk.press(anya, anya, answer.cmid, '📅 ПИ-21');
  const read = await story.vk.waitFor(anya, (message) => message.from < 0, 5000, answer.cmid);
  expect(read.text).toMatch(/^Прочитал календарь/);
});

test('a page that links only to another page is not wandered through', async () => {
  page = html(`<a href="${address}.ics">Экспорт</a>`);
  expect((await story.ask(anya, anya, address)).text).toMatch(/страница сайта/);
});

test('nothing to read: what was looked for is said, and the timetable can be made together', async () => {
  page = html('<p>Расписание на стенде у деканата</p><a href="/news">Новости</a>');
  const answer = await story.ask(anya, anya, address);
  expect(answer.text).toContain('ссылок на календарь (.ics) или таблицу (.xlsx, .csv) на ней нет');
  await story.vk.press(anya, anya, answer.cmid, 'Создать вместе с группой');
  const form = await story.vk.waitFor(anya, (message) => message.from < 0, 5000, answer.cmid);
  expect(form.text).toMatch(/^Как назвать расписание\?/);
});

test.each([
  [404, 'ничего нет'],
  [403, 'не пускает'],
])('%s: said in words', async (code, words) => {
  status = code;
  page = html('Вход');
  expect((await story.ask(anya, anya, address)).text).toContain(words);
});

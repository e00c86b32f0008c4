/** A page of somebody else, a portal or a faculty, that leads to timetables we know: by its links and by what it embeds. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openStory, type Story } from '../support/story.ts';
import { openUniversities, type Universities } from '../support/university.ts';

const OPERATOR = 500;

let site: Universities;
let story: Story;
let anya: number;
let boris: number;
let page = '';
/** Where the portal stands, without a slash. */
let portal = '';
const server = createServer((_request, response) => {
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(page);
});

beforeAll(async () => {
  site = await openUniversities(['ics', 'table', 'mmis']);
  site.fa.groups = [
    { id: 1, name: 'ПИ-21' },
    { id: 3, name: 'ТРС-23' },
  ];
  site.fa.lessons = {
    'group/1': [{ day: '2026-09-15', subject: 'Физика' }],
    'group/3': [{ day: '2026-09-15', subject: 'Философия' }],
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const own = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  portal = `http://${own}`;
  const { host, scrapers } = site;
  story = await openStory({
    at: ['2026-09-14', '12:00'],
    allow: [host, own],
    sources: 'ruz:fa,ics,table',
    scrapers,
    operators: [OPERATOR],
  });
  await story.app.refreshCatalogues();
  story.vk.addPerson({ firstName: 'Оля', id: OPERATOR });
}, 60_000);
beforeEach(() => {
  site.asked.length = 0;
  anya = story.vk.addPerson({ firstName: 'Аня' });
  boris = story.vk.addPerson({ firstName: 'Борис' });
});
afterAll(async () => {
  await story.close();
  await site.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const html = (body: string) => `<!doctype html><html><body><a href="/about">О нас</a> ${body}</body></html>`;
const group = (id: number) => `http://${site.host}/fa/schedule/group/${id}`;

test('one group that is shown in a frame is that group at once, whatever else the page links to', async () => {
  page = html(
    `<iframe src="${group(3)}?start=2026.09.14"></iframe> <a href="https://ruz.fa.ru/ruz/main">Все группы</a>`,
  );
  const chosen = await story.ask(anya, anya, `${portal}/faculty`);
  expect(chosen.text).toContain('«ТРС-23»');
  expect(chosen.text).toContain('Философия');
});

test('several groups are buttons, called as the page calls them; a name is looked for there', async () => {
  page = html(`<a href="${group(1)}">Прикладная информатика</a> <a href="${group(3)}">Туризм</a>`);
  const asked = await story.ask(anya, anya, `${portal}/faculty`);
  expect(asked.text).toContain('Какое твоё?');
  expect(asked.keyboard.flat().map(({ label }) => label)).toEqual(['Прикладная информатика', 'Туризм']);
  await story.vk.press(anya, anya, asked.cmid, 'Туризм');
  const chosen = await story.vk.waitFor(anya, (message) => message.from < 0, 5000, asked.cmid);
  expect(chosen.text).toContain('«ТРС-23»');
  await story.ask(boris, boris, `${portal}/faculty`);
  expect((await story.ask(boris, boris, 'пи 21')).text).toContain('«ПИ-21», Финансовый университет');
});

test('a link to the site of a university: which group, and nobody is asked for anything else', async () => {
  page = html('<a href="https://ruz.fa.ru/ruz/main">Расписание занятий</a>');
  const asked = await story.ask(anya, anya, `${portal}/students`);
  expect(asked.text).toContain('Финансовый университет');
  expect(asked.text).toMatch(/какая группа/i);
  expect(site.asked).toEqual([]);
  expect((await story.ask(anya, anya, 'пи 21')).text).toContain('«ПИ-21», Финансовый университет');
  expect((await story.ask(boris, boris, `ТРС-23 ${portal}/students`)).text).toContain('«ТРС-23»');
});

test('the one file of a page is no timetable: the university that the page links to is asked about', async () => {
  page = html(`<a href="${portal}/rules.xlsx">Положение</a> <a href="https://ruz.fa.ru/ruz/main">Расписание</a>`);
  expect((await story.ask(anya, anya, `${portal}/students`)).text).toMatch(/Финансовый университет.*Какая группа/s);
});

test('a site of an engine we know and of no university of ours: said so, and operators see what to add', async () => {
  page = html('<a href="/news">Новости</a>');
  const told = await story.ask(anya, anya, `${portal}/WebApp/#/Rasp/Group/51342`);
  expect(told.text).toContain('«Деканат (ММИС Лаб)»');
  expect(told.text).toContain(portal.slice('http://'.length));
  page = html(`<iframe src="${portal}/ruz/main"></iframe>`);
  await story.ask(boris, boris, `${portal}/students`);
  page = html(`<a href="${portal}/WebApp/#/Rasp/List">Расписание</a>`);
  await story.ask(boris, boris, `${portal}/students`);
  await story.ask(boris, boris, `${portal}/students`);

  await story.ask(OPERATOR, OPERATOR, 'Начать');
  const list = await story.ask(OPERATOR, OPERATOR, 'источники');
  expect(list.text).toContain('Просят добавить 2 сайта.');
  const wanted = await story.ask(OPERATOR, OPERATOR, 'источники новые');
  expect(wanted.text).toContain(`${portal}/WebApp/#/Rasp – 2 человека, последний раз 12:00`);
  expect(wanted.text).toContain('scrapers/mmis/universities/site.json');
  const draft = /site\.json\n(\{[^}]+\})/.exec(wanted.text)?.[1] ?? '';
  expect(JSON.parse(draft)).toMatchObject({ name: '?', zone: '?', base: `${portal}/api`, room: 'idAudLine' });
  expect(wanted.text).toContain(`${portal}/ruz/main – 1 человек`);
  // Nobody else is shown it.
  expect((await story.ask(anya, anya, 'источники новые')).text).not.toContain('WebApp');

  await story.vk.press(anya, anya, told.cmid, 'Создать вместе с группой');
  const form = await story.vk.waitFor(anya, (message) => /^Как назвать/.test(message.text), 5000, told.cmid);
  expect(form.text).toMatch(/^Как назвать расписание\?/);
});

/** The site of a university that nobody told of, of an engine that we know: it is tried for whoever gave its address, and kept as their own. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { feedOf, listOwned, readUniversities } from '../../src/store/index.ts';
import { type EngineSite, openEngineSite } from '../support/engines.ts';
import { openStory, type Story } from '../support/story.ts';

const MINUTE = 60_000;
const OPERATOR = 500;
/** A site is asked once a second: seven questions take as many seconds. */
const READ = 30_000;

let site: EngineSite;
let story: Story;
let anya: number;
let boris: number;

const lessons = Array.from({ length: 12 }, (_, n) => ({
  day: `2026-09-${15 + n}`,
  start: '10:00',
  subject: `Предмет ${n}`,
}));

async function open(allow: boolean, sources = 'ruz,mmis,ics,table'): Promise<void> {
  site = await openEngineSite();
  site.groups = [
    { name: 'ПИ-21', lessons },
    { name: 'ПИ-22', lessons: [] },
  ];
  story = await openStory({
    at: ['2026-09-14', '12:00'],
    allow: allow ? [site.host] : [],
    sources,
    operators: [OPERATOR],
  });
  anya = story.vk.addPerson({ firstName: 'Аня' });
  boris = story.vk.addPerson({ firstName: 'Борис' });
  story.vk.addPerson({ firstName: 'Оля', id: OPERATOR });
}

beforeEach(() => open(true));
afterEach(async () => {
  await story.close();
  await site.close();
});

/** Says words, and waits as long as a site that is spared may take. */
async function ask(person: number, words: string) {
  const cmid = story.vk.say(person, person, words);
  return story.vk.waitFor(person, (message) => message.from < 0, READ, cmid);
}

async function press(person: number, cmid: number, label: string) {
  const last = story.heard(person).at(-1)?.cmid;
  await story.vk.press(person, person, cmid, label);
  return story.vk.waitFor(person, (message) => message.from < 0, READ, last);
}

const db = () => story.app.world.store.db;
async function owned(person: number) {
  const timetables = await listOwned(db(), person);
  return Promise.all(timetables.map(async (timetable) => ({ timetable, feed: await feedOf(db(), timetable.id) })));
}

test('«Деканат»: the page names the group, the city is asked for; nobody else finds what was read', {
  timeout: 60_000,
}, async () => {
  const asked = await ask(anya, `http://${site.host}/WebApp/#/Rasp/Group/1`);
  expect(asked.text).toContain('«Деканат (ММИС Лаб)»');
  expect(asked.text).toMatch(/По какому времени/);
  expect(asked.keyboard.flat().map(({ label }) => label)).toEqual(expect.arrayContaining(['Москва', 'Омск']));
  expect(site.asked).toEqual([]);
  const read = await press(anya, asked.cmid, 'Омск');
  expect(read.text).toContain('Прочитал расписание «ПИ-21»');
  expect(read.text).toContain('по Омску');
  expect(read.text).toContain('Предмет 0');
  expect(await owned(anya)).toMatchObject([
    {
      timetable: { name: 'ПИ-21', zone: 'Asia/Omsk', university: '', listed: false },
      feed: {
        source: 'mmis',
        profile: 'pasted',
        ask: { site: `http://${site.host}/WebApp/#/Rasp`, zone: 'Asia/Omsk', group: 'ПИ-21' },
      },
    },
  ]);
  expect(JSON.stringify(await owned(anya))).not.toContain('kotov');
  expect((await ask(boris, 'ПИ-21')).text).not.toContain('Предмет 0');
  expect(await readUniversities(db())).toEqual([]);

  // Operators see what to add.
  await ask(OPERATOR, 'Начать');
  const wanted = await ask(OPERATOR, 'источники новые');
  expect(wanted.text).toContain(`${site.host}/WebApp/#/Rasp – 1 человек`);
  expect(wanted.text).toContain('Уже читаю там 1 расписание для тех, кто просил; пояс, как они сказали: Asia/Omsk');
  expect(wanted.text).not.toContain('ПИ-21');
});

test('«РУЗ»: the group is asked for, then the city, both may be typed; a group that is not there is offered its likes', async () => {
  const which = await ask(anya, `http://${site.host}/ruz/main`);
  expect(which.text).toMatch(/Какая группа\?/);
  const city = await ask(anya, 'ПИ-2');
  expect(city.text).toMatch(/По какому времени/);
  const strange = await ask(anya, 'Шамбала');
  expect(strange.text).toContain('Не знаю такого города: «Шамбала»');
  expect(site.asked).toEqual([]);
  const near = await ask(anya, 'в Перми');
  expect(near.text).toContain('группы «ПИ-2» не нашёл. Есть похожие: ПИ-21, ПИ-22');
  const read = await press(anya, near.cmid, 'ПИ-21');
  expect(read.text).toContain('Прочитал расписание «ПИ-21»');
  expect(read.text).toContain('по Екатеринбургу');
  expect(await owned(anya)).toMatchObject([{ timetable: { zone: 'Asia/Yekaterinburg' }, feed: { source: 'ruz' } }]);
  // Who asks for the same has the same timetable, and the site is left alone.
  const requests = site.asked.length;
  await ask(boris, `ПИ-21 http://${site.host}/ruz/main`);
  expect((await ask(boris, 'екб')).text).toContain('Предмет 0');
  expect(await owned(boris)).toEqual([]);
  expect(site.asked).toHaveLength(requests);
  // Only groups are ever searched for.
  expect(
    site.asked.filter((path) => path.startsWith('/api/search')).every((path) => path.endsWith('&type=group')),
  ).toBe(true);
});

test('a page that shows such a site in a frame leads there too', async () => {
  site.page = `<!doctype html><iframe src="http://${site.host}/ruz/main"></iframe>`;
  const which = await ask(anya, `ПИ-21 http://${site.host}/students`);
  expect(which.text).toMatch(/По какому времени/);
  site.page = null;
  expect((await ask(anya, 'мск')).text).toContain('Прочитал расписание «ПИ-21»');
});

test('a site that answers otherwise is said to, and leaves nothing behind; other words end the question', async () => {
  site.page = '<!doctype html><title>Портал</title><div id="app"></div>';
  await ask(anya, `ПИ-21 http://${site.host}/ruz/main`);
  const failed = await ask(anya, 'время вуза: Омск');
  expect(failed.text).toMatch(/^Попробовал прочитать, но сайт отвечает не так/);
  expect(failed.text).toContain('«РУЗ (Галактика)»');
  expect(failed.keyboard.flat().map(({ label }) => label)).toEqual(['Создать вместе с группой']);
  expect(await owned(anya)).toEqual([]);

  await ask(OPERATOR, 'Начать');
  expect((await ask(OPERATOR, 'источники новые')).text).toContain(`${site.host}/ruz/main – 1 человек`);

  const again = await ask(anya, `ПИ-21 http://${site.host}/ruz/main`);
  await ask(anya, 'помощь');
  const late = await press(anya, again.cmid, 'Омск');
  expect(late.text).toMatch(/^Пришли адрес страницы/);
});

test('a chat: who may choose for it is asked, what others say and press meanwhile is no answer', async () => {
  const chat = story.vk.createChat({ title: 'ПИ-21', members: [anya, boris], owner: anya });
  story.vk.inviteBot(chat, anya, { fullAccess: false });
  await story.vk.waitFor(chat, (message) => message.from < 0);
  const asked = await story.ask(anya, chat, `/http://${site.host}/ruz/main`);
  expect(asked.text).toMatch(/Какая группа\?/);
  const city = await story.ask(anya, chat, '/ПИ-21');
  const before = story.heard(chat).length;
  await story.vk.press(boris, chat, city.cmid, 'Москва');
  await ask(boris, 'помощь');
  expect(story.heard(chat)).toHaveLength(before);
  await story.vk.press(anya, chat, city.cmid, 'Омск');
  const read = await story.vk.waitFor(chat, ({ text }) => text.includes('Прочитал'), READ, city.cmid);
  expect(read.text).toContain('«ПИ-21»');
  expect((await story.ask(boris, chat, '/завтра')).text).toContain('Предмет 0');
  const other = await story.ask(boris, chat, `/ПИ-22 http://${site.host}/ruz/main`);
  expect(other.text).not.toMatch(/По какому времени/);
});

test('what goes wrong at the site later is held, and its owner is asked', async () => {
  await ask(anya, `ПИ-21 http://${site.host}/ruz/main`);
  await ask(anya, 'Омск');
  // In its own words, not in those of a calendar.
  site.page = '<!doctype html>';
  const refreshed = await ask(anya, 'обновить');
  expect(refreshed.text).toBe(
    'Обновить не вышло: сайт университета ответил не тем, что я умею читать. Показываю прежнее расписание.',
  );
  site.page = null;
  site.groups = [{ name: 'ПИ-21', lessons: lessons.slice(0, 4) }];
  for (let step = 0; step < 2; step += 1) {
    story.clock.move(16 * MINUTE);
    await story.app.importNow();
    await story.tick();
  }
  expect(story.heard(anya).at(-1)?.text).toContain('пропало больше трети занятий');
  expect((await ask(anya, 'принять ПИ-21')).text).toContain('Принял');
});

test('who read a site first takes it from nobody: others keep it, and what nobody else follows goes', async () => {
  await ask(anya, `ПИ-21 http://${site.host}/ruz/main`);
  await ask(anya, 'Омск');
  await ask(boris, `ПИ-21 http://${site.host}/ruz/main`);
  await ask(boris, 'Омск');
  const sure = await ask(anya, 'удалить расписание');
  expect(sure.text).toContain('у остальных оно останется');
  expect((await press(anya, sure.cmid, 'Да, удалить расписание')).text).toContain('больше не твоё');
  expect(await owned(anya)).toEqual([]);
  expect((await ask(anya, 'завтра')).text).not.toContain('Предмет 0');
  expect((await ask(boris, 'завтра')).text).toContain('Предмет 0');

  await ask(boris, `ПИ-21 http://${site.host}/ruz/main`);
  await ask(boris, 'Пермь');
  const [mine] = await owned(boris);
  const all = await ask(boris, 'удалить расписание');
  expect(all.text).toContain('для всех');
  expect((await press(boris, all.cmid, 'Да, удалить расписание')).text).toContain('больше нет');
  expect(await owned(boris)).toEqual([]);
  expect(await feedOf(db(), mine?.timetable.id ?? 0)).toBeNull();
});

test('another city is said while the group is asked for: it counts, and the group is asked for again', async () => {
  await ask(anya, `ПИ-29 http://${site.host}/ruz/main`);
  const near = await ask(anya, 'Москва');
  expect(near.text).toContain('группы «ПИ-29» не нашёл');
  expect((await ask(anya, 'время вуза: Омск')).text).toMatch(/Какая группа\?/);
  expect((await ask(anya, 'ПИ-21')).text).toContain('по Омску');
  expect(await owned(anya)).toMatchObject([{ timetable: { zone: 'Asia/Omsk' } }]);
});

test('one person has not more than a few groups tried in a row', async () => {
  await ask(anya, `ЭК-1 http://${site.host}/ruz/main`);
  await ask(anya, 'Омск');
  await ask(anya, 'ЭК-2');
  await ask(anya, 'ЭК-3');
  site.asked.length = 0;
  expect((await ask(anya, 'ЭК-4')).text).toMatch(/через|подожд/i);
  expect(site.asked).toEqual([]);
});

test('an address inside a network is refused at once, by its name when it is asked; nobody is asked and nothing is told to operators', async () => {
  await story.close();
  await site.close();
  await open(false);
  const { port } = new URL(`http://${site.host}`);
  for (const address of [
    `http://127.1:${port}/ruz/main`,
    'http://10.0.0.7/WebApp/#/Rasp/Group/1',
    'http://[::1]/ruz/main',
  ])
    expect((await ask(anya, `ПИ-21 ${address}`)).text, address).toContain('внутреннюю сеть');
  await ask(boris, 'ПИ-21 http://localhost/WebApp/#/Rasp/Group/1');
  expect((await ask(boris, 'Омск')).text).toContain('внутреннюю сеть');
  await ask(OPERATOR, 'Начать');
  expect((await ask(OPERATOR, 'источники новые')).text).toContain('никто не присылал');
  expect(site.asked).toEqual([]);
});

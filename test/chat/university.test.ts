/** Groups, teachers and rooms of universities, asked for in conversation: real sources, two universities on loopback. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createRefresh } from '../../src/flows/catalogue.ts';
import { createDelivery } from '../../src/flows/deliver.ts';
import { createPolling } from '../../src/flows/polling.ts';
import { openSources, type Sources } from '../../src/source/host.ts';
import type { Batch } from '../../src/store/index.ts';
import { texts } from '../../src/text/index.ts';
import { openUniversities, type Universities } from '../support/university.ts';
import { openStage, type Stage } from './stage.ts';

const CHAT = 2_000_000_001;
const MINUTE = 60_000;
let site: Universities;
let sources: Sources;
let stage: Stage;

const named = (from: number, ...names: string[]) => names.map((name, at) => ({ id: from + at, name }));

beforeEach(async () => {
  site = await openUniversities();
  site.fa.groups = named(1, 'ПИ-21', 'ПИ-22', 'ЭБ-23-1');
  site.fa.teachers = named(50, 'Иванов Иван Иванович', 'Иванов Пётр Петрович', 'Соловьёва Анна Павловна');
  site.fa.rooms = named(90, 'ауд. 404Л', '12/404Л');
  site.hse.groups = named(1, 'БПИ-251', 'ПИ-22');
  site.hse.teachers = named(50, 'Соколов Олег Львович');
  site.fa.lessons = {
    'group/1': [{ day: '2026-11-20', subject: 'Анализ' }],
    'group/2': [{ day: '2026-11-20', subject: 'Физика' }],
    'lecturer/50': [{ day: '2026-11-20', subject: 'Алгебра' }],
    'lecturer/52': [{ day: '2026-11-20', subject: 'История' }],
    'auditorium/90': [{ day: '2026-11-23', subject: 'Логика' }],
  };
  site.hse.lessons = { 'group/2': [{ day: '2026-11-20', subject: 'Химия' }] };
  const log = { debug() {}, info() {}, warn() {}, error() {} };
  sources = openSources({ allow: [], own: [site.host], only: [], env: {}, scrapers: site.scrapers, log });
  stage = await openStage(sources.read, sources);
  await createRefresh(stage.world)();
});
afterEach(async () => {
  await sources.close();
  await stage.close();
  await site.close();
});

const buttons = (message: { buttons?: readonly (readonly { label: string }[])[] }): string[] =>
  (message.buttons ?? []).flat().map(({ label }) => label);
/** Without what a newcomer is told of what is stored. */
const said = async (answer: Promise<{ text: string }>): Promise<string> =>
  (await answer).text.split('\n\nХраню')[0] ?? '';
const schedules = (): string[] => site.asked.filter((path) => path.includes('schedule'));

async function delivered(): Promise<{ peers: readonly number[]; text: string }[]> {
  const sent: Batch[] = [];
  await createDelivery(stage.world, async (batches) => {
    sent.push(...(batches as readonly Batch[]));
    return batches.map(({ id, peers }) => ({ id, sent: peers, later: [], gone: [], dead: [] }));
  }).run();
  return sent.map(({ peers, saying }) => ({ peers, text: texts('ru').say(saying, stage.clock.now()).text }));
}

describe('a group', () => {
  test('is chosen by its name however it is typed, and read at that moment', async () => {
    expect(schedules()).toEqual([]);
    const { text } = await stage.ask(1, 1, 'эб 23 1');
    expect(text).toContain('Расписание «ЭБ-23-1», Финансовый университет прочитать не получилось');
    const answer = await stage.ask(1, 1, 'пи 21');
    expect(answer.text).toContain('Готово: «ПИ-21», Финансовый университет.');
    expect(answer.text).toContain('Анализ');
    expect(schedules()).toEqual(['/fa/schedule/group/3', '/fa/schedule/group/1']);
  });

  test('with a typo, or in Latin letters, is asked about; «да» chooses it', async () => {
    expect(await said(stage.ask(1, 1, 'ПЫ-21'))).toBe('Ты про «ПИ-21», Финансовый университет?');
    expect((await stage.ask(1, 1, 'да')).text).toContain('Анализ');
    expect(await said(stage.ask(2, 2, 'PI-21'))).toBe('Ты про «ПИ-21», Финансовый университет?');
    expect((await stage.ask(2, 2, 'ПИ-23')).text).not.toContain('Ты про');
  });

  test('of two universities is offered with both, one’s own first', async () => {
    const two = await stage.ask(1, 1, 'ПИ-22');
    expect(two.text).toContain('Таких групп несколько. Какая твоя?');
    expect(buttons(two)).toEqual(['ПИ-22 · НИУ ВШЭ', 'ПИ-22 · Финансовый университет']);
    expect((await stage.press(1, 1, 'ПИ-22 · НИУ ВШЭ')).text).toContain('Химия');
    await stage.ask(2, 2, 'ПИ-21');
    expect(buttons(await stage.ask(2, 2, 'ПИ-22'))[0]).toBe('ПИ-22 · Финансовый университет');
    expect(buttons(await stage.ask(1, 1, 'ПИ-22 завтра'))[0]).toBe('ПИ-22 · НИУ ВШЭ');
  });

  test('is looked at once without being followed', async () => {
    await stage.ask(1, 1, 'ПИ-21');
    const day = await stage.ask(1, 1, 'ЭБ-23-1 завтра');
    expect(day.text).toContain('прочитать не получилось: на сайте университета его сейчас нет.');
    await stage.ask(1, 1, 'ПИ-22 завтра');
    expect((await stage.press(1, 1, 'ПИ-22 · Финансовый университет')).text).toContain('Физика');
    expect((await stage.ask(1, 1, 'завтра')).text).toContain('Анализ');
  });

  test('that is not there: the nearest names', async () => {
    const none = await stage.ask(1, 1, 'ПИ-29');
    expect(none.text).toContain('Группы «ПИ-29» у меня нет.');
    expect(buttons(none)).toEqual(expect.arrayContaining(['ПИ-21 · Финансовый университет', 'ПИ-22 · НИУ ВШЭ']));
  });

  test('made by hand stands beside those of universities, after them', async () => {
    await stage.timetable('ПИ-21', 7);
    expect(buttons(await stage.ask(1, 1, 'ПИ-21'))).toEqual(['ПИ-21 · Финансовый университет', 'ПИ-21']);
  });

  test('in a chat is seen by who may not choose it', async () => {
    stage.admins.add(1);
    await stage.ask(1, CHAT, 'ПИ-21');
    const seen = await stage.ask(2, CHAT, 'ЭБ-23-1 завтра');
    expect(seen.text).toContain('прочитать не получилось');
    expect((await stage.peer(CHAT)).timetableId).not.toBeNull();
  });
});

describe('a teacher', () => {
  test('is found by the surname, by initials, and can be followed', async () => {
    const two = await stage.ask(1, 1, 'преподаватель Иванов');
    expect(two.text).toContain('Таких преподавателей несколько. Кто нужен?');
    const one = await stage.ask(1, 1, 'преподаватель иванов и.и. завтра');
    expect(one.text).toContain('Алгебра');
    expect(buttons(one)).toContain('Следить');
    expect((await stage.press(1, 1, 'Следить')).text).toContain(
      'Готово: «Иванов Иван Иванович», Финансовый университет.',
    );
    expect(buttons(await stage.ask(1, 1, 'завтра'))).not.toContain('Следить');
  });

  test('of a name that many have is asked for in full where not all of them have a button', () => {
    const named = (count: number) =>
      Array.from({ length: count }, (_, n) => ({
        ...{ id: n + 1, name: `Иванов ${n}`, university: 'НИУ ВШЭ', category: 'teacher' as const },
      }));
    const { several } = texts('ru');
    expect(several(named(10), String).text).toMatch(
      /Кто нужен\? Если нужного здесь нет, напиши с именем и отчеством\.$/,
    );
    expect(several(named(9), String).text).toMatch(/Кто нужен\?$/);
  });

  test('with a typo is asked about, and a surname alone too', async () => {
    const close = await stage.ask(1, 1, 'преподаватель Соловева');
    expect(close.text).toContain('Ты про «Соловьёва Анна Павловна», Финансовый университет?');
    expect((await stage.press(1, 1, buttons(close)[0] ?? '')).text).toContain('История');
    expect(await said(stage.ask(2, 2, 'Соколов'))).toBe('Ты про «Соколов Олег Львович», НИУ ВШЭ?');
  });

  test('that is not there is no group', async () => {
    expect(await said(stage.ask(1, 1, 'преподаватель Ющенко'))).toBe(
      'Преподавателя «Ющенко» у меня нет. Напиши фамилию, можно с инициалами.',
    );
  });
});

describe('a room', () => {
  test('is found with and without the word before it', async () => {
    for (const words of ['аудитория 404Л', 'ауд. 404 л', 'Аудитория ауд. 404Л'])
      expect((await stage.ask(1, 1, words)).text).toContain('Логика');
    expect((await stage.ask(1, 1, 'аудитория 405Л')).text).toContain('Аудитории «405Л» у меня нет.');
  });
});

describe('a site that does not answer', () => {
  test('the reason is said, a chosen timetable comes when it can be read', async () => {
    site.broken = 500;
    const chosen = await stage.ask(1, 1, 'ПИ-21');
    expect(chosen.text).toContain(
      'Прочитать расписание пока не получилось: сайт университета сейчас не отвечает. Пришлю, как только получится.',
    );
    // Asked again at once it is not bothered again.
    const asked = schedules().length;
    expect((await stage.ask(1, 1, 'завтра')).text).toContain('сайт университета сейчас не отвечает');
    expect((await stage.ask(2, 2, 'ПИ-21 завтра')).text).toContain(
      'сайт университета сейчас не отвечает. Спроси меня позже.',
    );
    expect(schedules().length).toBe(asked);
    site.broken = null;
    stage.clock.move(90 * MINUTE);
    await createPolling(stage.world).run();
    const [told, ...more] = await delivered();
    expect(told).toMatchObject({ peers: [1] });
    expect(told?.text).toMatch(/^Прочитал расписание «ПИ-21»\.[\s\S]*Анализ/);
    expect(more).toEqual([]);
    expect((await stage.ask(1, 1, 'завтра')).text).toContain('Анализ');
  });

  test('a crowd that chooses the same group has it read once', async () => {
    site.delay = 300;
    const crowd = Array.from({ length: 8 }, (_, n) => stage.ask(n + 1, n + 1, 'ПИ-21'));
    for (const { text } of await Promise.all(crowd)) expect(text).toContain('Анализ');
    expect(schedules()).toEqual(['/fa/schedule/group/1']);
  });

  test('a slow one: it is said, and the answer follows', async () => {
    site.delay = 6000;
    const [one, other] = await Promise.all([stage.ask(1, 1, 'ПИ-21'), said(stage.ask(2, 2, 'ПИ-21 завтра'))]);
    expect(one.text).toContain('Читаю расписание и пришлю, как только прочитаю.');
    expect(other).toBe('Читаю расписание «ПИ-21», Финансовый университет. Пришлю, как только прочитаю.');
    await expect.poll(async () => (await delivered()).map(({ peers }) => peers), { timeout: 10_000 }).toEqual([[1, 2]]);
  }, 30_000);
});

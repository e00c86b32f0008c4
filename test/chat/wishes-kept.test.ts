/** Settings in conversation: set by words and by buttons, kept, shown in one message, refused to those who may not. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Lesson } from '../../src/domain/lesson.ts';
import { newPeer, type Peer } from '../../src/domain/peer.ts';
import { createByHand } from '../../src/flows/edit.ts';
import { lesson } from '../support/make.ts';
import { openStage, type Stage } from './stage.ts';

const ANYA = 11;
const BORIS = 12;
const CHAT = 2_000_000_001;
let stage: Stage;

const weekly = (weekday: 1 | 2 | 3 | 4 | 5 | 6 | 7, start: string, part: Partial<Lesson>): Lesson =>
  lesson({
    times: { on: 'weekly', weekday, weeks: 'every', start, end: `${Number(start.slice(0, 2)) + 1}:30` },
    ...part,
  });

/** On Fridays: maths for all, a lab in two subgroups, sports; on Mondays physics. Today is a Thursday. */
const LESSONS = [
  weekly(5, '09:45', { subject: 'Математический анализ', kind: 'lecture', teachers: ['Иванов И. И.'], number: 2 }),
  weekly(5, '11:30', { subject: 'Информатика', kind: 'lab', teachers: ['Петров П. П.'], subgroup: '1', number: 3 }),
  weekly(5, '11:30', { subject: 'Информатика', kind: 'lab', teachers: ['Иванова А. П.'], subgroup: '2', number: 3 }),
  weekly(5, '13:30', { subject: 'Физическая культура и спорт', kind: 'practice', number: 4 }),
  weekly(1, '10:00', { subject: 'Физика', kind: 'lecture', teachers: ['Петров П. П.'] }),
];

beforeEach(async () => {
  stage = await openStage();
  const made = await createByHand(stage.world, {
    name: 'ПИ-21',
    by: 99,
    peer: 99,
    bells: [],
    term: { start: '2026-09-01', end: '2027-01-31', week1: '2026-08-31' },
    lessons: LESSONS,
  });
  if (!made.ok) throw new Error('not made');
  await stage.ask(ANYA, ANYA, 'ПИ-21');
});
afterEach(() => stage.close());

test.each<[string, Partial<Peer>, RegExp]>([
  ['напоминать за 15 и 1 минуту', { leads: [15, 1] }, /за 15 минут и за 1 минуту до каждой пары/],
  ['напоминать за 5, 10 и 15 минут', { leads: [15, 10, 5] }, /за 15 минут, за 10 минут и за 5 минут до каждой пары/],
  ['к первой паре за 40 минут', { firstLead: 40 }, /за 40 минут до первой пары/],
  ['к первой паре не напоминать', { firstLead: null }, /Хорошо/],
  ['вечером в 20:00', { evening: '20:00' }, /пары на завтра в 20:00/],
  ['утром в 7:30', { morning: '07:30' }, /пары на сегодня в 07:30/],
  ['неделю в воскресенье в 18', { week: { weekday: 7, at: '18:00' } }, /в воскресенье в 18:00/],
  ['экзамены не присылать', { exams: false }, /об экзаменах отдельно не напоминаю/],
  ['тихо с 23 до 7', { quiet: { from: '23:00', to: '07:00' } }, /Тихо с 23:00 до 07:00/],
  ['изменения на завтра', { horizon: 'near' }, /на сегодня и завтра/],
  ['изменения на все дни', { horizon: 'all' }, /на любой день/],
  ['не присылать изменения', { changes: false }, /молчу/],
  [
    'не присылать изменения аудиторий и преподавателей',
    { muted: ['room', 'teacher'] },
    /кроме аудиторий и преподавателей/,
  ],
  [
    'присылай только отмены',
    { muted: ['restored', 'added', 'moved', 'room', 'teacher', 'subject', 'kind', 'format'] },
    /сразу, на 7 дней вперёд, только отмены\.$/,
  ],
  [
    'только отмены и переносы',
    { muted: ['restored', 'added', 'room', 'teacher', 'subject', 'kind', 'format'] },
    /только отмены и переносы\.$/,
  ],
  ['подгруппа 2', { subgroup: '2' }, /подгруппа 2/],
  ['скрыть физру', { hidden: [{ by: 'subject', name: 'Физическая культура и спорт' }] }, /Физическая культура/],
  ['скрыть лабы', { hidden: [{ by: 'kind', name: 'lab' }] }, /лабы/],
  ['скрыть Петрова', { hidden: [{ by: 'teacher', name: 'Петров П. П.' }] }, /Петров/],
  ['скрыть 4 пару', { hidden: [{ by: 'slot', name: '4' }] }, /4-я пара/],
])('«%s»', async (words, part, said) => {
  const before = await stage.peer(ANYA);
  expect((await stage.ask(ANYA, ANYA, words)).text).toMatch(said);
  expect(await stage.peer(ANYA)).toEqual({ ...before, ...part });
});

test('each switch has its opposite', async () => {
  const before = await stage.peer(ANYA);
  const pairs: [string, string][] = [
    ['напоминать за 15 минут', 'не напоминать'],
    ['утром в 7:30', 'утром не присылать'],
    ['вечером в 20:00', 'не присылай вечером'],
    ['неделю в воскресенье в 18', 'неделю не присылать'],
    ['экзамены не присылать', 'экзамены присылать'],
    ['тихо с 23 до 7', 'без тишины'],
    ['не присылать изменения', 'присылать изменения'],
    ['не присылать отмены', 'присылать отмены'],
    ['изменения на завтра', 'изменения на 7 дней'],
    ['подгруппа 2', 'все подгруппы'],
    ['скрыть физкультуру', 'показать физкультуру'],
    ['скрыть Иванову', 'показать всё скрытое'],
    ['к первой паре за 40 минут', 'к первой паре за 30 минут'],
  ];
  for (const [on, off] of pairs) {
    await stage.ask(ANYA, ANYA, on);
    // «Иванову» may be two people: nothing is hidden before one is chosen.
    if (on !== 'скрыть Иванову') expect(await stage.peer(ANYA), on).not.toEqual(before);
    await stage.ask(ANYA, ANYA, off);
    expect(await stage.peer(ANYA), off).toEqual(before);
  }
});

describe('what is hidden', () => {
  test('is left out of one’s own days and weeks, counted, and shown on request', async () => {
    await stage.ask(ANYA, ANYA, 'скрыть физкультуру');
    await stage.ask(ANYA, ANYA, 'подгруппа 2');
    const day = await stage.ask(ANYA, ANYA, 'завтра');
    expect(day.text).not.toMatch(/Физическая|Петров/);
    expect(day.text).toMatch(/Иванова А\. П\.[\s\S]*скрыто: 2/);
    const whole = await stage.press(ANYA, ANYA, 'Показать скрытое');
    expect(whole.text).toMatch(/Петров[\s\S]*Физическая/);
    expect(whole.text).not.toContain('скрыто');
    expect((await stage.ask(ANYA, ANYA, 'неделя')).text).toMatch(/скрыто: 2/);
    expect((await stage.press(ANYA, ANYA, 'Показать скрытое')).text).toMatch(/Петров[\s\S]*Физическая/);
    // Another's timetable is shown whole.
    await stage.timetable('ПИ-22');
    await stage.ask(ANYA, ANYA, 'ПИ-22');
    expect((await stage.ask(ANYA, ANYA, 'ПИ-21 завтра')).text).toMatch(/Физическая/);
  });

  test('does not make a day nearest', async () => {
    for (const words of ['скрыть анализ', 'скрыть информатику', 'скрыть физру']) await stage.ask(ANYA, ANYA, words);
    expect((await stage.ask(ANYA, ANYA, 'расписание')).text).toMatch(/Пн[\s\S]*Физика/);
    expect((await stage.ask(ANYA, ANYA, 'завтра')).text).toMatch(/Ближайшие: пн[\s\S]*скрыто: 4/);
  });

  test('said so that several are meant is asked about, with buttons', async () => {
    const asked = await stage.ask(ANYA, ANYA, 'скрыть физ');
    expect(asked.text).toBe('Что именно скрыть?');
    expect(asked.buttons?.flat().map(({ label }) => label)).toEqual(['Физика', 'Физическая культура и спорт']);
    expect((await stage.peer(ANYA)).hidden).toEqual([]);
    await stage.press(ANYA, ANYA, 'Физика');
    expect((await stage.peer(ANYA)).hidden).toEqual([{ by: 'subject', name: 'Физика' }]);
  });

  test('unknown is said, with the nearest', async () => {
    const near = await stage.ask(ANYA, ANYA, 'скрыть инфарматику');
    expect(near.text).toMatch(/«инфарматику» в расписании нет/);
    await stage.press(ANYA, ANYA, 'Информатика');
    expect((await stage.peer(ANYA)).hidden).toEqual([{ by: 'subject', name: 'Информатика' }]);
    const none = await stage.ask(ANYA, ANYA, 'скрыть квантовую хромодинамику');
    expect(none.text).toMatch(/нет/);
    expect((await stage.peer(ANYA)).hidden).toHaveLength(1);
  });

  test('is hidden once however often it is said, and a name with nothing hidden under it may still be a group', async () => {
    for (let n = 0; n < 3; n += 1) await stage.ask(ANYA, ANYA, 'скрыть физкультуру');
    expect((await stage.peer(ANYA)).hidden).toHaveLength(1);
    expect((await stage.ask(ANYA, ANYA, 'показать химию')).text).toMatch(/«химию» я не скрывал[\s\S]*/);
    await stage.ask(ANYA, ANYA, 'показать физру');
    expect((await stage.peer(ANYA)).hidden).toEqual([]);
    for (const words of ['показать физру', 'верни информатику', 'показать пару 3'])
      expect((await stage.ask(ANYA, ANYA, words)).text).toBe('Ничего не скрыто, показываю всё.');
    await stage.timetable('Юристы');
    expect((await stage.ask(ANYA, ANYA, 'покажи Юристы')).text).toContain('Пара Юристы');
  });

  test('a subgroup that is not there is said', async () => {
    expect((await stage.ask(ANYA, ANYA, 'подгруппа 7')).text).toMatch(/нет. Есть: 1, 2/);
    expect((await stage.peer(ANYA)).subgroup).toBe('');
    await stage.timetable('ПИ-22');
    await stage.ask(ANYA, ANYA, 'ПИ-22');
    expect((await stage.ask(ANYA, ANYA, 'подгруппа 2')).text).toMatch(/нет подгрупп/);
  });
});

describe('«настройки»', () => {
  test('shows all in one message', async () => {
    for (const words of [
      'напоминать за 15 и 1 минуту',
      'вечером в 20:00',
      'тихо с 23 до 7',
      'подгруппа 2',
      'скрыть физру',
    ])
      await stage.ask(ANYA, ANYA, words);
    expect((await stage.ask(ANYA, ANYA, 'настройки')).text).toMatchInlineSnapshot(`
      "Группа: «ПИ-21»
      Перед каждой парой: за 15 минут и за 1 минуту
      Перед первой парой: за 30 минут
      Экзамены и консультации: за день и за час
      Собрания: не напоминаю
      Вечером: пары на завтра в 20:00
      Утром: не присылаю
      Неделя вперёд: не присылаю
      Домашка: вечером вместе с парами
      Изменения: сообщаю сразу, на 7 дней вперёд
      Тихие часы: с 23:00 до 07:00
      Часовой пояс: как в расписании
      Подгруппа: 2
      Скрыто: Физическая культура и спорт

      Ничего не присылать: «стоп». Стереть всё: «удалить мои данные»."
    `);
  });

  test('every choice can be made by buttons, from topic to topic and back', async () => {
    await stage.ask(ANYA, ANYA, 'настройки');
    const walk: [topic: string, choice: string, part: Partial<Peer>][] = [
      ['Напоминания', 'За 15 мин', { leads: [15] }],
      ['Напоминания', 'Перед парами не напоминать', { leads: [] }],
      ['Напоминания', 'К первой паре не напоминать', { firstLead: null }],
      ['Напоминания', 'К первой паре за 30 минут', { firstLead: 30 }],
      ['Напоминания', 'Об экзаменах не напоминать', { exams: false }],
      ['Напоминания', 'Напоминать об экзаменах', { exams: true }],
      ['Рассылки', 'Вечером в 21:00', { evening: '21:00' }],
      ['Рассылки', 'Вечером не присылать', { evening: null }],
      ['Рассылки', 'Утром в 07:00', { morning: '07:00' }],
      ['Рассылки', 'Утром не присылать', { morning: null }],
      ['Рассылки', 'Неделю в воскресенье в 18:00', { week: { weekday: 7, at: '18:00' } }],
      ['Рассылки', 'Неделю не присылать', { week: null }],
      ['Изменения', 'Сегодня и завтра', { horizon: 'near' }],
      ['Изменения', 'Любой день', { horizon: 'all' }],
      ['Изменения', '7 дней', { horizon: 'week' }],
      ['Изменения', 'Не присылать изменения', { changes: false }],
      ['Изменения', 'Присылать изменения', { changes: true }],
      ['Тихие часы', '23:00–07:00', { quiet: { from: '23:00', to: '07:00' } }],
      ['Тихие часы', 'Без тихих часов', { quiet: null }],
      ['Подгруппа', 'Подгруппа 2', { subgroup: '2' }],
      ['Подгруппа', 'Все подгруппы', { subgroup: '' }],
      ['Скрытое', 'Скрыть: Физика', { hidden: [{ by: 'subject', name: 'Физика' }] }],
      ['Скрытое', 'Показать: Физика', { hidden: [] }],
    ];
    for (const [topic, choice, part] of walk) {
      await stage.press(ANYA, ANYA, topic);
      const chosen = await stage.press(ANYA, ANYA, choice);
      expect(await stage.peer(ANYA), choice).toMatchObject(part);
      // The message stays where it is: the topic with its new state.
      expect(chosen.buttons?.flat().map(({ label }) => label)).toContain('← Настройки');
      await stage.press(ANYA, ANYA, '← Настройки');
    }
    expect(await stage.peer(ANYA)).toEqual({
      ...newPeer(ANYA, 'ru', null),
      timetableId: (await stage.peer(ANYA)).timetableId,
    });
  });

  test('kinds of change are switched one by one', async () => {
    await stage.ask(ANYA, ANYA, 'настройки изменений');
    await stage.press(ANYA, ANYA, 'Какие изменения');
    const kinds = [
      'Отмены',
      'Возвраты',
      'Новые пары',
      'Переносы',
      'Аудитории',
      'Преподаватели',
      'Предметы',
      'Виды занятий',
      'Формат',
    ];
    for (const kind of kinds) await stage.press(ANYA, ANYA, `✓ ${kind}`);
    expect((await stage.peer(ANYA)).muted).toHaveLength(kinds.length);
    for (const kind of kinds) await stage.press(ANYA, ANYA, `✗ ${kind}`);
    expect((await stage.peer(ANYA)).muted).toEqual([]);
  });

  test('before a group is chosen only what can be kept is kept', async () => {
    expect((await stage.ask(BORIS, BORIS, 'утром в 7:30')).text).toMatch(/^Какая группа/);
    expect((await stage.ask(BORIS, BORIS, 'скрыть физру')).text).toMatch(/^Какая группа/);
    expect((await stage.ask(BORIS, BORIS, 'настройки')).text).toMatch(/Группа: не выбрана/);
    await stage.ask(BORIS, BORIS, 'тихо с 23 до 7');
    expect((await stage.peer(BORIS)).quiet).toEqual({ from: '23:00', to: '07:00' });
  });
});

describe('a chat', () => {
  beforeEach(async () => {
    await stage.ask(ANYA, CHAT, '', { event: 'invited' });
    await stage.ask(ANYA, CHAT, 'ПИ-21');
  });

  const WORDS = [
    'к первой паре за 40 минут',
    'утром в 7:30',
    'неделю в воскресенье в 18',
    'экзамены не присылать',
    'тихо с 23 до 7',
    'изменения на завтра',
    'не присылать отмены',
    'подгруппа 2',
    'скрыть физру',
  ];

  test.each(WORDS)('«%s» is heard from who invited the bot and from no stranger', async (words) => {
    const before = await stage.peer(CHAT);
    expect((await stage.ask(BORIS, CHAT, words)).text).toMatch(/может тот, кто меня добавил/);
    expect((await stage.say(BORIS, CHAT, words, { event: 'press' })).snackbar).toMatch(/администратор/);
    expect(await stage.peer(CHAT)).toEqual(before);
    await stage.ask(ANYA, CHAT, words);
    expect(await stage.peer(CHAT)).not.toEqual(before);
  });

  test('has settings of its own, and anybody may look at them', async () => {
    await stage.ask(ANYA, CHAT, 'изменения на завтра');
    expect((await stage.peer(ANYA)).horizon).toBe('week');
    expect((await stage.ask(BORIS, CHAT, 'настройки')).text).toMatch(/на сегодня и завтра/);
    expect((await stage.press(BORIS, CHAT, 'Изменения')).text).toMatch(/на сегодня и завтра/);
  });
});

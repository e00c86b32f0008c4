/** Words to intents: every promised phrase, in any order and case. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Intent } from '../../src/chat/intent.ts';
import { nearestCommands, OFFERED } from '../../src/chat/near.ts';
import { understand } from '../../src/chat/understand.ts';

const own = { of: 'own' } as const;
const day = (days: number, which: object = own) => ({ kind: 'day', when: { kind: 'offset', days }, which });
const week = (days: number, which: object = own) => ({ kind: 'week', when: { kind: 'offset', days }, which });
const on = (weekday: number, next = 0, which: object = own) => ({
  kind: 'day',
  when: { kind: 'weekday', weekday, next },
  which,
});
const date = (of: number, month: number, year: number | null = null) => ({
  kind: 'day',
  when: { kind: 'date', day: of, month, year },
  which: own,
});
const named = (name: string) => ({ of: 'name', name });
const history = (days = 14, page = 1, which: object = own) => ({ kind: 'history', days, page, which });

const TABLE: readonly (readonly [words: string, intent: object])[] = [
  ['Начать', { kind: 'start' }],
  ['start', { kind: 'start' }],
  ['помощь', { kind: 'help' }],
  ['Что ты умеешь?', { kind: 'help' }],
  ['', { kind: 'help' }],
  // Who people are.
  ['время вуза: Омск', { kind: 'clocks', name: 'Омск' }],
  ['Время сайта Europe/Samara', { kind: 'clocks', name: 'Europe/Samara' }],
  ['time of the site: Omsk', { kind: 'clocks', name: 'Omsk' }],
  ['Я родитель', { kind: 'role', role: 'parent', name: '' }],
  ['я мама Пети из ПИ-21', { kind: 'role', role: 'parent', name: 'ПИ-21' }],
  ['мы родители', { kind: 'role', role: 'parent', name: '' }],
  ['чат родителей', { kind: 'role', role: 'parent', name: '' }],
  ['я преподаватель', { kind: 'role', role: 'teacher', name: '' }],
  ['Я препод Иванов И. И.', { kind: 'role', role: 'teacher', name: 'Иванов И. И' }],
  ['учительская', { kind: 'role', role: 'teacher', name: '' }],
  ['I am a teacher', { kind: 'role', role: 'teacher', name: '' }],
  ['я студент', { kind: 'role', role: 'student', name: '' }],
  ['я студент ПИ-21', { kind: 'group', name: 'я студент ПИ-21', asked: false }],
  // Unless it is a title, see names.test.ts.
  ['Замены школы 5', { kind: 'history', which: named('школы 5'), days: 14, page: 1 }],
  ['замены ПИ-21', { kind: 'history', which: named('ПИ-21'), days: 14, page: 1 }],
  ['преподаватель Иванов', { kind: 'nearest', which: { of: 'name', name: 'Иванов', sort: 'teacher' } }],
  ['собрания присылать', { kind: 'meetings', on: true }],
  ['не присылай собрания', { kind: 'meetings', on: false }],
  // Homework; what is written down is in homework.test.ts.
  ['убрать дз матан', { kind: 'homework', deed: 'take', what: 'матан', when: null, text: '' }],
  ['дз', { kind: 'homework', deed: 'list', what: '', when: null, text: '' }],
  ['пришли дз', { kind: 'homework', deed: 'list', what: '', when: null, text: '' }],
  ['Что задали на завтра?', { kind: 'homework', deed: 'list', what: '', when: { kind: 'offset', days: 1 }, text: '' }],
  ['домашнее задание по матану', { kind: 'homework', deed: 'list', what: 'матану', when: null, text: '' }],
  ['домашку не присылать', { kind: 'due', at: null }],
  ['homework', { kind: 'homework', deed: 'list', what: '', when: null, text: '' }],
  ['homework off', { kind: 'due', at: null }],
  ['присылать домашку', { kind: 'due', at: '19:00' }],
  ['домашка в 18:30', { kind: 'due', at: '18:30' }],
  ['дз в 7 присылать', { kind: 'due', at: '19:00' }],
  // Days.
  ['сегодня', day(0)],
  ['Что сегодня?', day(0)],
  ['завтра', day(1)],
  ['какие пары завтра', day(1)],
  ['завтра утром', day(1)],
  ['послезавтра', day(2)],
  ['вчера', day(-1)],
  ['через 3 дня', day(3)],
  ['через день', day(2)],
  ['через неделю', day(7)],
  ['пт', on(5)],
  ['в пятницу', on(5)],
  ['что в среду', on(3)],
  ['понедельник', on(1)],
  ['в следующую пятницу', on(5, 1)],
  ['в прошлый вторник', on(2, -1)],
  ['12.09', date(12, 9)],
  ['12.09.2026', date(12, 9, 2026)],
  ['12 сентября', date(12, 9)],
  ['на 12-е сентября', date(12, 9)],
  ['1 мая 2027', date(1, 5, 2027)],
  ['2026-11-24', date(24, 11, 2026)],
  ['неделя', week(0)],
  ['на этой неделе', week(0)],
  ['следующая неделя', week(7)],
  ['прошлая неделя', week(-7)],
  ['неделя 24.11', { kind: 'week', when: { kind: 'date', day: 24, month: 11, year: null }, which: own }],
  ['расписание', { kind: 'nearest', which: own }],
  ['сейчас', { kind: 'nearest', which: own }],
  // Another group, once.
  ['ПИ-22 завтра', day(1, named('ПИ-22'))],
  ['завтра пи 22', day(1, named('пи 22'))],
  ['ПИ-21 сегодня и завтра', day(0, named('ПИ-21'))],
  ['что завтра в 7', day(1)],
  ['ПИ-22 на следующей неделе', week(7, named('ПИ-22'))],
  ['группа ПИ-22 в пятницу', on(5, 0, named('ПИ-22'))],
  ['показать 12 завтра', day(1, { of: 'id', id: 12 })],
  [
    'показать 12 неделя 24.11.2026',
    { kind: 'week', when: { kind: 'date', day: 24, month: 11, year: 2026 }, which: { of: 'id', id: 12 } },
  ],
  ['показать 12', { kind: 'nearest', which: { of: 'id', id: 12 } }],
  // What is hidden, shown once.
  ['завтра со скрытыми', { ...day(1), whole: true }],
  [
    'неделя 23.11 со скрытыми',
    { kind: 'week', when: { kind: 'date', day: 23, month: 11, year: null }, which: own, whole: true },
  ],
  ['показать 12 24.11 со скрытыми', { ...date(24, 11), which: { of: 'id', id: 12 }, whole: true }],
  ['со скрытыми', { kind: 'nearest', which: own, whole: true }],
  // Groups.
  ['ПИ-21', { kind: 'group', name: 'ПИ-21', asked: false }],
  ['пи 21', { kind: 'group', name: 'пи 21', asked: false }],
  ['ПТ-21', { kind: 'group', name: 'ПТ-21', asked: false }],
  ['ПТ 21', { kind: 'group', name: 'ПТ 21', asked: false }],
  ['моя группа ПИ-21', { kind: 'group', name: 'ПИ-21', asked: true }],
  ['расписание ПИ-21', { kind: 'group', name: 'ПИ-21', asked: true }],
  ['сменить группу', { kind: 'group', name: '', asked: true }],
  ['выбрать 12', { kind: 'choose', id: 12 }],
  ['09.03.01', { kind: 'group', name: '09.03.01', asked: false }],
  // A calendar's address, anywhere.
  ['ПИ-21 https://x.example/a.xlsx', { kind: 'calendar', url: 'https://x.example/a.xlsx', group: 'ПИ-21' }],
  ['взять ПИ-21', { kind: 'column', name: 'ПИ-21' }],
  ['Шаблон', { kind: 'template' }],
  ['https://x.example/a.ics', { kind: 'calendar', url: 'https://x.example/a.ics', group: '' }],
  ['ruz.fa.ru/ruz/main', { kind: 'calendar', url: 'https://ruz.fa.ru/ruz/main', group: '' }],
  ['ПИ-21 www.asu.ru', { kind: 'calendar', url: 'https://www.asu.ru', group: 'ПИ-21' }],
  ['расписание.вуз.рф/группа?id=5.', { kind: 'calendar', url: 'https://расписание.вуз.рф/группа?id=5', group: '' }],
  [
    'edu.donstu.ru/WebApp/#/Rasp/Group/1',
    { kind: 'calendar', url: 'https://edu.donstu.ru/WebApp/#/Rasp/Group/1', group: '' },
  ],
  // Subjects that look like sites.
  ...['ASP.NET', 'asp.net', 'ADO.NET', 'Основы.NET', 'ASP.NET/лаб'].map((name): [string, object] => [
    name,
    { kind: 'group', name, asked: false },
  ]),
  ['смотри на ruz.fa.ru там', { kind: 'group', name: 'смотри на ruz.fa.ru там', asked: false }],
  ['Иванов И.И', { kind: 'group', name: 'Иванов И.И', asked: false }],
  ['вот: webcal://x.example/a.ics?k=1&b=2.', { kind: 'calendar', url: 'webcal://x.example/a.ics?k=1&b=2', group: '' }],
  // What is sent.
  ['напоминать за 5 минут', { kind: 'leads', leads: [5] }],
  ['напоминай за 15 и 1 минуту', { kind: 'leads', leads: [15, 1] }],
  ['за 10, 5 и 1 минуту напомни', { kind: 'leads', leads: [10, 5, 1] }],
  ['напоминай за час', { kind: 'leads', leads: [60] }],
  ['напоминать за полчаса', { kind: 'leads', leads: [30] }],
  ['напоминать за полтора часа', { kind: 'leads', leads: [90] }],
  ['напоминать за 1 ч 30 мин', { kind: 'leads', leads: [90] }],
  ['напоминай за час и 5 минут', { kind: 'leads', leads: [60, 5] }],
  ['напоминать за 2 и 1 час', { kind: 'leads', leads: [120, 60] }],
  ['напомнить за пять минут', { kind: 'leads', leads: [5] }],
  ['напоминать за сутки', { kind: 'leads', leads: [1440] }],
  ['напоминать', { kind: 'leads', leads: null }],
  ['не напоминать', { kind: 'leads', leads: [] }],
  ['не напоминай за 5 минут', { kind: 'leads', leads: [] }],
  ['напоминания выкл', { kind: 'leads', leads: [] }],
  ['вечером в 19:00', { kind: 'evening', at: '19:00' }],
  ['в 20.30 вечером', { kind: 'evening', at: '20:30' }],
  ['вечером в 7', { kind: 'evening', at: '19:00' }],
  ['вечером вкл', { kind: 'evening', at: '19:00' }],
  ['вечером не присылать', { kind: 'evening', at: null }],
  ['не присылай вечером', { kind: 'evening', at: null }],
  ['вечером', { kind: 'evening', at: undefined }],
  ['завтра вечером', day(1)],
  // What has changed.
  ['изменения', history()],
  ['Изменения?', history()],
  ['все изменения', history()],
  ['последние изменения в расписании', history()],
  ['покажи изменения', history()],
  ['есть изменения?', history()],
  ['нет изменений?', history()],
  ['были ли изменения', history()],
  ['что изменилось', history()],
  ['что изменилось?', history()],
  ['Что поменялось в расписании', history()],
  ['что нового', history()],
  ['что нового в расписании', history()],
  ['changes', history()],
  ["what's new", history()],
  ['what has changed', history()],
  ['изменения за неделю', history(7)],
  ['изменения за последнюю неделю', history(7)],
  ['что изменилось за 3 дня', history(3)],
  ['изменения за 7 дн.', history(7)],
  ['изменения за 1 дн.', history(1)],
  ['изменения за сегодня', history(1)],
  ['изменения за месяц', history()],
  ['изменения за 90 дней', history()],
  ['changes for 7 days', history(7)],
  ['изменения, страница 2', history(14, 2)],
  ['изменения за 7 дн., страница 3', history(7, 3)],
  ['изменения страница 0', history()],
  ['изменения ПИ-22', history(14, 1, named('ПИ-22'))],
  ['что изменилось у ПИ-22 за неделю', history(7, 1, named('ПИ-22'))],
  ['показать 12 изменения, страница 2', history(14, 2, { of: 'id', id: 12 })],
  ['показать 12 изменения за 7 дн.', history(7, 1, { of: 'id', id: 12 })],
  ['изменения вкл', { kind: 'changes', on: true }],
  ['присылать изменения', { kind: 'changes', on: true }],
  ['изменения выкл', { kind: 'changes', on: false }],
  ['не присылать изменения', { kind: 'changes', on: false }],
  ['настройки', { kind: 'settings' }],
  ['за 10 минут', { kind: 'leads', leads: [10] }],
  ['не надо вечером присылать', { kind: 'evening', at: null }],
  ['вечером выкл', { kind: 'evening', at: null }],
  ['присылай вечером пары на завтра в 20:00', { kind: 'evening', at: '20:00' }],
  ['отключи изменения', { kind: 'changes', on: false }],
  ['присылай изменения в расписании', { kind: 'changes', on: true }],
  ['хватит напоминать', { kind: 'leads', leads: [] }],
  ['обновить', { kind: 'refresh' }],
  ['стоп', { kind: 'stop' }],
  ['Ничего не присылай!', { kind: 'stop' }],
  ['отключи уведомления', { kind: 'stop' }],
  ['выключи вечернюю рассылку', { kind: 'evening', at: null }],
  ['удалить мои данные', { kind: 'forget', sure: false }],
  ['Да, удалить мои данные', { kind: 'forget', sure: true }],
  // Who else writes.
  ['назначить старостой [id5|Борис]', { kind: 'editors', deed: 'give', person: 5 }],
  ['назначь vk.com/id5 старостой', { kind: 'editors', deed: 'give', person: 5 }],
  ['назначить https://vk.com/id5', { kind: 'editors', deed: 'give', person: 5 }],
  ['назначить старостой @durov', { kind: 'editors', deed: 'give', person: null }],
  ['назначить', { kind: 'editors', deed: 'give', person: null }],
  ['снять старосту id5', { kind: 'editors', deed: 'take', person: 5 }],
  ['снять старосту id5 в №12', { kind: 'editors', deed: 'take', person: 5, timetable: 12 }],
  ['убери старосту [id5|Борис]!', { kind: 'editors', deed: 'take', person: 5 }],
  ['старосты', { kind: 'editors', deed: 'list', person: null }],
  ['Кто записывает домашку?', { kind: 'editors', deed: 'list', person: null }],
  ['отмена', { kind: 'cancel' }],
  // By hand.
  ['создать расписание ПИ-21', { kind: 'create', name: 'ПИ-21', lines: '' }],
  ['Создать группу «ПИ-21»', { kind: 'create', name: 'ПИ-21', lines: '' }],
  ['создать вместе с группой', { kind: 'create', name: '', lines: '' }],
  ['create together', { kind: 'create', name: '', lines: '' }],
  ['Создай вместе с группой!', { kind: 'create', name: '', lines: '' }],
  ['создать расписание', { kind: 'create', name: '', lines: '' }],
  [
    'создать расписание ПИ-21\nПн 1 матан\nВт 2 право',
    { kind: 'create', name: 'ПИ-21', lines: 'Пн 1 матан\nВт 2 право' },
  ],
  ['добавить пары', { kind: 'add', name: '', lines: '' }],
  ['добавь пару в ПИ-21', { kind: 'add', name: 'ПИ-21', lines: '' }],
  ['добавить пары в 12', { kind: 'add', name: '12', lines: '' }],
  ['удалить расписание ПИ-21', { kind: 'remove', name: 'ПИ-21', sure: null }],
  ['удалить расписание', { kind: 'remove', name: '', sure: null }],
  ['да, удалить расписание 12', { kind: 'remove', name: '', sure: 12 }],
  ['принять', { kind: 'accept', name: '' }],
  ['принять ПИ-21', { kind: 'accept', name: 'ПИ-21' }],
  ['сохранить', { kind: 'form' }],
  ['с 1.09 по 28.12', { kind: 'form' }],
  ['с 1 сентября по 31 января', { kind: 'form' }],
  // English.
  ['tomorrow', day(1)],
  ['help', { kind: 'help' }],
  ['evening off', { kind: 'evening', at: null }],
  ['no reminders', { kind: 'leads', leads: [] }],
  // Courtesies.
  ['спасибо', { kind: 'courtesy', courtesy: 'thanks' }],
  ['Спасибо большое, бот', { kind: 'courtesy', courtesy: 'thanks' }],
  ['ок, спасибо', { kind: 'courtesy', courtesy: 'thanks' }],
  ['привет', { kind: 'courtesy', courtesy: 'hello' }],
  ['Добрый день', { kind: 'courtesy', courtesy: 'hello' }],
  ['пока', { kind: 'courtesy', courtesy: 'bye' }],
  ['до завтра', { kind: 'courtesy', courtesy: 'bye' }],
  ['да', { kind: 'courtesy', courtesy: 'yes' }],
  ['ок', { kind: 'courtesy', courtesy: 'ok' }],
  ['👍', { kind: 'courtesy', courtesy: 'ok' }],
  ['👍👍', { kind: 'courtesy', courtesy: 'ok' }],
  ['ахах', { kind: 'courtesy', courtesy: 'fun' }],
  ['лол кек', { kind: 'courtesy', courtesy: 'fun' }],
  ['remind 15 and 1 minutes', { kind: 'leads', leads: [15, 1] }],
  ['create timetable PI-21', { kind: 'create', name: 'PI-21', lines: '' }],
];

describe('understand', () => {
  test.each(TABLE)('«%s»', (words, intent) => expect(understand(words)).toEqual(intent));

  test.each(TABLE.filter(([words]) => !/[«:]/.test(words)))(
    '«%s» with a slash, spaces and a full stop',
    (words, intent) => {
      if (words === '') return;
      for (const typed of [`/${words}`, ` / ${words} `, ` ${words}`, words.includes('\n') ? words : `${words}.`]) {
        expect(understand(typed)).toEqual(intent);
      }
    },
  );

  test('case does not matter where nothing is kept as typed', () => {
    for (const [words, intent] of TABLE) {
      const kept = JSON.stringify(intent).match(/"(?:name|url)":"[^"]/);
      if (kept === null) expect(understand(words.toUpperCase())).toEqual(intent);
    }
  });

  test('the order of words does not matter for days and settings', () => {
    const phrases = ['завтра пары какие', 'напоминать за 15 и 1 минуту', 'вечером в 19:00', 'не присылать изменения'];
    expect(understand('какие пары завтра')).toEqual(understand(phrases[0] ?? ''));
    expect(understand('за 15 и 1 минуту напоминать')).toEqual(understand(phrases[1] ?? ''));
    expect(understand('в 19:00 вечером')).toEqual(understand(phrases[2] ?? ''));
    expect(understand('изменения не присылать')).toEqual(understand(phrases[3] ?? ''));
  });

  test('any text has an intent', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        expect(typeof understand(text).kind).toBe('string');
      }),
      { numRuns: 500 },
    );
  });
});

test('a mention of another community stays', () => {
  expect(understand('[club1|ПИ] @all')).toMatchObject({ name: '[club1|ПИ] @all' });
});

test('what help offers is understood, and never as a stray word', () => {
  for (const phrase of OFFERED)
    expect((understand(phrase) as Intent).kind, phrase).not.toSatisfy(
      (kind: string) => kind === 'group' && phrase !== 'сменить группу',
    );
});

test.each([
  ['недля', 'неделя'],
  ['настроики', 'настройки'],
  ['абновить', 'обновить'],
  ['напаминать за 5 минут', 'напоминать за 5 минут'],
])('«%s» is near «%s»', (typed, meant) => {
  expect(nearestCommands(typed)[0]).toBe(meant);
  expect(nearestCommands(typed)).toHaveLength(3);
});

test.each(['сколько до конца', 'Иди нафиг', 'стпо', 'удали все', 'не', 'ъъъ', 'а'.repeat(500)])(
  'a guess at «%s» never silences, deletes or switches off',
  (words) => {
    const near = nearestCommands(words);
    expect(near).toHaveLength(3);
    expect(near.join(' ')).not.toMatch(/стоп|удалить|(?<!\p{L})не /u);
  },
);

describe('a teacher, a room', () => {
  test.each([
    ['преподаватель Иванов', { kind: 'nearest', which: { of: 'name', name: 'Иванов', sort: 'teacher' } }],
    ['Препод. Иванов И. И.', { kind: 'nearest', which: { of: 'name', name: 'Иванов И. И', sort: 'teacher' } }],
    [
      '/расписание преподавателя иванова и.и.',
      { kind: 'nearest', which: { of: 'name', name: 'иванова и.и', sort: 'teacher' } },
    ],
    ['преподаватель Иванов завтра', { kind: 'day', which: { of: 'name', name: 'Иванов', sort: 'teacher' } }],
    ['teacher Ivanov next week', { kind: 'week', which: { of: 'name', name: 'Ivanov', sort: 'teacher' } }],
    ['аудитория 404Л', { kind: 'nearest', which: { of: 'name', name: '404Л', sort: 'room' } }],
    ['ауд. 404 Л в пятницу', { kind: 'day', which: { of: 'name', name: '404 Л', sort: 'room' } }],
    ['аудитория 21', { kind: 'nearest', which: { of: 'name', name: '21', sort: 'room' } }],
    ['кабинет 305 неделя', { kind: 'week', which: { of: 'name', name: '305', sort: 'room' } }],
    ['следить за преподавателем Иванов', { kind: 'group', name: 'Иванов', asked: true, sort: 'teacher' }],
    ['выбрать аудиторию 404Л', { kind: 'group', name: '404Л', asked: true, sort: 'room' }],
    ['показать №7 завтра', { kind: 'day', which: { of: 'id', id: '№7' } }],
    ['показать №7', { kind: 'nearest', which: { of: 'id', id: '№7' } }],
    ['выбрать №7', { kind: 'choose', id: '№7' }],
    ['выбрать 7', { kind: 'choose', id: 7 }],
  ])('«%s»', (words, intent) => {
    expect(understand(words)).toMatchObject(intent);
  });

  test.each(['преподаватель', 'аудитория', 'преподавательский состав', 'кабинетный учёт'])(
    '«%s» names none',
    (words) => {
      expect(JSON.stringify(understand(words))).not.toContain('sort');
    },
  );
});

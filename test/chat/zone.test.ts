/** A time zone of one's own: the words for it, and times by it wherever they differ from the timetable's, with the city said. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { understand } from '../../src/chat/understand.ts';
import { zoneSaid } from '../../src/chat/zone-words.ts';
import { instantOf, isZone } from '../../src/domain/calendar.ts';
import type { Saying } from '../../src/domain/notice.ts';
import { remind } from '../../src/flows/remind.ts';
import { claim } from '../../src/store/index.ts';
import { zoneButtons } from '../../src/text/brought.ts';
import { texts } from '../../src/text/index.ts';
import { byClocksOf, placeOfZone, ZONES } from '../../src/text/places.ts';
import { lesson } from '../support/make.ts';
import { relesson } from '../support/reminded.ts';
import { lessonLine } from '../text/make.ts';
import { openStage, type Stage } from './stage.ts';

const zone = (zone: string | null) => ({ kind: 'zone', zone });
const topic = { kind: 'settings', topic: 'zone' };

describe('an answer to «по какому времени»', () => {
  test.each<[string, string | null]>([
    ['Омск', 'Asia/Omsk'],
    ['В Омске.', 'Asia/Omsk'],
    ['по московскому времени', 'Europe/Moscow'],
    ['это город Пермь', 'Asia/Yekaterinburg'],
    ['часовой пояс Томск', 'Asia/Tomsk'],
    ['мск+4', 'Asia/Krasnoyarsk'],
    ['UTC+6', 'Asia/Omsk'],
    ['Asia/Omsk', 'Asia/Omsk'],
    ['Asia/Atlantis', null],
    // Another spelling would be another zone, and another timetable of the same group.
    ['Asia/OMSK', null],
    ['Etc/UTC', null],
    ['ПИ-21', null],
    ['', null],
    ['х'.repeat(5000), null],
  ])('«%s»', (words, wanted) => expect(zoneSaid(words)).toBe(wanted));

  test('every button is one', () => {
    for (const likely of [...ZONES, 'Asia/Vladivostok', 'America/Los_Angeles'])
      for (const button of zoneButtons(likely, 'ru').flat()) {
        const intent = understand('say' in button ? button.say : '');
        expect(intent).toMatchObject({ kind: 'clocks' });
        expect('name' in intent ? zoneSaid(intent.name) : null, button.label).not.toBeNull();
      }
  });
});

describe('the words', () => {
  test.each<[string, object]>([
    ['мой часовой пояс Омск', zone('Asia/Omsk')],
    ['часовой пояс: Омск', zone('Asia/Omsk')],
    ['часовой пояс Томск', zone('Asia/Tomsk')],
    ['Часовой пояс Екатеринбурга', zone('Asia/Yekaterinburg')],
    ['мой часовой пояс — Новосибирск', zone('Asia/Novosibirsk')],
    ['поменяй часовой пояс на Владивосток', zone('Asia/Vladivostok')],
    ['часовой пояс в Хабаровске', zone('Asia/Vladivostok')],
    ['время по Москве', zone('Europe/Moscow')],
    ['время по мск', zone('Europe/Moscow')],
    ['московское время', zone('Europe/Moscow')],
    ['показывай время по Омску', zone('Asia/Omsk')],
    ['часовой пояс Санкт-Петербург', zone('Europe/Moscow')],
    ['часовой пояс Нижний Новгород', zone('Europe/Moscow')],
    ['часовой пояс Казань', zone('Europe/Moscow')],
    ['часовой пояс Уфа', zone('Asia/Yekaterinburg')],
    ['часовой пояс Самара', zone('Europe/Samara')],
    ['часовой пояс Самарканд', zone('Asia/Tashkent')],
    ['часовой пояс Якутск', zone('Asia/Yakutsk')],
    ['часовой пояс Петропавловск-Камчатский', zone('Asia/Kamchatka')],
    ['часовой пояс мск+4', zone('Asia/Krasnoyarsk')],
    ['часовой пояс МСК +2', zone('Asia/Yekaterinburg')],
    ['часовой пояс мск-1', zone('Europe/Kaliningrad')],
    ['мск+4', zone('Asia/Krasnoyarsk')],
    ['часовой пояс utc+7', zone('Asia/Krasnoyarsk')],
    ['my time zone Berlin', zone('Europe/Berlin')],
    ['время по Берлину', zone('Europe/Berlin')],
    ['часовой пояс Нью-Йорк', zone('America/New_York')],
    ['часовой пояс университета', zone(null)],
    ['часовой пояс вуза', zone(null)],
    ['часовой пояс как в расписании', zone(null)],
    ['время по расписанию', zone(null)],
    ['время университета по умолчанию', { kind: 'group' }],
    ['часовой пояс', topic],
    ['мой часовой пояс', topic],
    ['какой у меня часовой пояс?', topic],
    ['time zone', topic],
    ['часовой пояс Ктулху', { kind: 'zone', zone: undefined, said: 'ктулху' }],
    ['часовой пояс мск+30', { kind: 'zone', zone: undefined }],
  ])('«%s»', (words, intent) => expect(understand(words)).toMatchObject(intent));

  test.each([
    'время',
    'сколько времени',
    'время по звонку',
    'в Омске',
    'Омск',
    'время пары',
    'завтра в Москве',
    'расписание на завтра',
  ])('«%s» changes no zone', (words) => expect(understand(words).kind).not.toBe('zone'));

  test('every zone of Russia has a name of its own, and the words on its button choose it', () => {
    const RUSSIA =
      'Europe/Kaliningrad Europe/Moscow Europe/Simferopol Europe/Kirov Europe/Volgograd Europe/Astrakhan Europe/Saratov Europe/Ulyanovsk Europe/Samara Asia/Yekaterinburg Asia/Omsk Asia/Novosibirsk Asia/Barnaul Asia/Tomsk Asia/Novokuznetsk Asia/Krasnoyarsk Asia/Irkutsk Asia/Chita Asia/Yakutsk Asia/Vladivostok Asia/Sakhalin Asia/Magadan Asia/Srednekolymsk Asia/Kamchatka Asia/Anadyr'.split(
        ' ',
      );
    for (const one of RUSSIA) {
      expect(isZone(one)).toBe(true);
      expect(understand(`часовой пояс ${placeOfZone(one, 'ru')}`)).toMatchObject(zone(one));
      expect(understand(`время ${byClocksOf(one, 'ru')}`)).toMatchObject(zone(one));
      expect(understand(`my time zone ${placeOfZone(one, 'en')}`)).toMatchObject(zone(one));
    }
  });
});

describe('what is sent by other clocks says whose', () => {
  const OWN = { language: 'ru', zone: 'Asia/Omsk', own: true } as const;
  const at = (clock: string, day = '2026-11-24') => instantOf(day, clock, 'Asia/Omsk');
  const line = lessonLine({ day: '2026-11-24', start: '12:45', end: '14:20' });
  const said = (saying: Saying, now: number) => texts(saying.language).say(saying, now).text.split('\n')[0];
  const changed = { kind: 'cancelled', before: line } as const;

  test.each<[Saying, number, string]>([
    [{ ...OWN, kind: 'reminder', lessons: [line] }, at('12:30'), 'В 12:45 по Омску — Математический анализ (лек.)'],
    [
      { ...OWN, kind: 'reminder', lessons: [line] },
      at('20:00', '2026-11-23'),
      'Завтра, вт 24 ноября, в 12:45 по Омску — Математический анализ (лек.)',
    ],
    [{ ...OWN, kind: 'reminder', lessons: [line] }, at('12:49'), 'Началась 4 мин назад — Математический анализ (лек.)'],
    [
      { ...OWN, language: 'en', kind: 'reminder', lessons: [line] },
      at('12:30'),
      'At 12:45 Omsk time — Математический анализ (lecture)',
    ],
    [
      { ...OWN, kind: 'evening', day: '2026-11-24', lessons: [line] },
      at('19:00', '2026-11-23'),
      'Завтра, вт 24 ноября: к 2-й паре, 12:45 по Омску',
    ],
    [
      { ...OWN, kind: 'week', day: '2026-11-23', lessons: [line] },
      at('18:00', '2026-11-22'),
      'Неделя 23–29 ноября: 1 пара, время по Омску',
    ],
    [
      { ...OWN, kind: 'changes', title: 'ПИ-21', changes: [changed] },
      at('09:00'),
      'Изменения · ПИ-21 · время по Омску',
    ],
    [
      { ...OWN, kind: 'follow-up', change: changed },
      at('09:00'),
      'Поправка к напоминанию · вт, 24 ноября · время по Омску',
    ],
  ])('%#', (saying, now, head) => expect(said(saying, now)).toBe(head));
});

describe('in a conversation', () => {
  let stage: Stage;
  let id: number;
  beforeEach(async () => {
    stage = await openStage();
    id = await stage.timetable('ПИ-21');
    await stage.ask(11, 11, 'ПИ-21');
  });
  afterEach(() => stage.close());
  const text = async (words: string) => (await stage.ask(11, 11, words)).text;

  test('set by words, shown in the settings, applied to what is shown, and back', async () => {
    expect(await text('мой часовой пояс Омск')).toBe(
      'Теперь время по Омску: так показываю пары, считаю тихие часы и время рассылок.',
    );
    expect(await text('настройки')).toContain('Часовой пояс: Омск');
    expect(await text('завтра')).toMatch(/^Завтра, пт 20 ноября · ПИ-21 · время по Омску\n\n12:45–14:20 {2}Пара ПИ-21/);
    expect(await text('неделя')).toMatch(/ · ПИ-21 · время по Омску\n\nПт, 20 ноября\n12:45–14:20/);
    expect(await text('завтра со скрытыми')).toContain('12:45–14:20');
    expect(await text('почему')).toContain('завтра 12:15 Пара ПИ-21 в 12:45 — за 30 минут до первой пары дня');
    expect(await text('часовой пояс университета')).toBe('Хорошо, время снова как в расписании.');
    expect(await text('завтра')).toMatch(/^Завтра, пт 20 ноября · ПИ-21\n\n09:45–11:20/);
  });

  test('by buttons; what is no city is asked about', async () => {
    await stage.ask(11, 11, 'настройки');
    await stage.press(11, 11, 'Часовой пояс');
    expect((await stage.press(11, 11, 'Владивосток')).text).toContain('Теперь время по Владивостоку');
    expect((await stage.press(11, 11, '← Настройки')).text).toContain('Часовой пояс: Владивосток');
    expect(await text('часовой пояс Ктулху')).toContain('Не знаю часового пояса «ктулху»');
    expect((await stage.press(11, 11, 'Как в расписании')).text).toContain('как в расписании');
  });

  test('a zone that shows the same time is said nowhere; «сегодня» is the day of the reader', async () => {
    await text('время по Казани');
    expect(await text('завтра')).toMatch(/· ПИ-21\n/);
    await text('часовой пояс Нью-Йорк');
    expect(await text('завтра')).toContain('01:45–03:20');
    // The bot's own noon is early morning there: «сегодня» is the reader's day.
    stage.clock.move(-8 * 3_600_000);
    expect(await text('сегодня')).toMatch(/^Сегодня, ср 18 ноября/);
  });

  test('what a lesson was is told by the same clocks', async () => {
    await text('мой часовой пояс Омск');
    await relesson(stage.world, id, [
      lesson({
        subject: 'Пара ПИ-21',
        times: { on: 'weekly', weekday: 5, weeks: 'every', start: '11:00', end: '12:35' },
      }),
    ]);
    expect(await text('завтра')).toMatchInlineSnapshot(`
      "Завтра, пт 20 ноября · ПИ-21 · время по Омску

      14:00–15:35  Пара ПИ-21 (лек.)
         перенесена с 12:45"
    `);
  });

  test('quiet hours and digests follow it at once', async () => {
    await text('вечером в 20:00');
    await text('мой часовой пояс Новосибирск');
    const { world, clock } = stage;
    await remind(world);
    // 16:00 in Moscow, 20:00 in Novosibirsk.
    clock.move(4 * 3_600_000 + 60_000);
    await remind(world);
    const [batch] = await world.store.transaction((tx) => claim(tx, clock.now(), 10, 60_000));
    expect(batch === undefined ? '' : texts('ru').say(batch.saying, clock.now()).text).toBe(
      'Завтра, пт 20 ноября: 1 пара, в 13:45 по Новосибирску\n\n13:45–15:20  Пара ПИ-21 (лек.)',
    );
  });

  test('in a chat only who may change its settings', async () => {
    const CHAT = 2_000_000_005;
    await stage.say(11, CHAT, '', { event: 'invited' });
    await stage.ask(11, CHAT, 'ПИ-21');
    expect((await stage.ask(12, CHAT, 'часовой пояс Омск')).text).toContain('Это может тот, кто меня добавил');
    expect((await stage.ask(11, CHAT, 'часовой пояс Омск')).text).toContain('Теперь время по Омску');
  });
});

/** Homework in conversation: who may write it down, for which lesson, and what everybody sees of it. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { understand } from '../../src/chat/understand.ts';
import type { Lesson } from '../../src/domain/lesson.ts';
import { appoint, dismiss, listEditors } from '../../src/flows/editors.ts';
import { auditOf } from '../../src/store/index.ts';
import { lesson } from '../support/make.ts';
import { openStage, type Stage } from './stage.ts';

const [ANYA, BORIS, VERA] = [1, 2, 3];

describe('words', () => {
  test.each([
    ['дз матан: №5–7', 'матан', null, '№5–7'],
    ['ДЗ по физике — доклад', 'физике', null, 'доклад'],
    ['добавь дз на завтра матан - №5', 'матан', { kind: 'offset', days: 1 }, '№5'],
    ['записать домашку на пятницу матан\n№5\n№6', 'матан', { kind: 'weekday', weekday: 5, next: 0 }, '№5\n№6'],
    ['дз право: https://example.org/a?b=1', 'право', null, 'https://example.org/a?b=1'],
    ['домашняя работа история: §3, вопросы 1–2', 'история', null, '§3, вопросы 1–2'],
    ['homework math: 5.1', 'math', null, '5.1'],
  ])('«%s» is written down', (words, what, when, text) => {
    expect(understand(words)).toEqual({ kind: 'homework', deed: 'give', what, when, text });
  });

  test.each([
    ['дз физика на понедельник лаба 3', 'физика', { kind: 'weekday', weekday: 1, next: 0 }, 'лаба 3'],
    ['ДЗ ФИЗИКА НА ЗАВТРА ЛАБА 3', 'физика', { kind: 'offset', days: 1 }, 'ЛАБА 3'],
    ['домашка по физике завтра §5', 'физике', { kind: 'offset', days: 1 }, '§5'],
    ['дз физика 12.12 №5', 'физика', { kind: 'date', day: 12, month: 12, year: null }, '№5'],
    ['дз на понедельник физика лаба 3', '', { kind: 'weekday', weekday: 1, next: 0 }, 'физика лаба 3'],
    ['дз физика лаба 3 на понедельник', '', { kind: 'weekday', weekday: 1, next: 0 }, 'физика лаба 3'],
    ['запиши дз матан номер 5', '', null, 'матан номер 5'],
    ['дз, физика, лаба 3', '', null, 'физика, лаба 3'],
    ['запишите дз по физике на вторник лаба 3', 'физике', { kind: 'weekday', weekday: 2, next: 0 }, 'лаба 3'],
    ['задали по физике на вторник лаба 3', 'физике', { kind: 'weekday', weekday: 2, next: 0 }, 'лаба 3'],
    ['дз по высшей математике', '', null, 'высшей математике'],
  ])('«%s» may be written down', (words, what, when, text) => {
    expect(understand(words)).toEqual({ kind: 'homework', deed: 'perhaps', what, when, text });
  });

  test.each([
    ...[
      'дз',
      'дз на завтра',
      'дз по физике на завтра',
      'дз на завтра по физике',
      'пришли дз по физике',
      'дз матан 5.11',
    ],
    ...[
      'какое дз на завтра',
      'дз завтра есть?',
      'дз физика есть',
      'что задали по физике на завтра',
      'дз не будет завтра',
    ],
    ...['дз на следующей неделе', 'дз физика на понедельник какое', 'дз по физике на пн пожалуйста'],
  ])('«%s» asks', (words) => {
    expect(understand(words)).toMatchObject({ kind: 'homework', deed: 'list' });
  });

  test('a subject is needed', () => {
    expect(understand('дз: №5')).not.toMatchObject({ deed: 'give' });
    for (const words of ['дз: №5', 'Домашка - §3', 'запиши дз: №5'])
      expect(understand(words)).toMatchObject({ kind: 'homework', deed: 'nameless' });
    expect(understand('дз')).toMatchObject({ kind: 'homework', deed: 'list' });
  });
});

describe('in conversation, on a Thursday noon', () => {
  let stage: Stage;

  /** The lessons of Аня's timetable, by weekday. */
  const weekly = (subject: string, weekday: 1 | 2 | 3 | 4 | 5, start: string, more: Partial<Lesson> = {}): Lesson =>
    lesson({
      subject,
      times: { on: 'weekly', weekday, weeks: 'every', start, end: `${start.slice(0, 2)}:59` },
      ...more,
    });

  beforeEach(async () => {
    stage = await openStage();
    await stage.timetable('ПИ-21', ANYA, [
      weekly('Математический анализ', 4, '09:00'),
      weekly('Математический анализ', 2, '10:00'),
      weekly('Математический анализ', 2, '12:00', { kind: 'practice' }),
      weekly('Информатика', 5, '10:00', { subgroup: '1' }),
      weekly('Информатика', 5, '10:00', { subgroup: '2' }),
      weekly('История', 4, '14:00'),
      weekly('История искусств', 5, '14:00'),
    ]);
    await stage.ask(BORIS, BORIS, 'ПИ-21');
  });
  afterEach(() => stage.close());

  test('is for the next lesson of the subject, and everybody sees it beside the lesson, once a day', async () => {
    expect((await stage.ask(ANYA, ANYA, 'дз матан: №5–7')).text).toBe(
      'Записал: Математический анализ, вт, 24 ноября. Покажу рядом с парой и напомню накануне.\nдз: №5–7',
    );
    expect((await stage.ask(BORIS, BORIS, '24.11')).text).toMatchInlineSnapshot(`
      "Вт, 24 ноября · ПИ-21

      10:00–10:59  Математический анализ (лек.)
         дз: №5–7
      12:00–12:59  Математический анализ (пр.)"
    `);
    expect((await stage.ask(BORIS, BORIS, '26.11')).text).not.toContain('дз');
    expect((await stage.ask(BORIS, BORIS, 'дз')).text).toMatchInlineSnapshot(`
      "Домашка · ПИ-21

      Вт, 24 ноября
      • Математический анализ
         дз: №5–7"
    `);
  });

  test('of today it is while the lesson is ahead, of a named day that day', async () => {
    expect((await stage.ask(ANYA, ANYA, 'дз история: §3')).text).toMatch(/История, сегодня, чт 19 ноября/);
    expect((await stage.ask(ANYA, ANYA, 'дз матан на 03.12: №9')).text).toMatch(/чт, 3 декабря/);
  });

  test('a new one replaces the old; the button takes it away, and so do words', async () => {
    await stage.ask(ANYA, ANYA, 'дз матан: №5');
    expect((await stage.ask(ANYA, ANYA, 'дз матан: №6')).text).toMatch(/^Заменил/);
    expect((await stage.press(ANYA, ANYA, 'Убрать')).text).toMatch(
      /^Убрал домашку: Математический анализ, вт, 24 ноября/,
    );
    expect((await stage.ask(BORIS, BORIS, 'дз')).text).toContain('ничего не записано');
    expect((await stage.ask(ANYA, ANYA, 'убрать дз матан')).text).toMatch(/не записано/);
  });

  test('only who keeps the timetable writes, whatever a button says; everybody may ask', async () => {
    await stage.ask(ANYA, ANYA, 'дз матан: №5');
    for (const words of ['дз матан: ничего', 'убрать дз матан', 'убрать дз Математический анализ 24.11'])
      expect((await stage.ask(BORIS, BORIS, words)).text).toMatch(/^Домашку записывает тот/);
    expect((await stage.ask(BORIS, BORIS, 'дз по матану')).text).toContain('№5');
    // Who says they teach is not believed without proof.
    await stage.ask(BORIS, BORIS, 'я преподаватель');
    expect((await stage.ask(BORIS, BORIS, 'дз матан: ничего')).text).toMatch(/^Домашку записывает тот/);
  });

  test('an elder writes as long as they are appointed, and appoints nobody; what others say of themselves opens nothing', async () => {
    const refused = /^Домашку записывает тот/;
    expect((await stage.ask(BORIS, BORIS, `назначить id${BORIS}`)).text).toMatch(/решает тот, кто добавил/);
    expect((await stage.ask(BORIS, BORIS, 'старосты')).text).toMatch(/решает тот, кто добавил/);
    expect((await stage.ask(ANYA, ANYA, `назначить старостой [id${BORIS}|Борис]`)).text).toMatch(
      /vk\.com\/id2 теперь тоже записывает домашку в «ПИ-21»/,
    );
    expect((await stage.ask(BORIS, BORIS, 'дз матан: №5')).text).toMatch(/^Записал/);
    expect((await stage.ask(BORIS, BORIS, `назначить id${VERA}`)).text).toMatch(/решает тот, кто добавил/);
    expect((await stage.ask(BORIS, BORIS, 'старосты')).text).toContain('• vk.com/id2');
    // Only in that timetable.
    await stage.timetable('ПИ-22', ANYA);
    await stage.ask(BORIS, BORIS, 'ПИ-22');
    expect((await stage.ask(BORIS, BORIS, 'дз пара: №5')).text).toMatch(refused);
    await stage.ask(BORIS, BORIS, 'ПИ-21');
    // Аня follows the other one by now: the button is about the one it was given for.
    expect((await stage.press(ANYA, ANYA, 'Снять')).text).toMatch(/больше не записывает домашку в «ПИ-21»/);
    expect((await stage.ask(BORIS, BORIS, 'дз матан: №6')).text).toMatch(refused);
    expect((await stage.ask(BORIS, BORIS, 'дз')).text).toContain('№5');
  });

  test('in a chat: the elder writes for all, the administrator of the chat does not by that alone', async () => {
    const chat = 2_000_000_001;
    await stage.say(VERA, chat, '', { event: 'invited' });
    stage.admins.add(VERA);
    expect((await stage.ask(VERA, chat, 'ПИ-21')).text).toContain('ПИ-21');
    expect((await stage.ask(VERA, chat, 'дз матан: №5')).text).toMatch(/^Домашку записывает тот/);
    await stage.ask(ANYA, ANYA, `назначить id${BORIS}`);
    expect((await stage.ask(BORIS, chat, 'дз матан: №5')).text).toMatch(/^Записал/);
    expect((await stage.ask(VERA, chat, 'дз')).text).toContain('№5');
  });

  test('an operator appoints where a timetable belongs to nobody, and of who is forgotten nothing is left', async () => {
    await stage.ask(ANYA, ANYA, 'да, удалить мои данные');
    const operated = { ...stage.world, operators: [VERA] };
    const { timetableId } = await stage.peer(BORIS);
    if (timetableId === null) throw new Error('nothing is followed');
    const deed = { timetableId, person: BORIS, by: VERA };
    expect(await appoint(operated, deed)).toBe('appointed');
    expect(await appoint(operated, deed)).toBe('already');
    expect((await stage.ask(BORIS, BORIS, 'дз матан: №5')).text).toMatch(/^Записал/);
    await stage.ask(BORIS, BORIS, 'да, удалить мои данные');
    expect(await listEditors(operated, timetableId, VERA)).toEqual([]);
    const audit = await auditOf(stage.world.store.db, timetableId, 10);
    expect(audit.find(({ what }) => what === 'appoint')).toMatchObject({ who: VERA, detail: {} });
    expect(audit.find(({ what }) => what === 'homework')).toMatchObject({ who: 0 });
  });

  test('twenty are enough, and who writes already is no editor besides', async () => {
    const { timetableId } = await stage.peer(BORIS);
    const deed = (person: number) => ({ timetableId: timetableId ?? 0, person, by: ANYA });
    expect(await appoint(stage.world, deed(ANYA))).toBe('already');
    for (let n = 0; n < 20; n += 1) expect(await appoint(stage.world, deed(100 + n))).toBe('appointed');
    expect(await appoint(stage.world, deed(BORIS))).toBe('too-many');
    // Whoever no longer wants to gives it up.
    expect(await dismiss(stage.world, { ...deed(100), by: 100 })).toBe('dismissed');
    expect(await dismiss(stage.world, { ...deed(101), by: 102 })).toBe('not-yours');
  });

  test('subgroups: of both when the editor hears both, of their own when they chose one', async () => {
    await stage.ask(ANYA, ANYA, 'дз информатика: общее');
    await stage.ask(ANYA, ANYA, 'подгруппа 2');
    await stage.ask(ANYA, ANYA, 'дз информатика: второе');
    await stage.ask(ANYA, ANYA, 'все подгруппы');
    await stage.ask(BORIS, BORIS, 'подгруппа 1');
    const first = (await stage.ask(BORIS, BORIS, 'завтра')).text;
    expect(first).toContain('дз: общее');
    expect(first).not.toContain('второе');
    await stage.ask(BORIS, BORIS, 'подгруппа 2');
    expect((await stage.ask(BORIS, BORIS, 'завтра')).text).toContain('дз: второе; общее');
  });

  test('doubt is asked about, and what is not there is said', async () => {
    expect((await stage.ask(ANYA, ANYA, 'дз ист: §3')).text).toMatch(/это «История» или «История искусств»\?/);
    expect((await stage.ask(ANYA, ANYA, 'дз: §3')).text).toMatch(/^По какому предмету\?/);
    expect((await stage.ask(ANYA, ANYA, 'дз химия: §3')).text).toMatch(
      /Не вижу пары «химия», к которой это записать\. Есть/,
    );
    expect((await stage.ask(ANYA, ANYA, `дз матан: ${'ы'.repeat(301)}`)).text).toMatch(/^Слишком длинно/);
  });

  test.each([
    ['дз матан на вторник лаба 3', 'Математический анализ, вт, 24 ноября', 'лаба 3'],
    ['дз на 26.11 матан Лаба 3', 'Математический анализ, чт, 26 ноября', 'Лаба 3'],
    ['дз: матан номер 5', 'Математический анализ, вт, 24 ноября', 'номер 5'],
    ['дз матан номер 5', 'Математический анализ, вт, 24 ноября', 'номер 5'],
    ['дз история искусств доклад', 'История искусств, завтра, пт 20 ноября', 'доклад'],
  ])('«%s» has no colon: asked first, and written at a press', async (words, lesson, text) => {
    expect((await stage.ask(ANYA, ANYA, words)).text).toMatch(
      new RegExp(`^Записать домашку\\? ${lesson}\\.\nдз: ${text}\n\nЕсли да, нажми кнопку или напиши с двоеточием: `),
    );
    expect((await stage.ask(BORIS, BORIS, 'дз')).text).toContain('ничего не записано');
    await stage.ask(ANYA, ANYA, words);
    expect((await stage.press(ANYA, ANYA, 'Записать')).text).toMatch(/^Записал: /);
    expect((await stage.ask(BORIS, BORIS, 'дз')).text).toContain(`дз: ${text}`);
  });

  test('without a colon: who may not write hears so, who asks is answered, what has no room on a button is told how', async () => {
    expect((await stage.ask(BORIS, BORIS, 'дз матан на вторник лаба 3')).text).toMatch(/^Домашку записывает тот/);
    await stage.ask(ANYA, ANYA, 'дз история искусств: доклад');
    for (const words of [
      'дз по истории искусств',
      'дз математический анализ',
      'дз матан и история',
      'дз погода хорошая',
    ])
      for (const who of [ANYA, BORIS])
        expect((await stage.ask(who, who, words)).text, words).toMatch(/^Домашка · ПИ-21/);
    expect((await stage.ask(ANYA, ANYA, 'дз химия на вторник лаба')).text).toMatch(/Не вижу пары «химия»/);
    const long = await stage.ask(ANYA, ANYA, `дз матан на вторник ${'слово '.repeat(30)}`);
    expect(long.text).toMatch(/напиши с двоеточием: «дз предмет на 24\.11: что задано»/);
    expect(long.buttons).toBeUndefined();
  });

  test('as long as it may be it is read to its end, though beside a lesson only its beginning has room', async () => {
    const task = `${'ы'.repeat(293)} к пт.`;
    expect((await stage.ask(ANYA, ANYA, `дз матан: ${task}`)).text).toContain('к пт.');
    expect((await stage.ask(BORIS, BORIS, '24.11')).text).toContain('ыыы…');
    expect((await stage.ask(BORIS, BORIS, 'дз')).text).toContain('к пт.');
  });

  test('words from outside mention nobody', async () => {
    await stage.ask(ANYA, ANYA, 'дз матан: спроси @all и [id1|Пашу]');
    const { text } = await stage.ask(BORIS, BORIS, '24.11');
    expect(text).not.toMatch(/@all|\[id1\|/);
  });
});

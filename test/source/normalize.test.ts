/** Lessons as sites print them become lessons: titles, places, teachers. */
import { describe, expect, test } from 'vitest';
import type { RawLesson } from '../../src/source/contract.ts';
import { COURSE, one, ZOOM } from './rows.ts';

test('a whole row', () => {
  const raw = {
    id: ' a-1 ',
    number: '2 пара',
    subject: ' Математический  анализ ',
    kind: 'Лек.',
    teachers: ['Иванов И. И.', ' '],
    room: '404Л',
    subgroup: '1 подгруппа',
    note: 'Взять\n калькулятор',
    cancelled: true,
  };
  expect(one(raw)).toEqual({
    subject: 'Математический анализ',
    kind: 'lecture',
    teachers: ['Иванов И. И.'],
    place: { room: '404Л', link: '', format: 'onsite' },
    subgroup: '1',
    number: 2,
    note: 'Взять калькулятор',
    cancelled: true,
    times: { on: 'day', day: '2026-09-07', start: '09:00', endDay: '2026-09-07', end: '10:35', allDay: false },
    sourceId: 'a-1',
  });
});

describe('what a title says besides the subject', () => {
  test.each([
    ['Физика', 'Физика', '', ''],
    ['Физика (лек.)', 'Физика', 'lecture', ''],
    ['Физика [лаб]', 'Физика', 'lab', ''],
    ['Физика(пр)', 'Физика', 'practice', ''],
    ['Физика (лекция), п/г 1', 'Физика', 'lecture', '1'],
    ['Физика п/г 2 (лаб.)', 'Физика', 'lab', '2'],
    ['Физика (лаб., п/г 1)', 'Физика', 'lab', '1'],
    ['Физика (1 п/г), лаб', 'Физика', 'lab', '1'],
    ['Физика лаб. 2 подгруппа', 'Физика', 'lab', '2'],
    ['Физика, 1-я подгруппа', 'Физика', '', '1'],
    ['Физика (подгруппа №2)', 'Физика', '', '2'],
    ['Физика подгр. 1', 'Физика', '', '1'],
    ['Физика пг1', 'Физика', '', '1'],
    ['Физика (подгруппа А)', 'Физика', '', 'А'],
    ['Физика (subgroup 2)', 'Физика', '', '2'],
    ['Физика, лекция', 'Физика', 'lecture', ''],
    ['Физика - лекция', 'Физика', 'lecture', ''],
    ['Физика – лаб.', 'Физика', 'lab', ''],
    ['Физика. Лекция', 'Физика', 'lecture', ''],
    ['Физика / практика', 'Физика', 'practice', ''],
    ['Физика | Семинар', 'Физика', 'seminar', ''],
    ['Ин. яз. пр.', 'Ин. яз.', 'practice', ''],
    ['лек. Физика', 'Физика', 'lecture', ''],
    ['лек Физика', 'Физика', 'lecture', ''],
    ['пр.Физика', 'Физика', 'practice', ''],
    ['л/р Физика', 'Физика', 'lab', ''],
    ['ЛЕКЦИЯ. Экономика', 'Экономика', 'lecture', ''],
    ['Лекция: Экономика', 'Экономика', 'lecture', ''],
    ['Экзамен – Физика', 'Физика', 'exam', ''],
    ['Лабораторная работа: Оптика', 'Оптика', 'lab', ''],
    ['Зачет с оценкой. История', 'История', 'graded-test', ''],
    ['Практика чтения', 'Практика чтения', '', ''],
    ['Семинар по истории', 'Семинар по истории', '', ''],
    ['Практика – производственная', 'Практика – производственная', '', ''],
    ['Бизнес-практика', 'Бизнес-практика', '', ''],
    ['Экзамен по физике', 'Экзамен по физике', '', ''],
    ['Физика (углублённый курс)', 'Физика (углублённый курс)', '', ''],
    ['Физика (2)', 'Физика (2)', '', ''],
    ['Физика (лек.) (углублённый курс)', 'Физика (лек.) (углублённый курс)', '', ''],
    ['История: Россия XX века', 'История: Россия XX века', '', ''],
    ['Лекция', 'Лекция', '', ''],
    ['(лек.)', '(лек.)', '', ''],
    ['Отмена крепостного права', 'Отмена крепостного права', '', ''],
  ])('«%s»', (subject, wanted, kind, subgroup) => {
    const lesson = one({ subject });
    expect([lesson.subject, lesson.kind, lesson.subgroup, lesson.cancelled]).toEqual([wanted, kind, subgroup, false]);
  });

  test.each(['Отменено: Физика', 'ОТМЕНА! Физика', '[Отменена] Физика', 'Canceled: Физика', 'Физика (отменена)'])(
    '«%s» is cancelled',
    (subject) => expect(one({ subject })).toMatchObject({ subject: 'Физика', cancelled: true }),
  );

  test.each(['Замена: Физика', '[Перенос] Физика', 'Физика (изменено)', 'Физика (лек.), замена'])(
    '«%s» is marked as changed',
    (subject) => expect(one({ subject })).toMatchObject({ subject: 'Физика', changed: true, cancelled: false }),
  );

  test.each(['Замена масла в двигателе', 'Перенос тепла', 'Замена', 'Физика'])('«%s» is no mark', (subject) => {
    const lesson = one({ subject });
    expect([lesson.subject, 'changed' in lesson]).toEqual([subject, false]);
  });

  test('the source’s own flag marks a lesson as changed, and nothing else does', () => {
    expect(one({ changed: true })).toMatchObject({ changed: true });
    expect(one({ changed: false })).toEqual(one({}));
  });

  test.each(['Физика (ДО)', 'Физика (лек., онлайн)', 'Физика [дистанционно]'])('«%s» is at a distance', (subject) =>
    expect(one({ subject, room: '404' })).toMatchObject({ subject: 'Физика', place: { room: '', format: 'remote' } }),
  );

  test('the source’s own fields win over the title’s; «0» is the whole group; an unknown kind stays', () => {
    const subject = 'Физика (лек.), п/г 1';
    expect(one({ subject, kind: 'практ.', subgroup: 'подгр. 2' })).toMatchObject({ kind: 'practice', subgroup: '2' });
    expect(one({ subgroup: '0' }).subgroup).toBe('');
    expect(one({ subgroup: 'поток Б' }).subgroup).toBe('поток Б');
    expect(one({ kind: 'курсовой проект' }).kind).toBe('курсовой проект');
    expect(one({ subject: '', kind: 'Классный час' })).toMatchObject({ subject: 'Классный час', kind: 'class-hour' });
  });
});

describe('where it is held', () => {
  test.each([
    ['a room', { room: ' ауд. 404Л ' }, 'ауд. 404Л', '', 'onsite'],
    ['nothing', {}, '', '', 'onsite'],
    ['a stroke', { room: ' ___ ' }, '', '', 'onsite'],
    ['an apostrophe', { room: "'" }, '', '', 'onsite'],
    ['a mark', { room: 'ДО' }, '', '', 'remote'],
    ['a mark in the comment', { note: 'Дистанционно' }, '', '', 'remote'],
    ['a link for a room', { room: ZOOM }, '', ZOOM, 'remote'],
    ['any link for a room', { room: COURSE }, '', COURSE, 'remote'],
    ['a link beside a mark', { room: `Zoom: ${ZOOM}` }, '', ZOOM, 'remote'],
    ['a room and a call', { room: `404Л, ${ZOOM}` }, '404Л', ZOOM, 'hybrid'],
    ['a room and its map', { room: '404Л https://univer.ru/map/404' }, '404Л', '', 'onsite'],
    ['a room, the call in the comment', { room: '404Л', note: `Вход: ${ZOOM}` }, '404Л', ZOOM, 'hybrid'],
    ['the call in the title', { subject: `Физика ${ZOOM}` }, '', ZOOM, 'remote'],
    ['the call in its own field', { link: ZOOM }, '', ZOOM, 'remote'],
    ['a page of the course is no way in', { room: '404Л', link: COURSE, note: COURSE }, '404Л', '', 'onsite'],
    ['at a distance it is', { room: 'СДО', link: COURSE }, '', COURSE, 'remote'],
    ['at a distance one in the comment is', { room: 'ДО', note: `Курс ${COURSE}` }, '', COURSE, 'remote'],
    ['a call before another link', { room: `ДО ${COURSE}`, note: ZOOM }, '', ZOOM, 'remote'],
    ['a link typed without a scheme', { room: 'zoom.us/j/1' }, '', ZOOM, 'remote'],
    ['a link hidden by invisible letters', { room: 'ht\u200btps://zoom\u2060.us/j/1' }, '', ZOOM, 'remote'],
    ['an address that is none', { room: '404', link: 'javascript:alert(1)' }, '404', '', 'onsite'],
    ['an endless address', { room: `https://zoom.us/j/${'1'.repeat(5_000)}` }, '', '', 'onsite'],
  ] satisfies readonly (readonly [string, Partial<RawLesson>, string, string, string])[])(
    '%s',
    (_name, raw, room, link, format) => expect(one(raw).place).toEqual({ room, link, format }),
  );
});

describe('comments', () => {
  test.each([
    ['Преподаватель: Иванов И. И.', ['Иванов И. И.'], ''],
    ['Преподаватели: Иванов И. И., Петров П. П.\nВзять халат', ['Иванов И. И.', 'Петров П. П.'], 'Взять халат'],
    ['Взять халат\nпреп. : д’Артаньян Ш.', ['д’Артаньян Ш.'], 'Взять халат'],
    ['Лектор — Салтыков-Щедрин М. Е.', ['Салтыков-Щедрин М. Е.'], ''],
    ['Teacher: John Smith; Mary Poppins', ['John Smith', 'Mary Poppins'], ''],
    ['Преподаватель: Иванов И. И., Аудитория: 404', ['Иванов И. И.'], 'Аудитория: 404'],
    ['Лектор: Иванов\nСеминары\nПреподаватель: Петров', ['Иванов', 'Петров'], 'Семинары'],
    ['Преподаватель: 12345', [], 'Преподаватель: 12345'],
    ['Преподаватель болен', [], 'Преподаватель болен'],
    ['Спросить: преподаватель: кто?', [], 'Спросить: преподаватель: кто?'],
    ['<p>Взять&nbsp;халат</p><br>и очки', [], 'Взять халат и очки'],
    ['<a href="https://zoom.us/j/1">Войти</a>', [], 'Войти'],
    ['x < y и y > z &amp; всё', [], 'x < y и y > z & всё'],
    ['https:<b></b>//zoom.us/j/1', [], 'https: //'],
    [`${ZOOM}\nИдентификатор конференции: 813 555\nКод доступа: 1234\nВзять халат`, [], 'Взять халат'],
    ['Код доступа: 1234', [], 'Код доступа: 1234'],
  ])('%j', (note, teachers, left) => {
    const lesson = one({ note });
    expect([lesson.teachers, lesson.note]).toEqual([teachers, left]);
  });

  test('the source’s own teachers win; the line leaves the comment all the same', () => {
    const lesson = one({ teachers: ['Петров П. П.'], note: 'Преподаватель: Петров П. П.' });
    expect([lesson.teachers, lesson.note]).toEqual([['Петров П. П.'], '']);
  });
});

/** What a row says in words: cancelled, changed, the way in, and nobody's mail. */
import { expect, test } from 'vitest';
import type { Page, Span } from '#source';
import { normalize } from '../../src/source/normalize.ts';
import source from './index.ts';

const SPAN: Span = { from: '2026-08-31', to: '2027-04-01', zone: 'Europe/Moscow' };

function page(body: unknown): Page {
  const url = 'https://ruz.example.edu/api';
  return { request: { url }, url, status: 200, headers: {}, body: new TextEncoder().encode(JSON.stringify(body)) };
}

function lessonOf(fields: object) {
  const row = { date: '2026.09.15', discipline: 'Право', beginLesson: '9:00', endLesson: '10:30', ...fields };
  return source.parse([page([row])], { university: 'fa', group: 'ПИ23-1', id: '137271' }, SPAN).lessons[0];
}

test.each([
  ['Отменено', true],
  ['(Отмена)', true],
  ['Занятие отменено.', true],
  ['Отмена занятия по приказу', true],
  ['Лекция отменена', true],
  ['Занятие отменено не будет', false],
  ['Отмена пропусков не требуется', false],
  ['Перенос с отменённой пары', false],
])('note «%s»', (note, cancelled) => {
  expect(lessonOf({ note, discipline: 'Отмена крепостного права' })?.cancelled === true).toBe(cancelled);
});

test.each([
  [{ replaces: 'Римское право' }, true],
  [{ note: 'Перенос с 14 сентября' }, true],
  [{ note: 'Занятие перенесено' }, true],
  [{ note_description: '(Замена аудитории)' }, true],
  [{ detailInfo: 'Замена преподавателя' }, true],
  [{ note: 'Замена масла в двигателе' }, false],
  [{ note: 'Отмена занятия' }, false],
  [{ note: 'Без замены' }, false],
  [{ replaces: null, note: null }, false],
])('%j is marked as changed: %s', (fields, changed) => {
  expect(lessonOf(fields)?.changed === true).toBe(changed);
});

test('a line with somebody’s mail is left out, the way to the lesson in it is not', () => {
  expect(lessonOf({ note: 'Вопросы: anna@hse.ru' })).not.toHaveProperty('note');
  const note = 'Вход https://teams.microsoft.com/l/19:meeting_1@thread.v2/0, вопросы: anna@hse.ru';
  const lesson = lessonOf({ note, auditorium: 'Online' });
  expect(lesson?.note).toBe('https://teams.microsoft.com/l/19:meeting_1@thread.v2/0');
  expect(normalize({ lessons: lesson === undefined ? [] : [lesson], skipped: [] }, 'UTC').lessons[0]?.place.link).toBe(
    lesson?.note,
  );
});

test.each([
  ['zoom.us/j/97400000000', 'https://zoom.us/j/97400000000'],
  ['Идентификатор 974 0000', ''],
])('a way in without its scheme or without an address, «%s», is not lost', (url1, link) => {
  const lesson = lessonOf({ url1, auditorium: 'Online' });
  const [read] = normalize({ lessons: lesson === undefined ? [] : [lesson], skipped: [] }, 'UTC').lessons;
  expect([read?.place.format, read?.place.link]).toEqual(['remote', link]);
  expect(lesson?.note).toBe(url1);
});

/** The dialogue step by step: lines, bells, dates, parity, and every way back. */
import { describe, expect, test } from 'vitest';
import type { LessonForm } from '../../src/chat/form-question.ts';
import { beginForm, lessonsFrom, parseBells, type Step, stepForm } from '../../src/chat/lesson-form.ts';
import type { FormAsk, FormSay } from '../../src/text/draft.ts';

/** A Thursday of the 12th academic week of 1 September. */
const TODAY = '2026-11-19';
const LINES = 'Пн 1 матан лек Иванов 404Л; Вт 2 физика лаб; Ср 3 англ нечёт';

/** Says words one after another; the state goes through JSON each time, as the session keeps it. */
function talk(name: string, ...words: string[]): { step: Step; form: LessonForm | null } {
  let step: Step = beginForm({ timetableId: null, name, lines: '', chat: false }, TODAY);
  for (const text of words) {
    const form = formOf(step);
    if (form === null) throw new Error(`the dialogue is over before «${text}»`);
    step = stepForm(JSON.parse(JSON.stringify(form)), text, TODAY);
  }
  return { step, form: formOf(step) };
}

function formOf(step: Step): LessonForm | null {
  return step.kind === 'other' ? null : step.form;
}

function said(step: Step): FormSay {
  if (step.kind !== 'say') throw new Error(`expected words, got ${step.kind}`);
  return step.say;
}

/** The question at the end of what was said. */
function asked(step: Step): FormAsk {
  const say = said(step);
  if (say.kind !== 'table' && say.kind !== 'ask') throw new Error(`no question in ${say.kind}`);
  return say.next;
}

describe('from the name to a saved timetable', () => {
  test('by the buttons alone', () => {
    const begun = beginForm({ timetableId: null, name: 'ПИ-21', lines: '', chat: true }, TODAY);
    expect(begun.say).toEqual({ kind: 'ask-lines', name: 'ПИ-21', chat: true });
    const shown = talk('ПИ-21', LINES);
    expect(said(shown.step)).toMatchObject({ kind: 'table', bad: [], next: { kind: 'bells', missing: [1, 2, 3] } });
    const dated = talk('ПИ-21', LINES, 'звонки как обычно');
    expect(asked(dated.step)).toMatchObject({ kind: 'term', offers: [{ start: '2026-09-01', end: '2027-01-31' }] });
    const ready = talk('ПИ-21', LINES, 'звонки как обычно', 'с 1 сентября по 31 января');
    expect(asked(ready.step)).toMatchObject({
      kind: 'confirm',
      count: 3,
      parity: { odd: false, now: true, day: TODAY },
    });
    const saved = talk('ПИ-21', LINES, 'звонки как обычно', 'с 1 сентября по 31 января', 'сохранить');
    expect(saved.step.kind).toBe('save');
    expect(saved.form?.term).toEqual({ start: '2026-09-01', end: '2027-01-31', week1: '2026-08-31' });
    expect(lessonsFrom(saved.form as LessonForm)).toMatchObject([
      {
        subject: 'матан',
        kind: 'lecture',
        teachers: ['Иванов'],
        place: { room: '404Л' },
        number: 1,
        times: { on: 'weekly', weekday: 1, weeks: 'every', start: '08:00', end: '09:35' },
      },
      { subject: 'физика', kind: 'lab', times: { weekday: 2, start: '09:45', end: '11:20' } },
      { subject: 'англ', times: { weekday: 3, weeks: 'odd', start: '11:30', end: '13:05' } },
    ]);
  });

  test('with times in the lines nobody asks for bells, and without parity nobody speaks of it', () => {
    const { step } = talk('ПИ-21', 'Чт 10:00-11:30 право');
    expect(asked(step).kind).toBe('term');
    const ready = talk('ПИ-21', 'Чт 10:00-11:30 право', 'с 1.09 по 28.12');
    expect(asked(ready.step)).toMatchObject({ kind: 'confirm', parity: null, bells: [], term: { end: '2026-12-28' } });
  });

  test('lines in the same message as the name are taken at once', () => {
    const begun = beginForm({ timetableId: null, name: 'ПИ-21', lines: LINES, chat: false }, TODAY);
    expect(begun.say).toMatchObject({ kind: 'table', next: { kind: 'bells' } });
  });

  test('without a name it is asked for; a bad one is asked for again', () => {
    expect(talk('').step).toMatchObject({ say: { kind: 'ask-name', again: false } });
    expect(talk('21').step).toMatchObject({ say: { kind: 'ask-name', again: true } });
    expect(talk('', 'ПИ-21\nПн 1 матан').step).toMatchObject({ say: { kind: 'table' }, form: { name: 'ПИ-21' } });
  });
});

describe('corrections', () => {
  test('a line not understood is named with its reason, the good ones are kept, the corrected one joins them', () => {
    const first = talk('ПИ-21', 'Пн 1 матан\nВт физика');
    expect(said(first.step)).toMatchObject({
      kind: 'table',
      rows: [{ subject: 'матан' }],
      bad: [{ line: 'Вт физика', why: 'no-time' }],
      next: { kind: 'lines' },
    });
    const corrected = talk('ПИ-21', 'Пн 1 матан\nВт физика', 'Вт 2 физика');
    expect(said(corrected.step)).toMatchObject({
      rows: [{ subject: 'матан' }, { subject: 'физика' }],
      next: { kind: 'bells' },
    });
    const enough = talk('ПИ-21', 'Пн 1 матан\nВт физика', 'дальше');
    expect(asked(enough.step).kind).toBe('bells');
  });

  test('nothing understood: the example again, and the dialogue goes on', () => {
    const { step, form } = talk('ПИ-21', 'матан по утрам');
    expect(said(step)).toMatchObject({ kind: 'no-lines', bad: [{ why: 'no-day' }] });
    expect(form?.step).toBe('lines');
  });

  test('lines are taken at any later step, also to correct a slot', () => {
    const { form } = talk('ПИ-21', LINES, 'звонки как обычно', 'с 1 сентября по 31 января', 'Пн 1 алгебра');
    expect(form?.rows.map(({ subject }) => subject)).toEqual(['алгебра', 'физика', 'англ']);
    expect(form?.step).toBe('confirm');
  });

  test('«исправить», «убрать 2», «заново»', () => {
    const path = [LINES, 'звонки как обычно', 'с 1 сентября по 31 января', 'исправить'];
    expect(asked(talk('ПИ-21', ...path).step).kind).toBe('lines');
    expect(talk('ПИ-21', ...path, 'убрать 2').form?.rows.map(({ subject }) => subject)).toEqual(['матан', 'англ']);
    expect(talk('ПИ-21', ...path, 'убрать 2', 'дальше').step).toMatchObject({
      say: { next: { kind: 'confirm', count: 2 } },
    });
    expect(talk('ПИ-21', ...path, 'заново').form?.rows).toEqual([]);
  });

  test('«наоборот» turns odd and even round, twice is as before', () => {
    const path = [LINES, 'звонки как обычно', 'с 1 сентября по 31 января'];
    expect(asked(talk('ПИ-21', ...path, 'наоборот').step)).toMatchObject({
      parity: { odd: true },
      term: { week1: '2026-08-24' },
    });
    expect(asked(talk('ПИ-21', ...path, 'наоборот', 'наоборот').step)).toMatchObject({
      parity: { odd: false },
      term: { week1: '2026-08-31' },
    });
  });

  test("bells of one's own; a pair still without times is asked for", () => {
    const own = talk('ПИ-21', LINES, '1 8:30-10:00, 2 10:10-11:40');
    expect(asked(own.step)).toMatchObject({ kind: 'bells', missing: [3] });
    const all = talk('ПИ-21', LINES, '1 8:30-10:00, 2 10:10-11:40', '3) 12.00–13.30');
    expect(asked(all.step).kind).toBe('term');
    expect(all.form?.bells).toContainEqual({ number: 3, start: '12:00', end: '13:30' });
    const rest = talk('ПИ-21', LINES, '1 8:30-10:00', 'звонки как обычно');
    expect(rest.form?.bells.slice(0, 7)).toContainEqual({ number: 1, start: '08:30', end: '10:00' });
  });

  test('a pair beyond the usual bells has to be typed', () => {
    expect(asked(talk('ПИ-21', 'Пн 9 матан', 'звонки как обычно').step)).toMatchObject({
      kind: 'bells',
      usual: [],
      missing: [9],
    });
  });

  test.each([
    ['да', { start: '2026-09-01', end: '2027-01-31' }],
    ['сохранить', { start: '2026-09-01', end: '2027-01-31' }],
    ['до 31.12', { start: '2026-09-01', end: '2026-12-31' }],
    ['до 25 декабря', { start: '2026-09-01', end: '2026-12-25' }],
    ['по 15.01', { start: '2026-09-01', end: '2027-01-15' }],
  ])('«%s» to the question about dates', (words, term) => {
    expect(asked(talk('ПИ-21', LINES, 'звонки как обычно', words).step)).toMatchObject({ kind: 'confirm', term });
  });

  test('«да» to «Звонки как обычно?», and never to a pair they do not know', () => {
    expect(asked(talk('ПИ-21', LINES, 'да').step).kind).toBe('term');
    expect(asked(talk('ПИ-21', 'Пн 9 матан', 'да').step)).toMatchObject({ kind: 'bells', missing: [9] });
  });

  test('dates not understood are asked for again', () => {
    expect(asked(talk('ПИ-21', LINES, 'звонки как обычно', 'до зимы').step)).toMatchObject({
      kind: 'term',
      again: true,
    });
  });
});

test('«отмена» leaves from every step', () => {
  const path = [LINES, 'звонки как обычно', 'с 1 сентября по 31 января'];
  expect(talk('', 'отмена').step).toMatchObject({ form: null, say: { kind: 'left' } });
  for (let steps = 0; steps <= path.length; steps += 1) {
    expect(talk('ПИ-21', ...path.slice(0, steps), '/Отмена').step).toMatchObject({ form: null, say: { kind: 'left' } });
  }
});

test.each(['сегодня', 'помощь', 'настройки', 'стоп', 'создать расписание ЭК-11', 'https://x.example/a.ics'])(
  '«%s» is a command of its own at every step',
  (words) => {
    const path = [LINES, 'звонки как обычно', 'с 1 сентября по 31 января'];
    for (let steps = 0; steps <= path.length; steps += 1)
      expect(talk('ПИ-21', ...path.slice(0, steps), words).step.kind).toBe('other');
  },
);

test('adding asks for neither dates nor parity', () => {
  const begun = beginForm({ timetableId: 7, name: 'ПИ-21', lines: 'Пн 1 матан нечёт', chat: false }, TODAY);
  const step = stepForm(begun.form as LessonForm, 'звонки как обычно', TODAY);
  expect(asked(step)).toMatchObject({ kind: 'confirm', adding: true, term: null, parity: null });
  expect(stepForm(formOf(step) as LessonForm, 'сохранить', TODAY).kind).toBe('save');
});

test('bells the timetable has already are not asked for', () => {
  const bells = [{ number: 1, start: '08:30', end: '10:00' }];
  const begun = beginForm({ timetableId: 7, name: 'ПИ-21', lines: 'Пн 1 матан', chat: false, bells }, TODAY);
  expect(begun.say).toMatchObject({ next: { kind: 'confirm', bells } });
});

test('a timetable has a size', () => {
  const many = Array.from(
    { length: 201 },
    (_, index) => `Пн ${String(7 + Math.floor(index / 20)).padStart(2, '0')}:${10 + (index % 20)}-23:59 предмет`,
  ).join('\n');
  expect(said(talk('ПИ-21', many).step)).toEqual({ kind: 'too-many', limit: 200 });
});

test.each([
  ['1 8:30-10:00, 2 10:10-11:40', [1, 2]],
  ['1) 8.30 – 10.00\n2) 10.10 – 11.40', [1, 2]],
  ['1 пара: 08:30-10:00; 2 пара: 10:10-11:40', [1, 2]],
  ['1 10:00-8:30', []],
  ['как у всех', []],
])('bells «%s»', (text, numbers) => {
  expect(parseBells(text).map(({ number }) => number)).toEqual(numbers);
});

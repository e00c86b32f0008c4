/** What every source reads answers with: statuses, JSON, fields of unknown shape, and names that were meant. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  bodyOf,
  fieldIn,
  fieldsOf,
  isChallenge,
  isFields,
  jsonOf,
  listIn,
  listOf,
  nearest,
  type Page,
  refuseStatus,
  rowsOf,
  SourceError,
  sameName,
  textIn,
  textOf,
  wholeIn,
} from '../../src/source/index.ts';

function page(body: string | Uint8Array, status = 200): Page {
  const url = 'https://rasp.example.edu/';
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body;
  return { request: { url }, url, status, headers: {}, body: bytes };
}

/** What was read, or «kind/detail» of the refusal. */
function read(run: () => unknown): unknown {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    return `${error.kind}/${error.detail}`;
  }
}

describe('a status', () => {
  test.each([200, 204, 299])('%d passes', (status) => {
    expect(read(() => refuseStatus(page('', status)))).toBeUndefined();
  });

  test.each([
    [401, 'blocked'],
    [403, 'blocked'],
    [404, 'unknown-param'],
    [410, 'unknown-param'],
    [429, 'unreachable'],
    [500, 'unreachable'],
    [503, 'unreachable'],
    [199, 'changed'],
    [300, 'changed'],
    [304, 'changed'],
    [400, 'changed'],
    [422, 'changed'],
  ])('%d is %s, whatever reads the page and whatever stands on it', (status, kind) => {
    for (const reader of [refuseStatus, bodyOf, jsonOf])
      expect(read(() => reader(page('{"captcha":1}', status)))).toBe(`${kind}/http-${status}`);
  });
});

describe('a text', () => {
  test('loses its byte order mark and the blanks around it', () => {
    expect(bodyOf(page('\uFEFF \r\n Физика\t\n'))).toBe('Физика');
    expect(bodyOf(page(Uint8Array.of(0xff, 0x41)))).toBe('\uFFFDA');
  });

  test.each([
    ['no page', undefined],
    ['no bytes', page('')],
    ['blanks', page(' \n\t')],
    ['a byte order mark', page('\uFEFF')],
  ])('%s is no answer', (_what, answer) => {
    for (const reader of [bodyOf, jsonOf]) expect(read(() => reader(answer))).toBe('changed/empty');
  });
});

describe('JSON', () => {
  test.each([
    ['[]', []],
    ['\uFEFF {"a": [null, 1]}\n', { a: [null, 1] }],
    ['null', null],
    ['"<html>"', '<html>'],
    ['<!DOCTYPE html><title>Вход</title>', 'changed/html'],
    ['  <html>', 'changed/html'],
    ['<title>Проверка браузера</title>', 'blocked/challenge'],
    ['<script src="/cdn-cgi/challenge-platform/x.js">', 'blocked/challenge'],
    [`<p>${' '.repeat(20_000)}captcha`, 'changed/html'],
    ['{"a":1', 'changed/json'],
    ['Ошибка', 'changed/json'],
    ['\0', 'changed/json'],
  ])('%j is read as %j', (text, wanted) => {
    expect(read(() => jsonOf(page(text)))).toEqual(wanted);
  });

  test('what cannot be read is not quoted to the log', () => {
    expect(() => jsonOf(page('Орлова Вера, +7 900 000-00-00'))).toThrow(/^the answer is no JSON$/);
  });

  test('is what was sent, or a refusal of ours', () => {
    fc.assert(
      fc.property(fc.json(), fc.uint8Array({ maxLength: 60 }), (json, bytes) => {
        expect(jsonOf(page(json))).toEqual(JSON.parse(json));
        const strange = read(() => jsonOf(page(bytes)));
        if (bytes[0] === 0x3c) expect(strange).toMatch(/^(?:changed|blocked)\//);
      }),
    );
  });
});

test.each([
  ['<div class="g-recaptcha">', true],
  ['<script src="https://smartcaptcha.example/captcha.js">', true],
  ['<title>DDoS-Guard</title>', true],
  ['<form id="cf-chl-widget">', true],
  ['<h1>Идёт проверка браузера</h1>', true],
  ['<h1>Расписание занятий</h1>', false],
  ['<h1>Проверка работ</h1>', false],
  ['', false],
])('a check of who is asking: %s is %s', (html, wanted) => {
  expect(isChallenge(html)).toBe(wanted);
});

describe('readers of a value that must be there', () => {
  test.each([
    ['an object', { a: 1 }, { a: 1 }, 'changed/what', 'changed/what'],
    ['a list of objects', [{ a: 1 }], 'changed/what', [{ a: 1 }], [{ a: 1 }]],
    ['an empty list', [], 'changed/what', [], []],
    ['a list with something else in it', [{}, 1], 'changed/what', [{}, 1], 'changed/what'],
    ['null', null, 'changed/what', 'changed/what', []],
    ['nothing', undefined, 'changed/what', 'changed/what', []],
    ['a text', '[]', 'changed/what', 'changed/what', 'changed/what'],
    ['a number', 0, 'changed/what', 'changed/what', 'changed/what'],
  ])('%s', (_what, value, fields, list, rows) => {
    expect(read(() => fieldsOf(value, 'what'))).toEqual(fields);
    expect(read(() => listOf(value, 'what'))).toEqual(list);
    expect(read(() => rowsOf(value, 'what'))).toEqual(rows);
    expect(isFields(value)).toBe(typeof fields === 'object');
  });
});

describe('readers of a value that may be missing', () => {
  test.each([
    ['a text', ' 07 \n', '07', 7, []],
    ['a whole number', 15, '15', 15, []],
    ['a negative one', -1, '-1', -1, []],
    ['a fraction', 1.5, '1.5', null, []],
    ['more than is exact', '9007199254740993', '9007199254740993', null, []],
    ['a number beyond all numbers', Number.POSITIVE_INFINITY, '', null, []],
    ['words', 'пара 3', 'пара 3', null, []],
    ['a list', ['a', 1], '', null, ['a', 1]],
    ['an object', { length: 2 }, '', null, []],
    ['true', true, '', null, []],
    ['null', null, '', null, []],
    ['nothing', undefined, '', null, []],
  ])('%s', (_what, value, text, whole, list) => {
    const row = { it: value };
    expect(textOf(value)).toBe(text);
    expect(fieldIn(row, 'it')).toBe(value);
    expect(textIn(row, 'it')).toBe(text);
    expect(wholeIn(row, 'it')).toBe(whole);
    expect(listIn(row, 'it')).toEqual(list);
  });

  test.each([null, undefined, 'text', 5, ['it'], {}])('%j has no such member', (value) => {
    for (const name of ['it', '0', 'length', 'constructor', '__proto__']) {
      expect(fieldIn(value, name)).toBeUndefined();
      expect([textIn(value, name), wholeIn(value, name), listIn(value, name)]).toEqual(['', null, []]);
    }
  });

  test('never throw, whatever was sent', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.string(), (value, name) => {
        expect(typeof textIn(value, name)).toBe('string');
        expect(Array.isArray(listIn(value, name))).toBe(true);
        expect(wholeIn(value, name) ?? 0).toSatisfy(Number.isSafeInteger);
      }),
    );
  });
});

describe('names', () => {
  test.each([
    ['24-ИСбо-1', '24-исбо 1', true],
    ['24-ИСбо-2', '24-ИCбo-2', true],
    ['Орлова В. П.', 'орлова в.п.', true],
    ['Алёшина', 'Алешина', true],
    ['ПИ-21', 'ПИ-22', false],
    ['ПИ-1-11', 'ПИ-11-1', false],
    ['ПИ-21', 'ЭК-21', false],
    ['ПИ-21', '', false],
  ])('«%s» and «%s» are one: %s', (listed, typed, wanted) => {
    expect([sameName(listed, typed), sameName(typed, listed)]).toEqual([wanted, wanted]);
  });

  const GROUPS = ['24-ИСбо-1', '24-ИСбо-2', '21-ДИбо-5', '24-ИСбо-11', '24-ИСбо-1'];
  const TEACHERS = ['Орлова Вера Павловна', 'Орлов Пётр Ильич', 'Ким Анна Сергеевна'];

  test.each([
    ['24-ИСбо-3', GROUPS, ['24-ИСбо-1', '24-ИСбо-2', '24-ИСбо-11']],
    ['24-ИCбo-2', GROUPS, ['24-ИСбо-2', '24-ИСбо-1', '24-ИСбо-11']],
    ['Орлова', TEACHERS, ['Орлова Вера Павловна', 'Орлов Пётр Ильич']],
    ['Я', ['Я', 'ПИ-21'], ['Я']],
    ['ЭБ', GROUPS, []],
    ['', [...GROUPS, '', '–'], []],
    ['ПИ-21', [], []],
  ])('near «%s»', (name, names, wanted) => {
    expect(nearest(name, names)).toEqual(wanted);
  });

  test('of many that are alike the ten closest are offered', () => {
    const many = Array.from({ length: 30 }, (_, n) => `ПИ-2${n}`);
    const near = nearest('ПИ-21', many);
    expect(near).toHaveLength(10);
    expect(near[0]).toBe('ПИ-21');
  });

  test('at most ten, each once, all of them listed, in an order that the list does not decide', () => {
    const names = fc.array(fc.stringMatching(/^[ПИЭБ]{2}-[12]{1,2}$/), { maxLength: 30 });
    fc.assert(
      fc.property(fc.stringMatching(/^[ПИЭБ]{2}-[12]{1,2}$/), names, (name, listed) => {
        const near = nearest(name, listed);
        expect(near.length).toBeLessThanOrEqual(10);
        expect(new Set(near).size).toBe(near.length);
        expect(listed).toEqual(expect.arrayContaining(near));
        expect(nearest(name, listed.toReversed())).toEqual(near);
        if (listed.includes(name)) expect(near[0]).toBe(name);
      }),
    );
  });
});

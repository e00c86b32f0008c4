/** The captured answers, and what the saved pages do not show: terms, which pages are asked for, the catalogue, statuses. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Ask, addDays, type Page, SourceError, type Span } from '#source';
import { occurrences } from '../../src/domain/occurrence.ts';
import { normalize } from '../../src/source/normalize.ts';
import bmstu from './index.ts';
import { seasonOf, termOf } from './term.ts';

const SPAN: Span = { from: '2026-09-07', to: '2027-03-01', zone: 'Europe/Moscow' };
const ID = '11111111-1111-11ef-8111-111111111111';
const ASK: Ask = { group: 'ИУ1-11Б', id: ID };

function page(body: string | Uint8Array, status = 200): Page {
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body;
  return { request: { url: '' }, url: '', status, headers: {}, body: bytes };
}

function outcome(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    return { error: { kind: error.kind, detail: error.detail } };
  }
}

describe('captured answers', () => {
  const captures = join(import.meta.dirname, '../../../shared/data/real/bmstu');
  if (!existsSync(captures)) {
    process.stdout.write('bmstu: ../shared is not here, captured answers are not read\n');
    test.skip('no captures here', () => {});
    return;
  }
  const capture = (name: string): Page => page(new Uint8Array(readFileSync(join(captures, name))));

  test('ИУ1-21Б of March 2026: 22 lessons, their weeks, and times that no slot decides', () => {
    const ask = { group: 'ИУ1-21Б', id: 'bad1f0ec-ed29-11ef-becd-8753117d52b2', week1: '2026-02-09' };
    const span = { from: '2026-03-07', to: '2026-06-30', zone: 'Europe/Moscow' };
    const read = normalize(bmstu.parse([capture('schedules_groups_public_IU1-21B.json')], ask, span), 'Europe/Moscow');
    const { lessons, term, name, skipped } = read;
    expect([name, skipped, lessons.length]).toEqual(['ИУ1-21Б', [], 22]);
    expect(lessons.filter(({ subgroup }) => subgroup !== '')).toEqual([]);
    const count = (key: (lesson: (typeof lessons)[number]) => unknown): unknown => {
      const sums = new Map<string, number>();
      for (const one of lessons) sums.set(String(key(one)), (sums.get(String(key(one))) ?? 0) + 1);
      return Object.fromEntries(sums);
    };
    expect(count(({ times }) => (times.on === 'weekly' ? times.weeks : 'dated'))).toEqual({
      every: 14,
      odd: 4,
      even: 4,
    });
    expect(count(({ kind }) => kind)).toEqual({ lecture: 7, seminar: 10, lab: 3, '': 2 });
    const third = lessons.filter(({ number }) => number === 3).map(({ times }) => `${times.start}–${times.end}`);
    expect(new Set(third)).toEqual(new Set(['11:50–13:20', '11:50–13:55', '12:25–13:55']));
    expect(lessons.find(({ teachers }) => teachers.length === 2)).toMatchObject({
      subject: 'Физика',
      place: { room: 'каф. ФН4' },
    });
    expect(lessons.find(({ subject }) => subject.startsWith('ФКиС'))?.note).toContain('11:10');
    expect(lessons.find(({ subject }) => subject === 'Иностранный язык')?.place.room).toBe('305х, 211х (B1 ХимЛаб)');
    const week = (monday: string): number =>
      occurrences(lessons, { zone: 'Europe/Moscow', term }, monday, addDays(monday, 7)).length;
    expect([week('2026-02-02'), week('2026-02-09'), week('2026-02-16'), week('2026-02-23')]).toEqual([0, 18, 18, 18]);
  });

  test('two departments of the structure: groups with ids, and names that tell the half of the year', () => {
    const structure = capture('structure_excerpt.json');
    const groups = bmstu.catalogue?.parse([structure], { week1: '2026-02-09', university: 'bmstu' }, SPAN) ?? [];
    expect(groups.length).toBe(17);
    expect(groups[0]).toEqual({
      kind: 'group',
      name: 'АК1-21',
      ask: { group: 'АК1-21', id: 'bad491db-ed29-11ef-becd-8753117d52b2' },
    });
    // All were in an even term then: the tree says so, and so do their names.
    const semesters = new TextDecoder().decode(structure.body).match(/"semester": \d+/g) ?? [];
    expect(semesters.every((one) => Number(one.slice(-1)) % 2 === 0)).toBe(true);
    expect(groups.every(({ name }) => seasonOf(name) === 'spring')).toBe(true);
    expect(bmstu.plan({ group: 'ак1-21' }, [structure], SPAN)).toMatchObject([
      { url: 'https://lks.bmstu.ru/lks-back/api/v1/schedules/groups/bad491db-ed29-11ef-becd-8753117d52b2/public' },
    ]);
  });
});

describe('plan', () => {
  const urls = (ask: Ask, span: Span): unknown => {
    const plan = bmstu.plan(ask, [], span);
    return plan === 'done' ? plan : plan.map(({ url }) => url.replace('https://lks.bmstu.ru/lks-back/api/v1/', ''));
  };

  test('the template; in a session the exams too; the structure only where the id is not known', () => {
    const template = `schedules/groups/${ID}/public`;
    expect(urls(ASK, SPAN)).toEqual([template]);
    expect(urls(ASK, { ...SPAN, from: '2026-12-20' })).toEqual([template, `schedules/exams/${ID}/public`]);
    expect(urls({ group: 'ИУ1-11Б' }, SPAN)).toEqual(['structure']);
    expect(bmstu.plan(ASK, [page('')], SPAN)).toBe('done');
  });

  const REFUSED: readonly Ask[] = [{}, { group: ' ' }, { group: 'ИУ1-11Б', id: '../structure' }];
  test.each(REFUSED)('refuses %j', (ask) => {
    expect(outcome(() => urls(ask, SPAN))).toMatchObject({ error: { kind: 'unknown-param' } });
  });
});

describe('term', () => {
  const at = (today: string): Span => ({ from: addDays(today, -14), to: addDays(today, 180), zone: 'Europe/Moscow' });

  test.each([
    ['2026-09-21', { start: '2026-09-01', end: '2027-01-03', week1: '2026-08-31' }],
    ['2027-01-10', { start: '2026-09-01', end: '2027-01-03', week1: '2026-08-31' }],
    ['2024-10-01', { start: '2024-09-02', end: '2025-01-05', week1: '2024-09-02' }],
    ['2025-08-20', { start: '2025-09-01', end: '2026-01-04', week1: '2025-09-01' }],
  ])('autumn as it stands on %s', (today, term) => {
    expect(termOf({}, 'ИУ1-11Б', at(today))).toEqual(term);
  });

  test('spring is never guessed, and the template of another half of the year is never dated', () => {
    const problem = (ask: Ask, group: string, today: string): unknown => outcome(() => termOf(ask, group, at(today)));
    const refused = (detail: string): unknown => ({ error: { kind: 'refused', detail } });
    const waiting = { error: { kind: 'not-published', detail: 'another-term' } };
    expect(problem({}, 'ИУ1-21Б', '2027-03-01')).toEqual(refused('no-term'));
    expect(problem({}, 'аспиранты', '2027-03-01')).toEqual(refused('no-term'));
    expect(problem({}, 'ИУ1-11Б', '2027-03-01')).toEqual(waiting);
    expect(problem({}, 'ИУ1-21Б', '2026-08-25')).toEqual(waiting);
    expect(problem({ week1: '2026-08-31' }, 'ИУ1-21Б', '2027-02-10')).toEqual(waiting);
    expect(problem({ week1: '2026-02-09' }, 'ИУ1-21Б', '2027-02-10')).toEqual(waiting);
    expect(problem({ week1: '09.02.2026' }, 'ИУ1-21Б', '2026-02-10')).toEqual(refused('week1'));
    expect(problem({ week1: '2026-02-30' }, 'ИУ1-21Б', '2026-02-10')).toEqual(refused('week1'));
  });

  test('week one begins on a Monday, числитель is odd, whatever day is configured', () => {
    const day = fc.integer({ min: 0, max: 120 }).map((days) => addDays('2026-02-01', days));
    fc.assert(
      fc.property(day, (week1) => {
        const term = termOf({ week1 }, 'ИУ1-21Б', at(week1));
        expect(new Date(term.week1).getUTCDay()).toBe(1);
        expect(term.week1 <= week1 && addDays(term.week1, 7) > week1 && term.end > term.start).toBe(true);
      }),
    );
  });
});

test('a name that is not in the structure brings those of its department, or the closest ones', () => {
  const names = ['ИУ1-11Б', 'ИУ1-12Б', 'ИУ10-11Б', 'АК1-11'];
  const children = names.map((abbr, n) => ({ nodeType: 'group', abbr, uuid: ID.replace(/.$/, String(n)) }));
  const suggested = (group: string): unknown => {
    try {
      return bmstu.plan({ group }, [page(JSON.stringify({ data: { children } }))], SPAN);
    } catch (error) {
      return error instanceof SourceError ? [error.kind, ...error.suggestions] : error;
    }
  };
  expect(suggested('ИУ1-13Б')).toEqual(['unknown-param', 'ИУ1-11Б', 'ИУ1-12Б']);
  expect(suggested('ИУ-11Б')).toEqual(['unknown-param', ...['ИУ1-11Б', 'ИУ10-11Б', 'ИУ1-12Б']]);
  expect(suggested('???')).toEqual(['unknown-param']);
});

test.each([
  [401, 'blocked'],
  [403, 'blocked'],
  [404, 'unknown-param'],
  [429, 'unreachable'],
  [502, 'unreachable'],
])('status %d of the template is %s', (status, kind) => {
  expect(outcome(() => bmstu.parse([page('', status)], ASK, SPAN))).toEqual({
    error: { kind, detail: `http-${status}` },
  });
});

test.each([
  ['an empty list', '{"data":{"title":"ИУ1-11Б","schedule":[]}}'],
  ['null for the list', '{"data":{"title":"ИУ1-11Б","schedule":null}}'],
  ['null for all', '{"data":null}'],
  ['an empty list for all', '{"data":[]}'],
  ['a bare empty list', '[]'],
])('%s is not published yet', (_, body) => {
  expect(outcome(() => bmstu.parse([page(body)], ASK, SPAN))).toEqual({
    error: { kind: 'not-published', detail: 'empty' },
  });
});

test.each(['{}', '{"data":{}}', '{"data":[{}]}', '[{}]'])('%s is another shape', (body) => {
  expect(outcome(() => bmstu.parse([page(body)], ASK, SPAN))).toMatchObject({ error: { kind: 'changed' } });
});

test('an answer about exams that is none keeps the last good timetable; 204 and 404 mean that there are none', () => {
  const template = page(
    '{"data":{"title":"ИУ1-11Б","schedule":[{"day":1,"week":"all","startTime":"08:30","endTime":"10:00","discipline":{"abbr":"Физ"}}]}}',
  );
  const read = (exams: Page): unknown => outcome(() => bmstu.parse([template, exams], ASK, SPAN));
  for (const status of [204, 404]) expect(read(page('', status))).toMatchObject({ lessons: [{ subject: 'Физ' }] });
  expect(read(page('', 503))).toEqual({ error: { kind: 'unreachable', detail: 'http-503' } });
  expect(read(page('<html>'))).toEqual({ error: { kind: 'changed', detail: 'html' } });
  expect(read(page('{"exams":[]}'))).toEqual({ error: { kind: 'changed', detail: 'exams' } });
});

test('never throws anything but a SourceError, whatever the answer is', () => {
  const row = fc.record(
    {
      day: fc.anything(),
      week: fc.anything(),
      startTime: fc.anything(),
      discipline: fc.anything(),
      stream: fc.anything(),
    },
    { requiredKeys: [] },
  );
  const answer = fc.oneof(
    fc.anything(),
    fc.record({ data: fc.record({ schedule: fc.array(row), children: fc.array(row) }) }),
  );
  fc.assert(
    fc.property(fc.array(answer, { minLength: 1, maxLength: 3 }), fc.boolean(), (answers, known) => {
      const plain = (value: unknown): string =>
        JSON.stringify(value, (_, part) => (typeof part === 'bigint' ? Number(part) : part)) ?? '';
      const pages = answers.map((one) => page(plain(one)));
      const ask: Ask = known ? ASK : { group: 'ИУ1-11Б' };
      outcome(() => bmstu.parse(pages, ask, SPAN));
      outcome(() => bmstu.catalogue?.parse(pages, ask, SPAN));
    }),
  );
});

/** What the saved pages do not show: the seconds, which pages are asked for, the catalogue, statuses. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Ask, type Page, SourceError, type Span } from '#source';
import { normalize } from '../../src/source/normalize.ts';
import { casesOf, travel } from '../../test/source/saved.ts';
import tsu from './index.ts';

const SPAN: Span = { from: '2026-08-31', to: '2027-03-01', zone: 'Asia/Tomsk' };
const ID = '11111111-1111-4111-8111-111111111111';
const ASK: Ask = { group: '932603', id: ID };

function page(url: string, body: unknown, status = 200): Page {
  const bytes = new TextEncoder().encode(typeof body === 'string' ? body : JSON.stringify(body));
  return { request: { url }, url, status, headers: {}, body: bytes };
}

function outcome(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    return { error: { kind: error.kind, detail: error.detail } };
  }
}

test('the grid as people read it: kinds, «Онлайн», subgroups, no empty slot', () => {
  const one = casesOf('tsu').find((saved) => saved.name === 'grid');
  const read = one === undefined ? null : travel(tsu, one).outcome;
  if (read === null || 'error' in read) throw new Error('the grid is not read');
  expect(normalize(read, 'Asia/Tomsk').lessons).toMatchObject([
    { kind: 'lecture', number: 1, times: { day: '2026-09-14', start: '08:45', end: '10:20' } },
    { kind: 'practice', number: 2, place: { room: '', format: 'remote' } },
    { kind: 'lab', number: 3, subgroup: 'б' },
    { kind: 'seminar', number: 3, subgroup: 'б' },
  ]);
});

describe('seconds from UTC midnight', () => {
  const grid = (date: string, starts: number, ends: number): Page =>
    page('', { grid: [{ date, lessons: [{ type: 'LESSON', title: 'Физика', starts, ends }] }] });

  test('are the clocks of Tomsk, whichever day they lead to', () => {
    const minute = fc.integer({ min: -24 * 60, max: 40 * 60 });
    fc.assert(
      fc.property(minute, fc.integer({ min: 1, max: 240 }), (from, length) => {
        const [lesson] = tsu.parse([grid('2026-11-10', from * 60, (from + length) * 60)], ASK, SPAN).lessons;
        // Tomsk has kept seven hours ahead of UTC, without summer time, since 2016.
        const wall = (minutes: number): string =>
          new Date(Date.UTC(2026, 10, 10, 7) + minutes * 60_000).toISOString().slice(0, 16);
        expect(`${lesson?.day}T${lesson?.start}`).toBe(wall(from));
        expect(`${lesson?.endDay}T${lesson?.end}`).toBe(wall(from + length));
      }),
    );
  });

  test('that make no sense are no lesson', () => {
    for (const [from, to] of [
      [1e9, 1e9 + 1],
      [0.5, 6000],
      [6000, 6000],
    ] as const)
      expect(outcome(() => tsu.parse([grid('2026-11-10', from, to)], ASK, SPAN))).toEqual({
        error: { kind: 'changed', detail: 'rows' },
      });
    expect(outcome(() => tsu.parse([grid('2025-11-10', 6300, 12000)], ASK, SPAN))).toEqual({
      error: { kind: 'changed', detail: 'dates' },
    });
  });
});

test('plans one request for all the days, and refuses what is no id', () => {
  const url = `https://intime.tsu.ru/api/web/v1/schedule/group?id=${ID}&dateFrom=2026-08-31&dateTo=2027-03-01`;
  expect(tsu.plan(ASK, [], SPAN)).toMatchObject([{ url }]);
  expect(tsu.plan({ room: '302', id: ID }, [], SPAN)).toMatchObject([{ url: url.replace('group', 'audience') }]);
  expect(tsu.plan({ teacher: 'Иванов', id: ID }, [], SPAN)).toMatchObject([{ url: url.replace('group', 'professor') }]);
  expect(tsu.plan(ASK, [page(url, '')], SPAN)).toBe('done');
  for (const id of ['', '932603', '../faculties'])
    expect(outcome(() => tsu.plan({ ...ASK, id }, [], SPAN))).toEqual({
      error: { kind: 'unknown-param', detail: 'id' },
    });
});

test.each([
  [401, 'blocked'],
  [403, 'blocked'],
  [410, 'unknown-param'],
  [429, 'unreachable'],
  [500, 'unreachable'],
])('status %d is %s', (status, kind) => {
  expect(outcome(() => tsu.parse([page('', { grid: [] }, status)], ASK, SPAN))).toEqual({
    error: { kind, detail: `http-${status}` },
  });
});

test('never throws anything but a SourceError, whatever the answer is', () => {
  const lesson = fc.record(
    { type: fc.string(), title: fc.anything(), starts: fc.anything(), ends: fc.anything(), groups: fc.anything() },
    { requiredKeys: [] },
  );
  const day = fc.record({ date: fc.constantFrom('2026-09-14', '2026-13-45', '', 7), lessons: fc.array(lesson) });
  fc.assert(
    fc.property(fc.oneof(fc.anything(), fc.record({ grid: fc.array(day) })), (answer) => {
      const body = JSON.stringify(answer, (_, value) => (typeof value === 'bigint' ? Number(value) : value)) ?? '';
      outcome(() => tsu.parse([page('', body)], ASK, SPAN));
    }),
  );
});

describe('catalogue', () => {
  const id = (n: number): string => `${n}`.padStart(8, '0') + ID.slice(8);
  const answers: Readonly<Record<string, unknown>> = {
    faculties: [{ id: id(1), name: 'ФИТ' }],
    [`faculties/${id(1)}/groups`]: [
      { id: id(11), name: '932603', isSubgroup: false },
      { id: id(12), name: '932603 (б)', isSubgroup: true },
      { id: id(13), name: '932604 (1)', isSubgroup: true },
      { id: 'x', name: 'без номера', isSubgroup: false },
    ],
    professors: [{ id: id(21), fullName: 'Иванов Иван Иванович', email: 'nobody@example.edu' }],
    buildings: [{ id: id(3), name: 'Учебный корпус № 2' }],
    [`buildings/${id(3)}/audiences`]: [{ id: id(31), name: '302 (2)' }],
  };

  function walk(ask: Ask, broken: readonly string[] = []): unknown {
    const pages: Page[] = [];
    for (;;) {
      const plan = tsu.catalogue?.plan(ask, pages, SPAN);
      if (plan === undefined || plan === 'done') return tsu.catalogue?.parse(pages, ask, SPAN);
      for (const { url } of plan) {
        const path = url.replace(/^.*\/v1\//, '');
        pages.push(broken.includes(path) ? page(url, '<html>', 404) : page(url, answers[path] ?? ''));
      }
    }
  }

  test('without teachers or rooms there are still groups; without groups, or what is asked for alone, there is nothing', () => {
    const kinds = (listed: unknown): unknown => new Set((listed as { kind: string }[]).map(({ kind }) => kind));
    expect(kinds(walk({}, ['professors']))).toEqual(new Set(['group', 'room']));
    expect(kinds(walk({}, ['buildings']))).toEqual(new Set(['group', 'teacher']));
    expect(kinds(walk({}, [`buildings/${id(3)}/audiences`]))).toEqual(new Set(['group', 'teacher']));
    const refused = { error: { kind: 'unknown-param', detail: 'http-404' } };
    expect(outcome(() => walk({}, ['faculties']))).toEqual(refused);
    expect(outcome(() => walk({ list: 'teachers' }, ['professors']))).toEqual(refused);
  });

  test('groups, teachers and rooms with their ids; a subgroup only where its group is missing', () => {
    expect(walk({})).toEqual([
      { kind: 'group', name: '932603', ask: { group: '932603', id: id(11) } },
      { kind: 'group', name: '932604 (1)', ask: { group: '932604 (1)', id: id(13) } },
      { kind: 'teacher', name: 'Иванов Иван Иванович', ask: { teacher: 'Иванов Иван Иванович', id: id(21) } },
      { kind: 'room', name: '302 (2)', ask: { room: '302 (2)', id: id(31) } },
    ]);
    expect(walk({ list: 'teachers' })).toHaveLength(1);
  });

  test('an empty list or a page in place of one is said so', () => {
    const empty = [page('https://intime.tsu.ru/api/web/v1/professors', [])];
    expect(outcome(() => tsu.catalogue?.parse(empty, { list: 'teachers' }, SPAN))).toEqual({
      error: { kind: 'changed', detail: 'empty-list' },
    });
    const html = [page('https://intime.tsu.ru/api/web/v1/professors', '<html>')];
    expect(outcome(() => tsu.catalogue?.parse(html, {}, SPAN))).toEqual({ error: { kind: 'changed', detail: 'html' } });
  });
});

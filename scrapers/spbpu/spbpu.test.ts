/** Beside the saved pages (test/scrapers.test.ts): what is asked for, what is listed, and the site's real weeks where they are at hand. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Ask, type Page, SourceError, type Span } from '#source';
import spbpu from './index.ts';

const SPAN: Span = { from: '2026-09-02', to: '2027-03-01', zone: 'Europe/Moscow' };
const REAL = join(import.meta.dirname, '../../../shared/data/real/spbpu-ruz');

function page(body: unknown, status = 200): Page {
  const url = 'https://ruz.spbstu.ru/';
  const bytes = new TextEncoder().encode(JSON.stringify(body));
  return { request: { url }, url, status, headers: {}, body: bytes };
}

function urls(ask: Ask, span = SPAN): readonly string[] {
  const plan = spbpu.plan(ask, [], span);
  return plan === 'done' ? [] : plan.map(({ url }) => url.replace('https://ruz.spbstu.ru/api/v1/ruz', ''));
}

test('asks for this week and four more, each a request of its own, none beyond the span', () => {
  expect(urls({ id: '7' })).toEqual(
    ['2026-09-14', '2026-09-21', '2026-09-28', '2026-10-05', '2026-10-12'].map((day) => `/scheduler/7?date=${day}`),
  );
  expect(urls({ id: '7' }, { ...SPAN, to: '2026-09-22' })).toHaveLength(2);
  expect(urls({ id: '7' }, { ...SPAN, to: '2026-09-10' })).toEqual([
    '/scheduler/7?date=2026-08-31',
    '/scheduler/7?date=2026-09-07',
  ]);
});

test('asks for a teacher and for a room by their own addresses, and for nothing without a number', () => {
  const short = { ...SPAN, to: '2026-09-17' };
  expect(urls({ kind: 'teacher', id: '8' }, short)).toEqual(['/teachers/8/scheduler?date=2026-09-14']);
  expect(urls({ kind: 'room', id: '9', building: '1' }, short)).toEqual([
    '/buildings/1/rooms/9/scheduler?date=2026-09-14',
  ]);
  const bad: readonly Ask[] = [{}, { id: '' }, { id: '../1' }, { id: '4831001/00001' }, { kind: 'room', id: '9' }];
  for (const ask of bad) expect(() => spbpu.plan(ask, [], SPAN)).toThrow(SourceError);
});

describe('catalogue', () => {
  const institutes = page({ faculties: [{ id: 125, name: 'Институт', abbr: 'И' }] });
  const groups = page({ groups: [{ id: 5, name: '5130904/50001', level: 1 }], faculty: {} });
  const teachers = page({ teachers: [{ id: 8, full_name: 'Орлова Вера Петровна', chair: '' }] });

  test('walks the institutes, then lists groups and teachers', () => {
    const plan = spbpu.catalogue?.plan({}, [institutes], SPAN);
    expect(plan).toMatchObject([
      { url: expect.stringMatching(/\/faculties\/125\/groups$/) },
      { url: expect.stringMatching(/\/teachers$/) },
      { url: expect.stringMatching(/\/buildings$/) },
    ]);
    expect(spbpu.catalogue?.plan({}, [institutes, groups, teachers, page({ buildings: [] })], SPAN)).toBe('done');
    expect(spbpu.catalogue?.plan({}, [institutes, groups, teachers, page({}, 500)], SPAN)).toBe('done');
    expect(spbpu.catalogue?.parse([institutes, groups, teachers], {}, SPAN)).toEqual([
      { kind: 'group', name: '5130904/50001', ask: { kind: 'group', id: '5' } },
      { kind: 'teacher', name: 'Орлова Вера Петровна', ask: { kind: 'teacher', id: '8' } },
    ]);
  });

  test('then the rooms, building by building, each with its house', () => {
    const buildings = page({
      buildings: [
        { id: 11, name: 'Главное здание' },
        { id: 12, name: 'DL' },
        { id: 13, name: '3 корпус' },
      ],
    });
    const pages = [institutes, groups, teachers, buildings];
    const plan = spbpu.catalogue?.plan({}, pages, SPAN);
    expect(plan).toEqual([11, 12, 13].map((id) => ({ url: expect.stringMatching(`/buildings/${id}/rooms$`) })));
    const rooms = [
      page({ rooms: [{ id: 533, name: '219' }], building: { id: 11 } }),
      page({ rooms: [{ id: 1, name: 'Дистанционно' }], building: { id: 12 } }),
      page({}, 503),
    ];
    expect(spbpu.catalogue?.plan({}, [...pages, ...rooms], SPAN)).toBe('done');
    const listed = spbpu.catalogue?.parse([...pages, ...rooms], {}, SPAN) ?? [];
    expect(listed.filter(({ kind }) => kind === 'room')).toEqual([
      { kind: 'room', name: '219, Главное здание', ask: { kind: 'room', id: '533', building: '11' } },
    ]);
    expect(listed).toHaveLength(3);
  });

  test('lives without the teachers, not without an institute', () => {
    expect(spbpu.catalogue?.parse([institutes, groups, page({}, 404)], {}, SPAN)).toHaveLength(1);
    expect(() => spbpu.catalogue?.parse([page({ faculties: [] }), teachers], {}, SPAN)).toThrow(SourceError);
  });
});

describe('the real weeks of a group', () => {
  if (!existsSync(REAL)) {
    process.stdout.write('spbpu: ../shared is not here, its real weeks are not read\n');
    test.skip('no captures here', () => {});
    return;
  }
  function real(file: string): unknown {
    return JSON.parse(readFileSync(join(REAL, 'group', file), 'utf8'));
  }

  test('read as another reader of the site wrote them down', () => {
    const span = { from: '2022-05-02', to: '2022-05-30', zone: 'Europe/Moscow' };
    const pages = [1, 2].map((week) => page(real(`32369/32369_schedule_${week}week.json`)));
    const parsed = spbpu.parse(pages, { id: '32369' }, span);
    type Interval = { start: string; end: string; lessons: { subject: string; type: string }[] };
    const days = real('32369/schedule_request.json') as readonly { date: string; intervals?: readonly Interval[] }[];
    const wanted = days
      .filter(({ date }) => date < '2022-05-30')
      .flatMap(({ date, intervals = [] }) =>
        intervals.flatMap(({ start, end, lessons }) => lessons.map((one) => [date, start, end, one.subject, one.type])),
      );
    expect(parsed.lessons.map(({ day, start, end, subject, kind }) => [day, start, end, subject, kind])).toEqual(
      wanted,
    );
    expect(parsed.lessons).toHaveLength(20);
    expect(parsed.lessons.filter(({ room }) => room === 'Дистанционно')).toHaveLength(10);
    expect(parsed.lessons.filter(({ teachers }) => teachers?.length === 0)).toHaveLength(2);
    expect([parsed.name, parsed.covers]).toEqual(['4831001/00001', { from: '2022-05-16', to: '2022-05-30' }]);
  });

  test('its list of groups is read', () => {
    const pages = [page({ faculties: [{ id: 122 }] }), page(real('faculty_122_groups.json')), page({}, 404)];
    const listed = spbpu.catalogue?.parse(pages, {}, SPAN) ?? [];
    expect(listed.length).toBeGreaterThan(20);
    expect(listed[0]).toEqual({ kind: 'group', name: '4851004/80101', ask: { kind: 'group', id: '32391' } });
  });
});

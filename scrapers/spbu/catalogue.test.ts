/** What is listed of the university: groups of chosen divisions, teachers by letters, rooms by houses; and the site's real lists where they are at hand. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Page, Span } from '#source';
import spbu from './index.ts';

const SPAN: Span = { from: '2026-09-02', to: '2027-03-01', zone: 'Europe/Moscow' };
const REAL = join(import.meta.dirname, '../../../shared/data/real/spbu');

function page(body: unknown): Page {
  const url = 'https://timetable.spbu.ru/';
  return { request: { url }, url, status: 200, headers: {}, body: new TextEncoder().encode(JSON.stringify(body)) };
}

describe('catalogue', () => {
  const levels = page([
    {
      StudyLevelName: 'Бакалавриат',
      StudyProgramCombinations: [
        {
          Name: 'Математика',
          AdmissionYears: [
            { IsEmpty: false, StudyProgramId: 11, YearNumber: 2026 },
            { IsEmpty: true, StudyProgramId: 12, YearNumber: 2025 },
            { IsEmpty: false, StudyProgramId: 13, YearNumber: 2015 },
          ],
        },
      ],
    },
  ]);

  const ASK = { division: 'MATH' };
  const nobody = page({ Educators: [] });
  /** What comes first: the programmes, teachers letter by letter, the houses. */
  function first(teachers: readonly Page[], houses: Page): readonly Page[] {
    const letters = Array.from({ length: 30 }, (_, index) => teachers[index] ?? nobody);
    return [levels, ...letters, houses];
  }
  const row = { StudentGroupId: 7001, StudentGroupName: '26.Б01-мм' };
  const group = { kind: 'group', name: '26.Б01-мм', ask: { kind: 'group', id: '7001' } };

  test('asks for the programmes, for teachers by the first letter, for the houses', () => {
    const plan = spbu.catalogue?.plan(ASK, [], SPAN) ?? [];
    const urls = plan === 'done' ? [] : plan.map(({ url }) => decodeURIComponent(url.split('/api/v1/')[1] ?? ''));
    expect([urls[0], urls[1], urls[30], urls[31], urls.length]).toEqual([
      ...['study/divisions/MATH/programs/levels', 'educators/search/А', 'educators/search/Я', 'addresses', 32],
    ]);
  });

  test('groups of a division: only of programmes still studied, in both shapes of the answer', () => {
    const pages = first([], page([]));
    expect(spbu.catalogue?.plan(ASK, pages, SPAN)).toEqual([
      { url: 'https://timetable.spbu.ru/api/v1/progams/11/groups' },
    ]);
    expect(spbu.catalogue?.plan(ASK, [...pages, page([row])], SPAN)).toBe('done');
    expect(spbu.catalogue?.parse([...pages, page([row])], ASK, SPAN)).toEqual([group]);
    expect(spbu.catalogue?.parse([...pages, page({ Groups: [row] })], ASK, SPAN)).toEqual([group]);
  });

  test('rooms stand beside their houses, the houses with most rooms first; teachers by their full names', () => {
    const [few, many] = ['75c999a7-1e46-4ac1-8444-a061d60c0ac4', 'baf0eed7-4ef8-4e37-8dfb-df91d9021bd4'];
    const houses = page([
      { DisplayName1: ' Новая ул., д. 1', Oid: few, matches: 3 },
      { DisplayName1: 'Старая ул., д. 2', Oid: many, matches: 112 },
      { DisplayName1: 'Нигде', Oid: '../1', matches: 500 },
    ]);
    const teachers = page({
      Educators: [{ Id: 2888, DisplayName: 'Громов А. Б.', FullName: 'Громов Артём Борисович' }],
    });
    const pages = first([teachers, { ...nobody, status: 500 }], houses);
    expect(spbu.catalogue?.plan(ASK, pages, SPAN)).toMatchObject([
      { url: expect.stringMatching(/progams\/11\/groups$/) },
      { url: expect.stringMatching(`addresses/${many}/classrooms$`) },
      { url: expect.stringMatching(`addresses/${few}/classrooms$`) },
    ]);
    const rooms = [page([{ Oid: few, DisplayName1: '4513' }]), { ...nobody, status: 503 }];
    expect(spbu.catalogue?.parse([...pages, page([row]), ...rooms], ASK, SPAN)).toEqual([
      group,
      { kind: 'teacher', name: 'Громов Артём Борисович', ask: { kind: 'teacher', id: '2888' } },
      { kind: 'room', name: 'Старая ул., д. 2, 4513', ask: { kind: 'room', id: few } },
    ]);
  });

  test('never asks more than a catalogue may: groups come before rooms', () => {
    const oid = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
    const houses = page(Array.from({ length: 600 }, (_, n) => ({ DisplayName1: `${n}`, Oid: oid(n), matches: n })));
    const plan = spbu.catalogue?.plan(ASK, first([], houses), SPAN) ?? [];
    expect(plan.length + 32).toBe(480);
    expect(plan[0]).toMatchObject({ url: expect.stringContaining('progams') });
  });

  test('without a division the divisions are named', () => {
    const pages = [
      page([
        { Alias: 'MATH', Name: 'Математика' },
        { Alias: 'BIOL', Name: 'Биология' },
      ]),
    ];
    expect(() => spbu.catalogue?.parse(pages, {}, SPAN)).toThrow(
      expect.objectContaining({ kind: 'unknown-param', suggestions: ['MATH', 'BIOL'] }),
    );
  });
});

describe('the real lists', () => {
  if (!existsSync(REAL)) {
    process.stdout.write('spbu: ../shared is not here, its real lists are not read\n');
    test.skip('no captures here', () => {});
    return;
  }
  function real(file: string): Page {
    return page(JSON.parse(readFileSync(join(REAL, 'api-2017', file), 'utf8')));
  }

  test('groups, teachers and rooms are listed', () => {
    const span = { from: '2016-09-01', to: '2017-02-01', zone: 'Europe/Moscow' };
    const levels = real('MATH_studyprograms.json');
    const groups = real('MATH_studyprogram_5466_studentGroups.json');
    const letters = Array.from({ length: 30 }, () => real('Educators.json'));
    const first = [levels, ...letters, real('addresses.json')];
    const plan = spbu.catalogue?.plan({ division: 'MATH' }, first, span) ?? [];
    const asked = plan === 'done' ? [] : plan.map(({ url }) => url);
    const programmes = asked.filter((url) => url.includes('progams'));
    expect([programmes.length > 50, asked.length > programmes.length + 50]).toEqual([true, true]);
    const house = readdirSync(join(REAL, 'api-2017')).find((name) => name.startsWith('address_')) ?? '';
    const second = asked.map((url) => (url.includes('progams') ? groups : real(house)));
    const listed = spbu.catalogue?.parse([...first, ...second], { division: 'MATH' }, span) ?? [];
    expect(listed).toContainEqual({ kind: 'group', name: '351 (14.Б10-мм)', ask: { kind: 'group', id: '10014' } });
    expect(listed).toContainEqual({
      ...{ kind: 'room', name: 'Университетский просп., д. 28, 4513' },
      ask: { kind: 'room', id: 'fd20a38e-e47f-4240-99f3-013e17bac654' },
    });
    expect(listed.filter(({ kind }) => kind === 'teacher')).toHaveLength(60);
    expect(spbu.catalogue?.parse([real('Educators.json')], { teacher: 'x' }, span)).toHaveLength(2);
    const address = readdirSync(join(REAL, 'api-2017')).find((name) => name.startsWith('address_')) ?? '';
    expect(spbu.catalogue?.parse([real(address)], { address: 'x' }, span)?.length).toBeGreaterThan(50);
  });
});

/** The real answers of two universities, where they are present. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Page } from '#source';
import { normalize } from '../../src/source/normalize.ts';
import { page, urls } from './fixture.ts';
import source from './index.ts';
import { titleOf } from './title.ts';

const CAPTURES = join(import.meta.dirname, '../../../shared/data/real/mmis');

describe('the real captures', () => {
  if (!existsSync(CAPTURES)) {
    process.stdout.write('mmis: ../shared is not here, the real answers are not read\n');
    test.skip('no captures here', () => {});
    return;
  }
  const real = (file: string): Page => page(readFileSync(join(CAPTURES, file), 'utf8'));

  test('Кострома: from the name over years and list to the lesson', () => {
    const ask = { university: 'kosgos', group: '24-исбо-1' };
    const span = { from: '2026-05-18', to: '2026-05-25', zone: 'Europe/Moscow' };
    const pages = ['ListYears', 'raspGrouplist', 'idGroup_8540'].map((name) =>
      real(name.startsWith('rasp') ? `kosgos_${name}.json` : `kosgos_Rasp_${name}.json`),
    );
    expect(urls(source.plan(ask, pages.slice(0, 2), span))).toEqual([
      'https://eios.kosgos.ru/api/Rasp?idGroup=8540&sdate=2026-05-18&year=2025-2026',
    ]);
    expect(source.plan(ask, pages, span)).toBe('done');
    // Who they are stays in the capture.
    const text = new TextDecoder().decode(pages[2]?.body);
    const named = (field: string): string => new RegExp(`"${field}": "([^"]+)"`).exec(text)?.[1] ?? '';
    const { lessons, skipped } = normalize(source.parse(pages, ask, span), 'UTC');
    expect(skipped).toEqual([]);
    expect(lessons).toMatchObject([
      {
        subject: 'Python для искусственного интеллекта в (ТЭК, АПК, образовании)',
        kind: 'practice',
        teachers: [named('преподаватель')],
        place: { room: '', format: 'remote' },
        subgroup: '1',
        number: 7,
        note: `На сайте назван и другой преподаватель – ${named('фиоПреподавателя').replace(/ \.\.$/, '')}`,
        times: { on: 'day', day: '2026-05-20', start: '19:00', end: '20:30' },
      },
    ]);
  });

  test('Кострома: its lists', () => {
    const span = { from: '2026-05-04', to: '2026-06-30', zone: 'Europe/Moscow' };
    const pages = ['Rasp_ListYears', 'raspGrouplist', 'raspTeacherlist', 'raspAudlist'].map((name) =>
      real(`kosgos_${name}.json`),
    );
    const listed = source.catalogue?.parse(pages, { university: 'kosgos' }, span) ?? [];
    expect(listed.map(({ kind, ask }) => `${kind} ${ask.id} ${ask.year}`)).toEqual([
      ...['group 8540 2025-2026', 'group 8153 2025-2026', 'teacher 1104 2025-2026'],
      ...['room 3567358 2025-2026', 'room 3569734 2025-2026'],
    ]);
  });

  test('Уфа: every subject shown on its pages, written the way the engine writes it', () => {
    const found = readFileSync(join(CAPTURES, 'bspu_webapp_two_teachers_parsed_excerpt.json'), 'utf8');
    const lessons = [...found.matchAll(/"subject": "([^"]+)"[\s\S]*?"lesson_type": "([^"]+)"/g)];
    expect(lessons.length).toBeGreaterThan(30);
    for (const [, subject = '', type = ''] of lessons) {
      const title = titleOf(`${type} ${subject}`);
      expect([title.kind, title.subject, title.subgroup]).toEqual([
        type === 'пра' ? 'пр' : type,
        subject.replace(/, п\/г \d$/, ''),
        /п\/г (\d)$/.exec(subject)?.[1] ?? '',
      ]);
    }
  });
});

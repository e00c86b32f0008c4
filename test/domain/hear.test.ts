/** Who hears of which lesson: subgroups, and what is hidden by subject, teacher, kind or pair. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hearing, type Taste } from '../../src/domain/hear.ts';
import type { Hidden } from '../../src/domain/peer.ts';
import { anyTimetable, occurrence } from './arbitrary.ts';

const EVERYTHING: Taste = { subgroup: '', hidden: [] };
const at = (patch: Parameters<typeof occurrence>[2]) => occurrence('2026-11-24', '10:00', patch);

test.each([
  ['', '', null],
  ['', '1', null],
  ['2', '', null],
  ['2', '2', null],
  ['2', '1', 'subgroup'],
  ['1', '11', 'subgroup'],
  ['2', 'подгруппа 2', null],
  ['2', '2 подгр.', null],
  ['2', 'п/г 2', null],
  ['2', '02', null],
  ['подгруппа 2', '1 подгруппа', 'subgroup'],
  ['2', '1, 2', null],
  ['3', '1 и 2', 'subgroup'],
  ['3', '1/2', 'subgroup'],
  // Language groups are lettered, laboratory groups numbered: the one says nothing of the other.
  ['2', 'А', null],
  ['а', 'А', null],
  ['A', 'А', null],
  ['Б', 'А', 'subgroup'],
  ['Б', '2', null],
])('a peer of subgroup «%s» and a lesson of «%s»: %s', (mine, lesson, why) => {
  expect(hearing({ subgroup: mine, hidden: [] })(at({ subgroup: lesson }))).toBe(why);
});

test.each<[Hidden, Parameters<typeof occurrence>[2], 'hidden' | null]>([
  [{ by: 'subject', name: 'Физкультура' }, { subject: 'физкультура' }, 'hidden'],
  [{ by: 'subject', name: 'Физкультура' }, { subject: 'Физкультура и спорт' }, null],
  [{ by: 'subject', name: 'учебный  проект' }, { subject: 'Учебный проект.' }, 'hidden'],
  [{ by: 'subject', name: 'Введение в счёт' }, { subject: 'Введение в счет' }, 'hidden'],
  [{ by: 'teacher', name: 'Иванов И. И.' }, { teachers: ['Иванов И.И.'] }, 'hidden'],
  [{ by: 'teacher', name: 'Иванов И. И.' }, { teachers: ['Иванов И. И.', 'Петров П. П.'] }, null],
  [{ by: 'teacher', name: 'Иванов И. И.' }, { teachers: [] }, null],
  [{ by: 'kind', name: 'lecture' }, { kind: 'lecture' }, 'hidden'],
  [{ by: 'kind', name: 'lecture' }, { kind: 'lab' }, null],
  [{ by: 'kind', name: 'Коллоквиум' }, { kind: 'коллоквиум' }, 'hidden'],
  [{ by: 'slot', name: '3' }, { number: 3 }, 'hidden'],
  [{ by: 'slot', name: '3' }, { number: 13 }, null],
  [{ by: 'slot', name: '3' }, { number: null }, null],
])('%j hides %j: %s', (hidden, lesson, why) => {
  expect(hearing({ subgroup: '', hidden: [hidden] })(at(lesson))).toBe(why);
});

describe('whatever the timetable', () => {
  const taste: fc.Arbitrary<Taste> = fc.record({
    subgroup: fc.constantFrom('', '1', '2', 'А'),
    hidden: fc.array(
      fc.oneof(
        fc.record({ by: fc.constant('subject' as const), name: fc.constantFrom('матан', 'ПРАВО', 'Химия') }),
        fc.record({ by: fc.constant('teacher' as const), name: fc.constantFrom('Иванов', 'петров') }),
        fc.record({ by: fc.constant('kind' as const), name: fc.constantFrom('lecture', 'lab') }),
        fc.record({ by: fc.constant('slot' as const), name: fc.constantFrom('1', '2') }),
      ),
      { maxLength: 4 },
    ),
  });

  test('who asked for nothing hears everything', () => {
    fc.assert(
      fc.property(anyTimetable, (all) => {
        expect(all.map(hearing(EVERYTHING)).every((why) => why === null)).toBe(true);
      }),
    );
  });

  test('hiding more never makes a lesson heard', () => {
    fc.assert(
      fc.property(anyTimetable, taste, taste, (all, some, more) => {
        const few = hearing(some);
        const many = hearing({ ...some, hidden: [...some.hidden, ...more.hidden] });
        for (const one of all) if (few(one) !== null) expect(many(one)).not.toBeNull();
      }),
    );
  });

  test('the order of what is hidden and how it is typed do not matter', () => {
    fc.assert(
      fc.property(anyTimetable, taste, (all, some) => {
        const turned = some.hidden
          .toReversed()
          .map(({ by, name }) => ({ by, name: by === 'kind' ? name : ` ${name.toUpperCase()} ` }));
        expect(all.map(hearing({ ...some, hidden: turned }))).toEqual(all.map(hearing(some)));
      }),
    );
  });

  test('lessons of the whole group are hidden by no subgroup, and the subgroups part the rest', () => {
    fc.assert(
      fc.property(anyTimetable, (all) => {
        const [one, two] = [hearing({ subgroup: '1', hidden: [] }), hearing({ subgroup: '2', hidden: [] })];
        for (const lesson of all) {
          const heard = [one(lesson), two(lesson)].filter((why) => why === null).length;
          expect(heard).toBe(lesson.subgroup === '' ? 2 : 1);
        }
      }),
    );
  });
});

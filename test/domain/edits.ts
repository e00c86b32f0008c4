/** A timetable and edits of it as they happen: what was there, what is there now, and what was done. */
import fc from 'fast-check';
import { addDays, clockOf, type Day, mondayOf } from '../../src/domain/calendar.ts';
import type { Occurrence } from '../../src/domain/occurrence.ts';
import { occurrence } from './arbitrary.ts';

type Slot = { readonly day: Day; readonly start: string; readonly it: Occurrence };

const SUBJECTS = ['Матан', 'Физика', 'Право'];
const START = '2026-11-23';

/** Three weeks; subjects repeat, two subgroups share slots, some rows are struck out, some are listed twice, all have ids or none. */
const anySlots: fc.Arbitrary<Slot[]> = fc
  .tuple(
    fc.array(
      fc.record({
        day: fc.integer({ min: 0, max: 18 }),
        hour: fc.constantFrom(8, 10, 12),
        subject: fc.constantFrom(...SUBJECTS),
        subgroup: fc.constantFrom('', '1', '2'),
        room: fc.constantFrom('404Л', '510М'),
        teacher: fc.constantFrom('Иванов', 'Петров'),
        cancelled: fc.integer({ min: 0, max: 5 }),
      }),
      { minLength: 2, maxLength: 20 },
    ),
    fc.boolean(),
    fc.boolean(),
  )
  .map(([rows, ids, twin]) => {
    const slots = rows.map(({ day, hour, subject, subgroup, room, teacher, cancelled }, index) =>
      slot(addDays(START, day), clockOf(hour * 60), {
        subject,
        subgroup,
        teachers: [teacher],
        place: { room, link: '', format: 'onsite' },
        cancelled: cancelled === 0,
        sourceId: ids ? `id-${index}` : '',
      }),
    );
    return twin ? [...slots, ...slots.slice(0, 1)] : slots;
  });

function slot(day: Day, start: string, patch: Parameters<typeof occurrence>[2]): Slot {
  return { day, start, it: occurrence(day, start, patch) };
}

function again({ it }: Slot, patch: Parameters<typeof occurrence>[2], day = it.day, start = it.start): Slot {
  const { subject, kind, teachers, place, subgroup, number, note, cancelled, sourceId } = it;
  return slot(day, start, { subject, kind, teachers, place, subgroup, number, note, cancelled, sourceId, ...patch });
}

/** What an editor does to the lesson at `index` (and `other`). */
export type Edit = {
  readonly what: 'move' | 'room' | 'teacher' | 'subject' | 'format' | 'strike' | 'remove' | 'add' | 'swap' | 'split';
  readonly index: number;
  readonly other: number;
};

const anyEdit: fc.Arbitrary<Edit> = fc.record({
  what: fc.constantFrom('move', 'room', 'teacher', 'subject', 'format', 'strike', 'remove', 'add', 'swap', 'split'),
  index: fc.nat({ max: 40 }),
  other: fc.nat({ max: 40 }),
});

function edited(slots: readonly Slot[], { what, index, other }: Edit): Slot[] {
  const [at, second] = [index % Math.max(1, slots.length), other % Math.max(1, slots.length)];
  const [one, two] = [slots[at], slots[second]];
  if (one === undefined || two === undefined) return [...slots];
  const day = addDays(mondayOf(one.day), other % 6);
  const start = clockOf((13 + (other % 5)) * 60);
  switch (what) {
    case 'move':
      return slots.with(at, again(one, {}, day, start));
    case 'room':
      return slots.with(at, again(one, { place: { ...one.it.place, room: `${other}` } }));
    case 'teacher':
      return slots.with(at, again(one, { teachers: [`Новый ${other}`] }));
    case 'subject':
      return slots.with(at, again(one, { subject: SUBJECTS[other % 3] ?? 'История' }));
    case 'format':
      return slots.with(at, again(one, { place: { room: '', link: '', format: 'remote' } }));
    case 'strike':
      return slots.with(at, again(one, { cancelled: !one.it.cancelled }));
    case 'remove':
      return slots.filter((_, place) => place !== at);
    case 'add':
      return [...slots, again(one, { sourceId: '', subgroup: ['', '1', '2'][other % 3] ?? '' }, day, start)];
    case 'swap':
      return slots.with(at, again(one, {}, two.day, two.start)).with(second, again(two, {}, one.day, one.start));
    case 'split':
      return [
        ...slots.filter((_, place) => place !== at),
        again(one, { subgroup: '1' }),
        again(one, { subgroup: '2', sourceId: '' }),
      ];
  }
}

const occurrencesOf = (slots: readonly Slot[]): Occurrence[] => slots.map(({ it }) => it);

/** A timetable before and after one to six edits. */
export const anyEdits: fc.Arbitrary<{ before: Occurrence[]; after: Occurrence[]; edits: Edit[] }> = fc
  .tuple(anySlots, fc.array(anyEdit, { minLength: 1, maxLength: 6 }))
  .map(([slots, edits]) => ({
    before: occurrencesOf(slots),
    after: occurrencesOf(edits.reduce<Slot[]>(edited, slots)),
    edits,
  }));

/** What changed, through a whole reading: what is told as one thing, and what is no news at all. */
import { beforeEach, describe, expect, test } from 'vitest';
import { addDays, type Weekday } from '../../src/domain/calendar.ts';
import type { Lesson } from '../../src/domain/lesson.ts';
import { addCalendar } from '../../src/flows/calendar.ts';
import { choose } from '../../src/flows/follow.ts';
import { readOnce } from '../../src/flows/import.ts';
import { feedOf, lessonsOf } from '../../src/store/index.ts';
import { say } from '../../src/text/ru/saying.ts';
import { lesson } from '../support/make.ts';
import { type Stage, stageAt } from '../support/world.ts';

const ANYA = 101;
const TERM = { start: '2026-09-01', end: '2026-12-26', week1: '2026-08-31' };
const MONDAY = '2026-09-14';

let stage: Stage;
let timetable: number;

const at = (day: string, start: string, part: Partial<Lesson> = {}): Lesson =>
  lesson({
    ...part,
    times: { on: 'day', day, start, endDay: day, end: `${Number(start.slice(0, 2)) + 2}:00`, allDay: false },
  });
const weekly = (weekday: Weekday, start: string, part: Partial<Lesson> = {}): Lesson =>
  lesson({ ...part, times: { on: 'weekly', weekday, weeks: 'every', start, end: '20:00' } });
const room = (name: string) => ({ place: { room: name, link: '', format: 'onsite' } }) as const;

/** A term as dated rows: three subjects a day, five days a week, from the Monday on. */
function term(from = MONDAY, weeks = 12, part: Partial<Lesson> = {}): Lesson[] {
  return Array.from({ length: weeks * 5 }, (_, n) => addDays(from, Math.floor(n / 5) * 7 + (n % 5))).flatMap((day, n) =>
    ['08:00', '10:00', '12:00'].map((start, slot) =>
      at(day, start, { subject: `Предмет ${n % 5}-${slot}`, ...room('404Л'), ...part }),
    ),
  );
}

async function begin(lessons: readonly Lesson[], facts: Stage['facts'] = {}): Promise<void> {
  stage = await stageAt('2026-09-14', '07:00');
  stage.lessons = lessons;
  stage.facts = facts;
  const added = await addCalendar(stage.world, { url: 'https://example.org/a.ics', by: ANYA });
  if (!added.ok) throw new Error('not added');
  timetable = added.timetable.id;
  await choose(stage.world, ANYA, timetable, ANYA);
}

/** Reads the source again, waits until what it says is believed and returns what was sent. */
async function sent(lessons: readonly Lesson[], facts: Stage['facts'] = stage.facts) {
  stage.lessons = lessons;
  stage.facts = facts;
  const feed = await feedOf(stage.world.store.db, timetable);
  if (feed === null) throw new Error('no feed');
  const outcome = await readOnce(stage.world, feed);
  expect(['same', 'changed']).toContain(outcome?.status);
  await stage.settle();
  return (await stage.deliver()).map(({ saying }) => saying);
}

/** The lines of each message that was sent. */
async function told(lessons: readonly Lesson[], facts: Stage['facts'] = stage.facts) {
  return (await sent(lessons, facts)).map((saying) => (saying.kind === 'changes' ? saying.changes : saying.kind));
}

/** The only message that was sent, as Anya reads it, without its title. */
async function read(lessons: readonly Lesson[]): Promise<string> {
  const [only, ...more] = await sent(lessons);
  if (only === undefined || more.length > 0) throw new Error('not one message');
  return say(only, stage.clock.now()).text.replace('Изменения · ПИ-21\n\n', '');
}

describe('a change for the whole term is one line', () => {
  const run = { from: '2026-09-15', every: 1, parity: null, except: [], open: true };

  test('of a weekly lesson', async () => {
    const rest = [weekly(3, '10:00', { subject: 'Право' }), weekly(4, '10:00', { subject: 'История' })];
    await begin([weekly(2, '10:00', room('404Л')), ...rest], { term: TERM });
    const [lines, ...more] = await told([weekly(2, '10:00', room('510М')), ...rest]);
    expect(more).toEqual([]);
    expect(lines).toMatchObject([{ what: ['room'], before: { room: '404Л' }, after: { room: '510М' }, run }]);
    expect(lines).toHaveLength(1);
  });

  test('of dated rows', async () => {
    await begin(term());
    const isThat = ({ subject }: Lesson) => subject === 'Предмет 1-1';
    const [lines] = await told(term().map((one) => (isThat(one) ? { ...one, ...room('510М') } : one)));
    expect(lines).toMatchObject([{ what: ['room'], run: { ...run, to: '2026-12-01' } }]);
    expect(lines).toHaveLength(1);
  });

  test('of one that goes to another day', async () => {
    const rest = [weekly(3, '10:00', { subject: 'Право' }), weekly(4, '10:00', { subject: 'История' })];
    await begin([weekly(2, '10:00'), ...rest], { term: TERM });
    const [lines] = await told([weekly(5, '12:00'), ...rest]);
    expect(lines).toMatchObject([{ what: ['time'], before: { start: '10:00' }, after: { start: '12:00' }, run }]);
    expect(lines).toHaveLength(1);
  });
});

describe('no news', () => {
  beforeEach(() => begin(term().map((one, n) => ({ ...one, sourceId: `id-${n}` }))));

  test('the same lessons in another order under other ids', async () => {
    const before = await lessonsOf(stage.world.store.db, timetable);
    expect(
      await told(
        term()
          .map((one, n) => ({ ...one, sourceId: `new-${n}` }))
          .reverse(),
      ),
    ).toEqual([]);
    expect((await lessonsOf(stage.world.store.db, timetable)).map(({ uid }) => uid).sort()).toEqual(
      before.map(({ uid }) => uid).sort(),
    );
  });

  test('the same lessons, now marked by their source as changed', async () => {
    const marked = term().map((one, n): Lesson => ({ ...one, sourceId: `id-${n}`, changed: true }));
    expect(await told(marked)).toEqual([]);
    expect(await told(marked.map(({ changed: _, ...one }) => one))).toEqual([]);
  });

  test('a series written out as dates, and dates as a series', async () => {
    await begin([weekly(2, '10:00'), weekly(3, '10:00')], { term: TERM });
    const dates = Array.from({ length: 15 }, (_, n) => [2, 3].map((day) => addDays(MONDAY, n * 7 + day - 1))).flat();
    const dated = dates.map((day) =>
      lesson({ times: { on: 'day', day, start: '10:00', endDay: day, end: '20:00', allDay: false } }),
    );
    expect(await told(dated)).toEqual([]);
    expect(await told([weekly(2, '10:00'), weekly(3, '10:00')])).toEqual([]);
  });

  test('a new term under the old one', async () => {
    stage.clock.move(11 * 7 * 86_400_000);
    expect(await told([...term(), ...term('2026-12-07', 12, { teachers: ['Новый'] })])).toEqual([]);
  });

  test('a new term in place of one that is over', async () => {
    stage.clock.move(13 * 7 * 86_400_000);
    expect(await told(term('2026-12-14', 12))).toEqual([]);
  });

  test('a week that slides on day by day', async () => {
    const seen = (from: string) =>
      term().filter(({ times }) => times.on === 'day' && times.day >= from && times.day < addDays(from, 7));
    await begin(seen(MONDAY));
    for (let day = 1; day < 12; day += 1) {
      stage.clock.move(86_400_000);
      expect([day, await told(seen(addDays(MONDAY, day)))]).toEqual([day, []]);
    }
  });

  test('but a lesson added among those known is', async () => {
    const [lines] = await told([...term(), at(addDays(MONDAY, 3), '16:00', { subject: 'Консультация' })]);
    expect(lines).toMatchObject([{ kind: 'added', after: { subject: 'Консультация' } }]);
  });
});

describe('our own id of a lesson', () => {
  test('stays when the source renumbers, moves and cancels', async () => {
    await begin(term());
    const idOf = async (subject: string) =>
      (await lessonsOf(stage.world.store.db, timetable)).find((one) => one.subject === subject)?.uid;
    const uid = await idOf('Предмет 1-1');
    const first = (part: Partial<Lesson>) => {
      const index = term().findIndex(({ subject }) => subject === 'Предмет 1-1');
      return term().map((one, n) => (n === index ? { ...one, ...part } : { ...one, sourceId: `${n}` }));
    };
    const day = addDays(MONDAY, 2);
    for (const part of [
      { times: at(day, '16:00').times, sourceId: 'x' },
      { times: at(day, '16:00').times, ...room('1'), sourceId: 'y' },
      { times: at(day, '16:00').times, ...room('1'), cancelled: true },
      { times: at(day, '18:00').times, ...room('2'), teachers: ['Петров'] },
    ]) {
      await told(first(part));
      expect(await idOf('Предмет 1-1')).toBe(uid);
    }
  });
});

describe('what other bots get wrong', () => {
  const [tuesday, wednesday] = [addDays(MONDAY, 1), addDays(MONDAY, 2)];
  const maths = at(tuesday, '10:00', {
    subject: 'Матан',
    kind: 'lecture',
    ...room('404Л'),
    teachers: ['Иванов И. И.'],
  });
  const law = at(wednesday, '12:00', { subject: 'Право', kind: 'lecture', ...room('101') });
  const rest = term(addDays(MONDAY, 7), 2);

  test('a lesson that is only cancelled is told, and not as a changed day', async () => {
    await begin([maths, law, ...rest]);
    expect(await read([law, ...rest])).toBe('Завтра, вт 15 сентября\n• 10:00 Матан (лек.), 404Л — отменена');
  });

  test('a day that vanished whole is told lesson by lesson', async () => {
    const more = at(tuesday, '12:00', { subject: 'Физика', kind: 'lab' });
    await begin([maths, more, law, ...rest]);
    expect(await read([law, ...rest])).toBe(
      'Завтра, вт 15 сентября\n• 10:00 Матан (лек.), 404Л — отменена\n• 12:00 Физика (лаб.) — отменена',
    );
  });

  test('a move is one line, not one deleted and one added', async () => {
    await begin([maths, law, ...rest]);
    expect(await read([{ ...maths, times: at(wednesday, '14:00').times }, law, ...rest])).toBe(
      'Завтра, вт 15 сентября\n• Матан (лек.), 404Л — перенесена: вт 15.09 10:00 → ср 16.09 14:00',
    );
  });

  test('two subgroups in one slot stay two lessons', async () => {
    const [one, two] = [
      { ...maths, subgroup: '1' },
      { ...maths, subgroup: '2', ...room('510М') },
    ];
    await begin([one, two, law, ...rest]);
    expect(await read([two, { ...one, ...room('101') }, law, ...rest])).toBe(
      'Завтра, вт 15 сентября\n• 10:00 Матан (лек.), 1 подгр. — ауд. 404Л → 101',
    );
    expect(await read([{ ...two, cancelled: true }, { ...one, ...room('101') }, law, ...rest])).toBe(
      'Завтра, вт 15 сентября\n• 10:00 Матан (лек.), 2 подгр., 510М — отменена',
    );
  });

  test('two exams of one subject are two exams', async () => {
    const [first, second] = [
      { ...maths, kind: 'exam' },
      { ...maths, kind: 'exam', times: at(wednesday, '10:00').times },
    ];
    await begin([first, second, ...rest]);
    expect(await read([{ ...second, ...room('1') }, first, ...rest])).toBe(
      'Ср, 16 сентября\n• 10:00 Матан (экзамен) — ауд. 404Л → 1',
    );
    expect(await read([first, ...rest])).toBe('Ср, 16 сентября\n• 10:00 Матан (экзамен), 1 — отменён');
  });

  test('what was told is not told again, whatever is read after it', async () => {
    await begin([maths, law, ...rest]);
    const after = [{ ...maths, ...room('510М') }, law, ...rest];
    expect(await sent(after)).toHaveLength(1);
    expect(await sent([...after].reverse())).toEqual([]);
    expect(await read([...after, at(wednesday, '16:00', { subject: 'Физика', kind: 'lab' })])).toBe(
      'Ср, 16 сентября\n• 16:00 Физика (лаб.) — новая пара',
    );
  });

  test('the teacher alone is a change as well, and subject, time and place stand with it', async () => {
    await begin([maths, law, ...rest]);
    expect(await read([{ ...maths, teachers: ['Петров П. П.'] }, law, ...rest])).toBe(
      'Завтра, вт 15 сентября\n• 10:00 Матан (лек.), 404Л — Иванов И. И. → Петров П. П.',
    );
  });

  test('seven lessons changed in one reading are one message', async () => {
    await begin([...term(MONDAY, 2)]);
    const changed = term(MONDAY, 2).map((one, n) => (n < 7 ? { ...one, ...room(`${n}`) } : one));
    const lines = (await read(changed)).split('\n').filter((line) => line.startsWith('• '));
    expect(lines).toHaveLength(7);
  });

  test('an id made of the time of reading would be another each time: ours is not', async () => {
    await begin([maths, law, ...rest]);
    const ids = async () => (await lessonsOf(stage.world.store.db, timetable)).map(({ uid }) => uid);
    const first = await ids();
    await begin([maths, law, ...rest]);
    expect(await ids()).toEqual(first);
  });
});

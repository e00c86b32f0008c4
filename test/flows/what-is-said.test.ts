/** Each kind of message that comes by itself, word for word and to the minute, over a week with an exam, a meeting, homework and empty days. */
import { beforeAll, describe, expect, test } from 'vitest';
import { fold } from '../../src/domain/name.ts';
import type { Peer } from '../../src/domain/peer.ts';
import { remind } from '../../src/flows/remind.ts';
import { saveHomework } from '../../src/store/index.ts';
import { texts } from '../../src/text/index.ts';
import { lesson } from '../support/make.ts';
import { group, listener, on, wall } from '../support/reminded.ts';
import { stageAt } from '../support/world.ts';

const MINUTE = 60_000;
const room = (name: string) => ({ room: name, link: '', format: 'onsite' as const });
const of = (subject: string, day: string, hours: string, kind = 'lecture') =>
  lesson({ subject, kind, place: room('404Л'), teachers: ['Иванов И. И.'], times: on(day, hours) });

/** Monday: three lessons, two of them one after the other. Tuesday, Thursday and the weekend are empty. */
const lessons = [
  of('Матан', '2026-09-14', '10:00–11:35'),
  of('Матан', '2026-09-14', '11:45–13:20'),
  of('Физика', '2026-09-14', '14:00–15:35', 'lab'),
  of('История', '2026-09-16', '12:00–13:35', 'consultation'),
  of('История', '2026-09-18', '10:00–12:00', 'exam'),
  of('Родительское собрание', '2026-09-18', '18:00–19:00', 'meeting'),
];

const WISHES = {
  each: { leads: [15] },
  first: { firstLead: 30 },
  evening: { evening: '19:00', homework: '19:00' },
  morning: { morning: '07:30', homework: '19:00' },
  week: { week: { weekday: 7, at: '18:00' } },
  exams: { exams: true },
  meetings: { meetings: true },
  homework: { homework: '19:00' },
  nothing: {},
} as const satisfies Record<string, Partial<Peer>>;
const KINDS = Object.keys(WISHES) as (keyof typeof WISHES)[];

/** From Sunday noon to Saturday noon, a tick each quarter of an hour and a minute: when, and in which words. */
let heard: Map<number, string[]>;
beforeAll(async () => {
  const stage = await stageAt('2026-09-13', '12:01');
  const { world, clock } = stage;
  const peers = KINDS.map((kind, n) => listener(n + 1, { homework: null, ...WISHES[kind] }));
  const id = await group(world, { lessons, peers });
  const maths = { day: '2026-09-14', subject: fold('Матан'), subgroup: '', text: '№5–7' };
  await saveHomework(world.store.db, id, maths);
  heard = new Map(peers.map((peer) => [peer.id, []]));
  for (let quarter = 0; quarter < 6 * 24 * 4; quarter += 1) {
    await remind(world);
    for (const { saying, peers: some } of await stage.deliver())
      for (const peer of some)
        heard.get(peer)?.push(`${wall(clock.now())}  ${texts('ru').say(saying, clock.now()).text}`);
    clock.move(15 * MINUTE);
  }
}, 60_000);

const said = (kind: keyof typeof WISHES) => heard.get(KINDS.indexOf(kind) + 1)?.join('\n\n');

describe('a week of', () => {
  test('reminders before each lesson: two that join are one', () => {
    expect(said('each')).toMatchInlineSnapshot(`
      "09-14 09:46  10:00–13:20 — Матан (лек.)
         404Л · Иванов И. И.

      09-14 13:46  В 14:00 — Физика (лаб.)
         404Л · Иванов И. И.

      09-16 11:46  В 12:00 — История (конс.)
         404Л · Иванов И. И.

      09-18 09:46  В 10:00 — История (экзамен)
         404Л · Иванов И. И.

      09-18 17:46  В 18:00 — Родительское собрание
         404Л · Иванов И. И."
    `);
  });

  test('the first lesson of the day', () => {
    expect(said('first')).toMatchInlineSnapshot(`
      "09-14 09:31  10:00–13:20 — Матан (лек.)
         404Л · Иванов И. И.

      09-16 11:31  В 12:00 — История (конс.)
         404Л · Иванов И. И.

      09-18 09:31  В 10:00 — История (экзамен)
         404Л · Иванов И. И."
    `);
  });

  test('evenings: nothing before an empty day', () => {
    expect(said('evening')).toMatchInlineSnapshot(`
      "09-13 19:01  Завтра, пн 14 сентября: 3 пары, первая в 10:00

      10:00–11:35  Матан (лек.)
         404Л · Иванов И. И.
         дз: №5–7
      11:45–13:20  Матан (лек.)
         404Л · Иванов И. И.
      14:00–15:35  Физика (лаб.)
         404Л · Иванов И. И.

      09-15 19:01  Завтра, ср 16 сентября: консультация в 12:00

      12:00–13:35  История (конс.)
         404Л · Иванов И. И.

      09-17 19:01  Завтра, пт 18 сентября: 2 занятия, первое в 10:00

      10:00–12:00  История (экзамен)
         404Л · Иванов И. И.
      18:00–19:00  Родительское собрание
         404Л · Иванов И. И."
    `);
  });

  test('mornings, with homework the evening before', () => {
    expect(said('morning')).toMatchInlineSnapshot(`
      "09-13 19:01  Домашка на завтра, пн 14 сентября

      • 10:00 Матан (лек.)
         дз: №5–7

      09-14 07:31  Сегодня, пн 14 сентября: 3 пары, первая в 10:00

      10:00–11:35  Матан (лек.)
         404Л · Иванов И. И.
         дз: №5–7
      11:45–13:20  Матан (лек.)
         404Л · Иванов И. И.
      14:00–15:35  Физика (лаб.)
         404Л · Иванов И. И.

      09-16 07:31  Сегодня, ср 16 сентября: консультация в 12:00

      12:00–13:35  История (конс.)
         404Л · Иванов И. И.

      09-18 07:31  Сегодня, пт 18 сентября: 2 занятия, первое в 10:00

      10:00–12:00  История (экзамен)
         404Л · Иванов И. И.
      18:00–19:00  Родительское собрание
         404Л · Иванов И. И."
    `);
  });

  test('the week ahead', () => {
    expect(said('week')).toMatchInlineSnapshot(`
      "09-13 18:01  Неделя 14–20 сентября: 6 занятий

      Пн, 14 сентября
      10:00–11:35  Матан (лек.)
         404Л · Иванов И. И.
      11:45–13:20  Матан (лек.)
         404Л · Иванов И. И.
      14:00–15:35  Физика (лаб.)
         404Л · Иванов И. И.

      Ср, 16 сентября
      12:00–13:35  История (конс.)
         404Л · Иванов И. И.

      Пт, 18 сентября
      10:00–12:00  История (экзамен)
         404Л · Иванов И. И.
      18:00–19:00  Родительское собрание
         404Л · Иванов И. И."
    `);
  });

  test('exams and consultations, a day and an hour before', () => {
    expect(said('exams')).toMatchInlineSnapshot(`
      "09-15 12:01  Завтра, ср 16 сентября, в 12:00 — История (конс.)
         404Л · Иванов И. И.

      09-16 11:01  В 12:00 — История (конс.)
         404Л · Иванов И. И.

      09-17 10:01  Завтра, пт 18 сентября, в 10:00 — История (экзамен)
         404Л · Иванов И. И.

      09-18 09:01  В 10:00 — История (экзамен)
         404Л · Иванов И. И."
    `);
  });

  test('meetings, a day and an hour before', () => {
    expect(said('meetings')).toMatchInlineSnapshot(`
      "09-17 18:01  Завтра, пт 18 сентября, в 18:00 — Родительское собрание
         404Л · Иванов И. И.

      09-18 17:01  В 18:00 — Родительское собрание
         404Л · Иванов И. И."
    `);
  });

  test('homework alone', () => {
    expect(said('homework')).toMatchInlineSnapshot(`
      "09-13 19:01  Домашка на завтра, пн 14 сентября

      • 10:00 Матан (лек.)
         дз: №5–7"
    `);
  });

  test('nothing asked for, nothing said', () => {
    expect(said('nothing')).toBe('');
  });
});

/** Lessons change while reminders and digests are under way: taken back, said anew, followed up, and never said twice. */
import { describe, expect, test } from 'vitest';
import type { Lesson } from '../../src/domain/lesson.ts';
import { fold } from '../../src/domain/name.ts';
import type { Peer } from '../../src/domain/peer.ts';
import { remind } from '../../src/flows/remind.ts';
import { tellDue } from '../../src/flows/tell.ts';
import { saveHomework } from '../../src/store/index.ts';
import { lesson } from '../support/make.ts';
import { briefs, group, listener, on, relesson, wall } from '../support/reminded.ts';
import { type Stage, stageAt } from '../support/world.ts';

const MINUTE = 60_000;
const ANYA = 101;
const BORIS = 102;
/** A Monday. */
const DAY = '2026-09-14';

const room = (name: string): Lesson['place'] => ({ room: name, link: '', format: 'onsite' });
const maths = lesson({ subject: 'Матан', place: room('404'), times: on(DAY, '10:00–11:35') });
const again = lesson({ subject: 'Матан', place: room('404'), times: on(DAY, '11:45–13:20') });
const physics = lesson({ subject: 'Физика', times: on(DAY, '14:00–15:35') });
/** Nobody hears of it: the timetable is never empty. */
const later = lesson({ subject: 'История', times: on('2026-09-17', '10:00–11:35') });

type Scene = {
  readonly stage: Stage;
  readonly id: number;
  /** What was sent before the change: it may be part of what a test is about. */
  readonly sent: readonly string[];
  readonly change: (lessons: readonly Lesson[]) => Promise<string[]>;
  /** What is to be done for the lesson at ten. */
  readonly give: (text: string) => Promise<void>;
  /** Lets time pass, a tick a minute, and says what was sent. */
  readonly pass: (minutes: number) => Promise<string[]>;
};

/** At `at` the tick has looked; what is due then was sent, or waits where the messenger was silent. */
async function scene(
  at: string,
  wishes: Partial<Peer>[],
  lessons: readonly Lesson[],
  delivery: 'sent' | 'waits' = 'sent',
  homework: string | null = null,
): Promise<Scene> {
  const stage = await stageAt('2026-09-13', '12:00');
  const { world, clock } = stage;
  const peers = wishes.map((one, index) => listener(ANYA + index, one));
  const id = await group(world, { lessons: [...lessons, later], peers });
  const given = { day: DAY, subject: fold('Матан'), subgroup: '' };
  const give = (text: string) => saveHomework(world.store.db, id, { ...given, text });
  if (homework !== null) await give(homework);
  await remind(world);
  clock.set(Date.parse(`${at}:00+03:00`));
  await remind(world);
  const sent = delivery === 'sent' ? briefs(await stage.deliver()) : [];
  return {
    stage,
    id,
    sent,
    give,
    async change(to) {
      await relesson(world, id, [...to, later]);
      await remind(world);
      return briefs(await stage.deliver());
    },
    async pass(minutes) {
      const heard: string[] = [];
      for (let n = 0; n < minutes; n += 1) {
        clock.move(MINUTE);
        await tellDue(world);
        await remind(world);
        heard.push(...briefs(await stage.deliver()).map((one) => `${wall(clock.now()).slice(6)} ${one}`));
      }
      return heard;
    },
  };
}

const AT_0946 = `${DAY}T09:46`;

describe('a reminder that waits', () => {
  test('of a cancelled lesson is taken back', async () => {
    const { change } = await scene(AT_0946, [{ leads: [15] }], [maths, physics], 'waits');
    expect(await change([physics])).toEqual([]);
  });

  test('of joined lessons says what is left of them', async () => {
    const { change } = await scene(AT_0946, [{ leads: [15] }], [maths, again], 'waits');
    expect(await change([maths])).toEqual(['101 reminder Матан 10:00–11:35']);
  });

  test('says both when a second lesson joins', async () => {
    const { change } = await scene(AT_0946, [{ leads: [15] }], [maths], 'waits');
    expect(await change([maths, again])).toEqual(['101 reminder Матан 10:00–13:20']);
  });

  test('changed and changed back is said once, as it was', async () => {
    const { change } = await scene(AT_0946, [{ leads: [15] }], [maths], 'waits');
    const [before] = await change([maths]);
    expect(before).toBe('101 reminder Матан 10:00–11:35');
    const other = await scene(AT_0946, [{ leads: [15] }], [maths], 'waits');
    await relesson(other.stage.world, 1, [{ ...maths, place: room('5') }, later]);
    expect(await other.change([maths])).toEqual(['101 reminder Матан 10:00–11:35']);
  });

  test('held back by quiet hours is taken back too', async () => {
    const wishes = { leads: [180], quiet: { from: '23:00', to: '08:00' } };
    const { change, pass } = await scene(`${DAY}T07:05`, [wishes], [maths, physics]);
    expect(await change([physics])).toEqual([]);
    expect(await pass(90)).toEqual([]);
  });

  test('held back by quiet hours comes when they end', async () => {
    const wishes = { leads: [180], quiet: { from: '23:00', to: '08:00' } };
    const { sent, pass } = await scene(`${DAY}T07:05`, [wishes], [maths]);
    expect(sent).toEqual([]);
    expect(await pass(90)).toEqual(['08:00 101 reminder Матан 10:00–11:35']);
  });
});

const elsewhere = { ...maths, place: room('5') };

/** What is said of the lesson at ten. */
const ofMaths = (all: readonly string[]) => all.filter((one) => one.includes('Матан'));

describe('what was sent and is changed again and again', () => {
  const [digest, reminder] = [{ evening: '21:00' }, { leads: [780] }] as const;
  test.each<[string, Partial<Peer>, [Lesson[], string[]][]]>([
    [
      'a digest: elsewhere, then off',
      digest,
      [
        [[elsewhere, physics], ['changes altered Матан 10:00']],
        [[physics], ['changes cancelled Матан 10:00']],
      ],
    ],
    [
      'a digest: off, then on again, then off',
      digest,
      [
        [[physics], ['changes cancelled Матан 10:00']],
        [[maths, physics], ['changes restored Матан 10:00']],
        [[physics], ['changes cancelled Матан 10:00']],
      ],
    ],
    [
      'a reminder: elsewhere and back',
      reminder,
      [
        [[elsewhere, physics], ['follow-up altered Матан 10:00']],
        [[maths, physics], ['follow-up altered Матан 10:00']],
      ],
    ],
    [
      'a reminder: elsewhere, then off',
      reminder,
      [
        [[elsewhere, physics], ['follow-up altered Матан 10:00']],
        [[physics], ['follow-up cancelled Матан 10:00']],
      ],
    ],
    [
      'a reminder: later, then back',
      reminder,
      [
        [[{ ...maths, times: on(DAY, '10:30–12:05') }, physics], ['follow-up altered Матан 10:00']],
        [[maths, physics], ['follow-up altered Матан 10:30']],
      ],
    ],
  ])('%s: each is told', async (_, wishes, steps) => {
    const { sent, change, pass } = await scene('2026-09-13T21:01', [wishes], [maths, physics]);
    expect(sent).toHaveLength(1);
    for (const [lessons, heard] of steps) {
      expect(ofMaths(await change(lessons)).map((one) => one.slice(4))).toEqual(heard);
      await pass(10);
    }
  });
});

describe('what was sent the evening before and is wrong in the night', () => {
  const digest = { evening: '21:00', quiet: { from: '23:00', to: '07:00' } } as const;
  const reminder = { leads: [780], quiet: digest.quiet };
  test.each<[string, Partial<Peer>, Lesson[][], string[]]>([
    ['off', digest, [[physics]], ['changes cancelled Матан 10:00']],
    ['off and on again', digest, [[physics], [maths, physics]], []],
    [
      'elsewhere, and back',
      digest,
      [
        [elsewhere, physics],
        [maths, physics],
      ],
      [],
    ],
    ['elsewhere, then off', digest, [[elsewhere, physics], [physics]], ['changes cancelled Матан 10:00']],
    [
      'elsewhere, which is not wanted, then off, which is',
      { ...digest, changes: true, muted: ['room'] },
      [[elsewhere, physics], [physics]],
      ['changes cancelled Матан 10:00'],
    ],
    [
      'elsewhere, which is not wanted',
      { ...digest, changes: true, muted: ['room'] },
      [[elsewhere, physics]],
      ['changes altered Матан 10:00'],
    ],
    [
      'off, which is wanted, then on elsewhere, half of which is',
      { ...digest, changes: true, muted: ['room'] },
      [[physics], [elsewhere, physics]],
      ['changes altered Матан 10:00'],
    ],
    ['a reminder: off and on again', reminder, [[physics], [maths, physics]], []],
    ['a reminder: off', reminder, [[physics]], ['follow-up cancelled Матан 10:00']],
    [
      'a reminder: elsewhere, then off',
      reminder,
      [[elsewhere, physics], [physics]],
      ['follow-up cancelled Матан 10:00'],
    ],
  ])('%s: is put right once, when the quiet ends', async (_, wishes, steps, heard) => {
    const { sent, change, pass } = await scene('2026-09-13T21:01', [wishes], [maths, physics]);
    expect(sent).toHaveLength(1);
    await pass(150);
    for (const step of steps) {
      expect(await change(step)).toEqual([]);
      await pass(10);
    }
    expect(ofMaths(await pass(480))).toEqual(heard.map((one) => `07:00 101 ${one}`));
  });
});

describe('a reminder already sent', () => {
  test('is followed up where the change is not heard of, and by the change alone where it is', async () => {
    const { sent, change } = await scene(AT_0946, [{ leads: [15] }, { leads: [15], changes: true }], [maths, physics]);
    expect(sent).toEqual(['101 reminder Матан 10:00–11:35', '102 reminder Матан 10:00–11:35']);
    expect(await change([physics])).toEqual([
      '101 follow-up cancelled Матан 10:00',
      '102 changes cancelled Матан 10:00',
    ]);
  });

  test('of joined lessons is followed up when the second is off', async () => {
    const { change, pass } = await scene(`${DAY}T08:31`, [{ leads: [90] }], [maths, again]);
    expect(await pass(150)).toEqual([]);
    expect(await change([maths])).toEqual(['101 follow-up cancelled Матан 11:45']);
  });

  test('moved to later: a follow-up now, and the reminder again at its new time', async () => {
    const { change, pass } = await scene(AT_0946, [{ leads: [15] }], [maths]);
    expect(await change([{ ...maths, times: on(DAY, '12:00–13:35') }])).toEqual(['101 follow-up altered Матан 10:00']);
    expect(await pass(150)).toEqual(['11:46 101 reminder Матан 12:00–13:35']);
  });

  test('of another subgroup concerns nobody', async () => {
    const both = ['1', '2'].map((subgroup) => ({ ...maths, subgroup }));
    const wishes = ['1', '2'].map((subgroup) => ({ leads: [15], subgroup }));
    const { change } = await scene(AT_0946, wishes, [...both, physics]);
    expect(await change([both[0]!, physics])).toEqual([`${BORIS} follow-up cancelled Матан 10:00`]);
  });

  test('two leads of one lesson are followed up once', async () => {
    const { change } = await scene(AT_0946, [{ leads: [60, 15], firstLead: 30 }], [maths, physics]);
    expect(await change([physics])).toEqual(['101 follow-up cancelled Матан 10:00']);
  });

  test('moved to another room is followed up in full where half of that is muted', async () => {
    const { change } = await scene(AT_0946, [{ leads: [15], changes: true, muted: ['moved'] }], [maths]);
    expect(await change([{ ...maths, place: room('510'), times: on(DAY, '12:00–13:35') }])).toContain(
      '101 follow-up altered Матан 10:00',
    );
  });

  test('of a kind of change that is muted is followed up all the same', async () => {
    const { change } = await scene(AT_0946, [{ leads: [15], changes: true, muted: ['room'] }], [maths]);
    expect(await change([{ ...maths, place: room('510') }])).toEqual(['101 follow-up altered Матан 10:00']);
  });
});

describe('a lesson that comes near', () => {
  test.each<[string, Partial<Peer>]>([
    ['every lead is past', { leads: [60, 15] }],
    ['it is the first of the day now', { firstLead: 40 }],
    ['both', { leads: [60, 15], firstLead: 40 }],
    ['the peer has filters', { leads: [60, 15], hidden: [{ by: 'subject', name: 'История' }] }],
  ])('is said at once, once: %s', async (_, wishes) => {
    const { change, pass } = await scene(`${DAY}T08:00`, [wishes], [physics]);
    expect(await change([{ ...physics, times: on(DAY, '08:10–09:45') }])).toEqual(['101 reminder Физика 08:10–09:45']);
    expect(await pass(30)).toEqual([]);
  });

  test('has begun already: nothing is said', async () => {
    const { change } = await scene(`${DAY}T08:00`, [{ leads: [15] }], [physics]);
    expect(await change([{ ...physics, times: on(DAY, '07:55–09:30') }])).toEqual([]);
  });

  test('in place of the first one, which is off: its reminder comes at its own time', async () => {
    const { change, pass } = await scene(`${DAY}T09:00`, [{ firstLead: 40 }], [maths, physics], 'waits');
    expect(await change([physics])).toEqual([]);
    expect((await pass(300)).filter((one) => one.includes('reminder'))).toEqual([
      '13:21 101 reminder Физика 14:00–15:35',
    ]);
  });
});

describe('an evening digest', () => {
  const EVENING = '2026-09-13T19:01';
  const wishes = { evening: '19:00' };

  test('that waits says the day as it is now', async () => {
    const { change } = await scene(EVENING, [wishes], [maths, physics], 'waits');
    expect(await change([physics])).toEqual([`101 evening ${DAY}: Матан 10:00 off, Физика 14:00`]);
  });

  test('already sent is corrected by the change notice alone', async () => {
    const { sent, change } = await scene(EVENING, [{ ...wishes, changes: true }, wishes], [maths, physics]);
    expect(sent).toEqual([101, 102].map((peer) => `${peer} evening ${DAY}: Матан 10:00, Физика 14:00`));
    expect(await change([physics])).toEqual(['101 changes cancelled Матан 10:00', '102 changes cancelled Матан 10:00']);
  });

  test('and a reminder, both sent: one correction', async () => {
    const { change } = await scene(AT_0946, [{ leads: [15], morning: '09:40' }], [maths, physics]);
    expect(await change([physics])).toEqual(['101 follow-up cancelled Матан 10:00']);
  });

  test('of a day that was empty at its hour is sent when a lesson appears, to those who hear no changes', async () => {
    const { sent, change } = await scene(EVENING, [wishes, { ...wishes, changes: true }], []);
    expect(sent).toEqual([]);
    expect(await change([maths])).toEqual([`101 evening ${DAY}: Матан 10:00`, '102 changes added Матан 10:00']);
  });

  const moved = { ...maths, times: on('2026-09-16', '10:00–11:35') };
  test.each<[string, readonly Lesson[], string]>([
    ['off', [physics], 'cancelled'],
    ['on another day, where its homework goes with it', [moved, physics], 'altered'],
  ])('with homework is corrected as any other when the lesson is %s', async (_, after, what) => {
    const { sent, change } = await scene(EVENING, [wishes], [maths, physics], 'sent', '№5');
    expect(sent).toHaveLength(1);
    expect(await change(after)).toEqual([`101 changes ${what} Матан 10:00`]);
  });

  test('is corrected, too, when homework was given after it', async () => {
    const { give, change } = await scene(EVENING, [wishes], [maths, physics]);
    await give('№5');
    expect(await change([physics])).toEqual(['101 changes cancelled Матан 10:00']);
  });

  test('that waits is taken back, too, when homework was given after it', async () => {
    const { give, change } = await scene(EVENING, [wishes], [maths, physics], 'waits');
    await give('№5');
    expect(await change([physics])).toEqual([`101 evening ${DAY}: Матан 10:00 off, Физика 14:00`]);
  });

  describe('of homework alone', () => {
    const due = { homework: '19:00' };
    const told = `101 homework ${DAY}: Матан №5`;

    test.each<[string, readonly Lesson[], string]>([
      ['off', [physics], 'cancelled'],
      ['on another day', [moved, physics], 'altered'],
    ])('already sent is corrected when its lesson is %s', async (_, after, what) => {
      const { sent, change } = await scene(EVENING, [due, { ...due, changes: true }], [maths, physics], 'sent', '№5');
      expect(sent).toEqual([told, `102 homework ${DAY}: Матан №5`]);
      expect(await change(after)).toEqual([`101 changes ${what} Матан 10:00`, `102 changes ${what} Матан 10:00`]);
    });

    test.each<[string, readonly Lesson[]]>([
      ['off', [physics]],
      ['on another day', [moved, physics]],
    ])('that waits is taken back when its lesson is %s', async (_, after) => {
      const { change } = await scene(EVENING, [due], [maths, physics], 'waits', '№5');
      expect(await change(after)).toEqual([]);
    });

    test('that waits says the new hour of its lesson', async () => {
      const { change } = await scene(EVENING, [due], [maths, physics], 'waits', '№5');
      expect(await change([{ ...maths, times: on(DAY, '12:00–13:35') }, physics])).toEqual([told]);
    });

    test('is said to all when its lesson comes into the next day after its hour: no change says what is to be done', async () => {
      const { stage, change, id } = await scene(EVENING, [due, { ...due, changes: true }], [moved, physics]);
      const given = { day: '2026-09-16', subject: fold('Матан'), subgroup: '', text: '№5' };
      await saveHomework(stage.world.store.db, id, given);
      expect(await change([maths, physics])).toEqual([
        told,
        '102 changes altered Матан 10:00',
        `102 homework ${DAY}: Матан №5`,
      ]);
    });
  });

  test('is not touched by a change of another day', async () => {
    const { change } = await scene(EVENING, [wishes], [maths, { ...physics, times: on('2026-09-16', '14:00–15:35') }]);
    expect(await change([maths])).toEqual([]);
  });
});

test('of many who all wish otherwise each is put right, each time it changes', async () => {
  const many = Array.from({ length: 170 }, (_, n) => ({ evening: '21:00', leads: [1 + n] }));
  const { stage, sent, change } = await scene('2026-09-13T21:01', many, [maths, physics]);
  expect(sent).toHaveLength(170);
  for (const name of ['1', '2', '3', '4']) {
    stage.clock.move(10 * MINUTE);
    expect(await change([{ ...maths, place: room(name) }, physics])).toHaveLength(170);
  }
});

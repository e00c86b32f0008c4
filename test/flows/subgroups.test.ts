/** Two subgroups of one slot are one message of two parts to whoever hears both, whichever way it is planned. */
import { describe, expect, test } from 'vitest';
import type { Lesson } from '../../src/domain/lesson.ts';
import type { Peer } from '../../src/domain/peer.ts';
import { remind } from '../../src/flows/remind.ts';
import { lesson } from '../support/make.ts';
import { briefs, group, listener, on, relesson, wall } from '../support/reminded.ts';
import { stageAt } from '../support/world.ts';

const MINUTE = 60_000;
const CHAT = 2_000_000_001;
/** A Monday. */
const DAY = '2026-09-14';
const room = (name: string): Lesson['place'] => ({ room: name, link: '', format: 'onsite' });
const first = lesson({ subject: 'Информатика', subgroup: '1', place: room('101'), times: on(DAY, '10:00–11:35') });
const second = lesson({ subject: 'Английский', subgroup: '2', place: room('202'), times: on(DAY, '10:00–11:35') });
const later = lesson({ subject: 'История', times: on('2026-09-17', '10:00–11:35') });

/** What each heard until noon, with the minute it came in; from 9:50 on the lessons are `after`. */
async function morning(wishes: Partial<Peer>, lessons: readonly Lesson[], after = lessons): Promise<string[]> {
  const stage = await stageAt(DAY, '06:00');
  const id = await group(stage.world, { lessons: [...lessons, later], peers: [listener(CHAT, wishes)] });
  const heard: string[] = [];
  for (let minute = 0; minute < 6 * 60; minute += 1) {
    await remind(stage.world);
    if (wall(stage.clock.now()).endsWith('09:50') && after !== lessons)
      await relesson(stage.world, id, [...after, later]);
    heard.push(...briefs(await stage.deliver()).map((one) => `${wall(stage.clock.now()).slice(6)} ${one}`));
    stage.clock.move(MINUTE);
  }
  return heard;
}

const SET = { leads: [15] };
/** Quiet hours make of it one who is asked by itself. */
const PERSON = { leads: [15], quiet: { from: '01:00', to: '02:00' } };

describe.each([
  ['as a set', SET],
  ['by itself', PERSON],
])('planned %s', (_, wishes) => {
  test('both are one message', async () => {
    expect(await morning(wishes, [first, second])).toEqual([
      `09:46 ${CHAT} reminder Информатика 10:00–11:35, Английский 10:00–11:35`,
    ]);
  });

  test('one that goes on is told with its end beside the other', async () => {
    const again = { ...first, times: on(DAY, '11:45–13:20') };
    expect(await morning(wishes, [first, second, again])).toEqual([
      `09:46 ${CHAT} reminder Информатика 10:00–13:20, Английский 10:00–11:35`,
    ]);
  });

  test('at other hours they are two', async () => {
    expect(await morning(wishes, [first, { ...second, times: on(DAY, '10:05–11:40') }])).toEqual([
      `09:46 ${CHAT} reminder Информатика 10:00–11:35`,
      `09:51 ${CHAT} reminder Английский 10:05–11:40`,
    ]);
  });

  test('one that is off is called off alone', async () => {
    expect(await morning(wishes, [first, second], [second])).toEqual([
      `09:46 ${CHAT} reminder Информатика 10:00–11:35, Английский 10:00–11:35`,
      `09:50 ${CHAT} follow-up cancelled Информатика 10:00`,
    ]);
  });

  test('the first lesson of the day is both, and so is the digest', async () => {
    expect(await morning({ ...wishes, leads: [], firstLead: 30, morning: '07:00' }, [first, second])).toEqual([
      `07:01 ${CHAT} morning ${DAY}: Информатика 10:00, Английский 10:00`,
      `09:31 ${CHAT} reminder Информатика 10:00–11:35, Английский 10:00–11:35`,
    ]);
  });
});

test('of one subgroup alone nothing of the other is heard', async () => {
  expect(await morning({ leads: [15], subgroup: '2' }, [first, second])).toEqual([
    `09:46 ${CHAT} reminder Английский 10:00–11:35`,
  ]);
});

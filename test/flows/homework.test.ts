/** Homework written down, changed or taken away when its evening hour has passed: nobody is left with what is no longer so, nobody hears it twice. */
import { describe, expect, test } from 'vitest';
import type { Saying } from '../../src/domain/notice.ts';
import type { Peer } from '../../src/domain/peer.ts';
import { wish } from '../../src/flows/follow.ts';
import { giveHomework, takeHomework } from '../../src/flows/homework.ts';
import { remind } from '../../src/flows/remind.ts';
import { lesson } from '../support/make.ts';
import { group, listener, on, wall } from '../support/reminded.ts';
import { stageAt } from '../support/world.ts';

const MINUTE = 60_000;
const EDITOR = 100;
const ANYA = 101;
/** A Monday; the lessons are on it, and it is Sunday. */
const DAY = '2026-09-14';
const lessons = [
  lesson({ subject: 'Матан', times: on(DAY, '10:00–11:35') }),
  lesson({ subject: 'Матан', kind: 'practice', times: on(DAY, '11:45–13:20') }),
  lesson({ subject: 'Английский', subgroup: '1', times: on(DAY, '14:00–15:35') }),
  lesson({ subject: 'Английский', subgroup: '2', times: on(DAY, '14:00–15:35') }),
  lesson({ subject: 'Матан', times: on('2026-09-18', '10:00–11:35') }),
];

/** «20:33 101 late 2026-09-14: Матан №5», «19:00 101 evening 2026-09-14: Матан №5». */
function briefly({ saying, peers }: { saying: Saying; peers: readonly number[] }, now: number): string[] {
  if (saying.kind !== 'homework' && saying.kind !== 'evening' && saying.kind !== 'morning')
    return peers.map((peer) => `${peer} ${saying.kind}`);
  const told = saying.lessons.flatMap(({ subject, homework }) =>
    homework === undefined ? [] : [`${subject} ${homework}`],
  );
  const gone = saying.lessons.map(({ subject }) => `${subject} –`);
  const words = saying.late === true && told.length === 0 ? gone : told;
  const kind = saying.late === true ? 'late' : saying.kind;
  return peers.map((peer) => `${wall(now).slice(6)} ${peer} ${kind}: ${[...new Set(words)].join(', ')}`);
}

type Asked = Omit<Parameters<typeof takeHomework>[1], 'what'>;

async function scene(...wishes: Partial<Peer>[]) {
  const stage = await stageAt('2026-09-13', '18:58');
  const world = { ...stage.world, operators: [EDITOR] };
  const peers = wishes.map((one, n) => listener(ANYA + n, { homework: null, ...one }));
  const id = await group(world, { lessons, peers });
  const asked: Asked = { timetableId: id, by: EDITOR, peer: EDITOR, day: null, taste: { subgroup: '', hidden: [] } };
  await remind(world);
  return {
    /** The first of them changes its settings. */
    set: (patch: Partial<Peer>) => wish(world, ANYA, 'test', patch, ANYA),
    async give(what: string, text: string, part: Partial<Asked> = {}) {
      const given = await giveHomework(world, { ...asked, ...part, what, text });
      if (!given.ok) throw new Error(given.why);
      return given.late;
    },
    async take(what: string) {
      const taken = await takeHomework(world, { ...asked, what });
      if (!taken.ok) throw new Error(taken.why);
    },
    /** A tick a minute, and what was sent in them; `silent`: nothing is delivered until the last. */
    async pass(minutes: number, silent = false) {
      const heard: string[] = [];
      for (let n = 1; n <= minutes; n += 1) {
        stage.clock.move(MINUTE);
        await remind(world);
        if (silent) continue;
        heard.push(...(await stage.deliver()).flatMap((batch) => briefly(batch, stage.clock.now())));
      }
      return heard.sort();
    },
  };
}

const EVENING = { evening: '19:00', homework: '19:00' };
const ALONE = { homework: '19:00' };

describe('after its hour', () => {
  test('given: those who had a digest of that day, or would have had one, hear of it once, three minutes later', async () => {
    const { give, pass } = await scene(EVENING, ALONE, { evening: '19:00' }, { leads: [15] });
    expect(await pass(10)).toEqual(['19:01 101 evening: ', '19:01 103 evening: ']);
    expect(await give('матан', '№5')).toBe(2);
    expect(await pass(30)).toEqual(['19:11 101 late: Матан №5', '19:11 102 late: Матан №5']);
  });

  test('given and put right at once: the last of it', async () => {
    const { give, pass } = await scene(ALONE);
    await pass(10);
    await give('матан', '№5');
    await pass(1);
    await give('матан', '№6');
    expect(await pass(30)).toEqual(['19:12 101 late: Матан №6']);
  });

  test('given and taken away at once: nothing', async () => {
    const { give, take, pass } = await scene(EVENING, ALONE);
    await pass(10);
    await give('матан', '№5');
    await take('матан');
    expect(await pass(30)).toEqual([]);
  });

  test('of another subject: the digest that was sent is not said again, and each is taken away by itself', async () => {
    const { give, take, pass } = await scene(ALONE);
    await give('матан', '№5');
    expect(await pass(10)).toEqual(['19:01 101 homework: Матан №5']);
    await give('англ', 'слова');
    expect(await pass(5)).toEqual(['19:11 101 late: Английский слова']);
    await take('матан');
    expect(await pass(5)).toEqual(['19:16 101 late: Матан –']);
    await take('англ');
    expect(await pass(5)).toEqual(['19:21 101 late: Английский –']);
  });

  test('taken away or replaced: those who were told hear of it', async () => {
    const { give, take, pass } = await scene(EVENING, ALONE);
    await give('матан', '№5');
    expect(await pass(10)).toEqual(['19:01 101 evening: Матан №5', '19:01 102 homework: Матан №5']);
    await give('матан', '№6');
    expect(await pass(10)).toEqual(['19:11 101 late: Матан №6', '19:11 102 late: Матан №6']);
    await take('матан');
    expect(await pass(10)).toEqual(['19:21 101 late: Матан –', '19:21 102 late: Матан –']);
  });

  test('a digest that waits is said with what is so now, or not at all, and nothing besides', async () => {
    const { give, pass } = await scene(EVENING, ALONE);
    await give('матан', '№5');
    await pass(5, true);
    await give('матан', '№6');
    expect(await pass(10)).toEqual(['19:04 101 evening: Матан №6', '19:04 102 homework: Матан №6']);
    const other = await scene(EVENING, ALONE);
    await other.give('матан', '№5');
    await other.pass(5, true);
    await other.take('матан');
    expect(await other.pass(10)).toEqual(['19:04 101 evening: ']);
  });

  test('the other subgroup, quiet hours, and who wrote it', async () => {
    const { give, pass } = await scene(
      { ...ALONE, subgroup: '1' },
      { ...ALONE, subgroup: '2' },
      { ...ALONE, subgroup: '2', quiet: { from: '19:00', to: '19:30' } },
      { ...ALONE, subgroup: '2' },
    );
    await pass(10);
    expect(await give('англ', 'слова', { taste: { subgroup: '2', hidden: [] }, by: EDITOR, peer: ANYA + 3 })).toBe(2);
    expect(await pass(60)).toEqual(['19:11 102 late: Английский слова', '19:30 103 late: Английский слова']);
  });

  test('of a day nobody was told of yet: nothing but at its hour', async () => {
    const { give, pass } = await scene(ALONE);
    await pass(10);
    expect(await give('матан', '№5', { day: '2026-09-18' })).toBe(0);
    expect(await pass(30)).toEqual([]);
  });
});

test('before its hour nothing is said but at its hour', async () => {
  const { give, pass } = await scene(EVENING, ALONE);
  expect(await give('матан', '№5')).toBe(0);
  expect(await pass(60)).toEqual(['19:01 101 evening: Матан №5', '19:01 102 homework: Матан №5']);
});

describe('settings changed while it waits', () => {
  const LATE = '19:11 101 late: Матан №5';
  test.each<[string, readonly Partial<Peer>[], string[]]>([
    ['nothing of it', [{ leads: [15] }], [LATE]],
    ['homework not wanted', [{ homework: null }], []],
    ['not wanted, and wanted again', [{ homework: null }, { homework: '19:00' }], [LATE]],
    ['its subject hidden', [{ hidden: [{ by: 'subject', name: 'матан' }] }], []],
    ['another one hidden', [{ hidden: [{ by: 'subject', name: 'английский' }] }], [LATE]],
    ['quiet hours till half past seven', [{ quiet: { from: '19:00', to: '19:30' } }], ['19:30 101 late: Матан №5']],
  ])('%s', async (_, patches, expected) => {
    const { give, set, pass } = await scene(ALONE);
    await pass(10);
    await give('матан', '№5');
    for (const patch of patches) await set(patch);
    expect(await pass(40)).toEqual(expected);
  });
});

/** Messages wait while VK does not answer, and somebody changes the settings: what is not wanted any more never comes, what is wanted comes once. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Lesson } from '../../src/domain/lesson.ts';
import type { Hidden, Peer } from '../../src/domain/peer.ts';
import { choose, forget, setLeads, stop, wish } from '../../src/flows/follow.ts';
import { remind } from '../../src/flows/remind.ts';
import { tellDue } from '../../src/flows/tell.ts';
import { lesson } from '../support/make.ts';
import { briefs, group, listener, on, relesson, wall } from '../support/reminded.ts';
import { type Stage, stageAt } from '../support/world.ts';

const MINUTE = 60_000;
const ANYA = 101;
const BORIS = 102;
/** A Monday. */
const DAY = '2026-09-14';

const room = (name: string): Lesson['place'] => ({ room: name, link: '', format: 'onsite' });
const maths = lesson({ subject: 'Матан', subgroup: '1', times: on(DAY, '10:00–11:35') });
const physics = lesson({ subject: 'Физика', place: room('404'), times: on(DAY, '14:00–15:35') });
const history = lesson({ subject: 'История', times: on(DAY, '10:40–11:40') });
const later = lesson({ subject: 'Право', times: on('2026-09-17', '10:00–11:35') });

type Scene = {
  readonly stage: Stage;
  readonly id: number;
  /** Changes the settings of the first. */
  readonly set: (patch: Partial<Peer>) => Promise<unknown>;
  /** VK answers again: what comes to the first. */
  readonly heard: () => Promise<string[]>;
  /** Lets time pass, a tick a minute; what comes with its minute. */
  readonly pass: (minutes: number) => Promise<string[]>;
};

/** Two with equal wishes; it is `at`, the tick has looked. */
async function scene(at: string, wishes: Partial<Peer>, lessons: readonly Lesson[]): Promise<Scene> {
  const stage = await stageAt('2026-09-13', '12:00');
  const { world, clock } = stage;
  const id = await group(world, {
    lessons: [...lessons, later],
    peers: [listener(ANYA, wishes), listener(BORIS, wishes)],
  });
  await remind(world);
  clock.set(Date.parse(`${DAY}T${at}:00+03:00`));
  await remind(world);
  const ofAnya = (some: readonly string[]) => some.flatMap((one) => (one.startsWith('101 ') ? [one.slice(4)] : []));
  async function tick(): Promise<string[]> {
    await tellDue(world);
    await remind(world);
    return ofAnya(briefs(await stage.deliver()));
  }
  return {
    stage,
    id,
    set: (patch) => wish(world, ANYA, 'test', patch, ANYA),
    heard: tick,
    async pass(minutes) {
      const heard: string[] = [];
      for (let n = 0; n < minutes; n += 1) {
        clock.move(MINUTE);
        heard.push(...(await tick()).map((one) => `${wall(clock.now()).slice(6)} ${one}`));
      }
      return heard;
    },
  };
}

const WISHES: Partial<Peer> = { leads: [15], morning: '09:40', homework: null, changes: true };
const CHANGES = 'changes altered Физика 14:00';
const MORNING = `morning ${DAY}: Матан 10:00, Физика 14:00`;
const REMINDER = 'reminder Матан 10:00–11:35';

/** At 9:46 the day, a reminder and a change wait for both. */
async function threeWait(wishes: Partial<Peer> = WISHES): Promise<Scene> {
  const made = await scene('09:46', wishes, [maths, physics]);
  await relesson(made.stage.world, made.id, [maths, { ...physics, place: room('510') }, later]);
  return made;
}

const hide = (name: string): Partial<Peer> => ({ hidden: [{ by: 'subject', name } satisfies Hidden] });
const NO_LEADS: Partial<Peer> = { leads: [] };
const NO_CHANGES: Partial<Peer> = { changes: false };
const QUIET: Partial<Peer> = { quiet: { from: '09:00', to: '13:00' } };

describe('a day, a reminder and a change wait', () => {
  test.each<[string, Partial<Peer>, string[]]>([
    ['nothing', {}, [CHANGES, MORNING, REMINDER]],
    ['не напоминать', NO_LEADS, [CHANGES, MORNING]],
    ['напоминать за 15 и 5 минут', { leads: [15, 5] }, [CHANGES, MORNING, REMINDER]],
    ['напоминать за 60 минут', { leads: [60] }, [CHANGES, MORNING]],
    ['не присылать утром', { morning: null }, [CHANGES, REMINDER]],
    ['утром в 7:30', { morning: '07:30' }, [CHANGES, REMINDER]],
    ['не присылать изменения', NO_CHANGES, [MORNING, REMINDER]],
    ['изменения без аудиторий', { muted: ['room'] }, [MORNING, REMINDER]],
    ['скрыть матан', hide('матан'), [CHANGES, `morning ${DAY}: Физика 14:00`]],
    ['скрыть физику', hide('физика'), [`morning ${DAY}: Матан 10:00`, REMINDER]],
    ['подгруппа 1', { subgroup: '1' }, [CHANGES, MORNING, REMINDER]],
    ['подгруппа 2', { subgroup: '2' }, [CHANGES, `morning ${DAY}: Физика 14:00`]],
    // The lesson at ten begins before the quiet ends.
    ['тихо с 9 до 13', QUIET, [MORNING, REMINDER]],
  ])('%s', async (_, patch, expected) => {
    const { stage, set, heard } = await threeWait();
    await set(patch);
    expect(await heard()).toEqual(expected);
    expect(await heard()).toEqual([]);
    expect(stage.warnings).toEqual([]);
  });

  test.each<[string, (one: Scene) => Promise<unknown>, string[]]>([
    ['не напоминать', ({ stage }) => setLeads(stage.world, ANYA, [], ANYA), [CHANGES, MORNING]],
    ['стоп', ({ stage }) => stop(stage.world, ANYA, ANYA), []],
    ['удалить мои данные', ({ stage }) => forget(stage.world, ANYA, ANYA), []],
    ['the same timetable again', ({ stage, id }) => choose(stage.world, ANYA, id, ANYA), [CHANGES, MORNING, REMINDER]],
    [
      'another timetable',
      async ({ stage }) => choose(stage.world, ANYA, await group(stage.world, { lessons: [], peers: [] }), ANYA),
      [],
    ],
  ])('%s', async (_, act, expected) => {
    const made = await threeWait();
    await act(made);
    expect(await made.heard()).toEqual(expected);
  });

  test.each<[string, Partial<Peer>]>([
    ['не напоминать, напоминать за 15 минут', NO_LEADS],
    ['не присылать утром, утром в 9:40', { morning: null }],
    ['не присылать изменения, присылать', NO_CHANGES],
    ['скрыть матан, показать', hide('матан')],
    ['скрыть физику, показать', hide('физика')],
    ['подгруппа 2, все подгруппы', { subgroup: '2' }],
    ['тихо с 9 до 13, без тишины', QUIET],
  ])('%s: as if nothing had been said', async (_, patch) => {
    const { stage, set, heard } = await threeWait();
    for (let times = 0; times < 2; times += 1) {
      await set(patch);
      await tellDue(stage.world);
      await set({ ...WISHES, hidden: [], subgroup: '', quiet: null });
    }
    expect(await heard()).toEqual([CHANGES, MORNING, REMINDER]);
    // What was sent is not sent again by any switch.
    await set(patch);
    await set({ ...WISHES, hidden: [], subgroup: '', quiet: null });
    expect(await heard()).toEqual([]);
  });

  test('the other one, who waits for the same messages, gets them whatever the first one does', async () => {
    const { stage, set } = await threeWait();
    for (const patch of [NO_LEADS, hide('физика'), NO_CHANGES, WISHES, QUIET]) await set(patch);
    const toBoris = briefs(await stage.deliver()).filter((one) => one.startsWith('102 '));
    expect(toBoris).toEqual([CHANGES, MORNING, REMINDER].map((one) => `102 ${one}`));
  });

  test('whatever is switched in whatever order, what comes is what would have come to who always wished so', async () => {
    const choice = <T>(...values: T[]) => fc.constantFrom(...values);
    const patch = fc.oneof(
      choice<Partial<Peer>>(NO_LEADS, { leads: [15] }),
      choice<Partial<Peer>>({ morning: null }, { morning: '09:40' }),
      choice<Partial<Peer>>(NO_CHANGES, { changes: true }),
      choice<Partial<Peer>>({ hidden: [] }, hide('матан'), hide('физика')),
      choice<Partial<Peer>>({ subgroup: '' }, { subgroup: '1' }, { subgroup: '2' }),
      choice<Partial<Peer>>({ muted: [] }, { muted: ['room'] }),
      choice<Partial<Peer>>({ quiet: null }, QUIET),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(patch, fc.boolean()), { minLength: 1, maxLength: 6 }), async (patches) => {
        const { stage, set, heard } = await threeWait();
        const last = Object.assign({}, WISHES, ...patches.map(([one]) => one));
        for (const [one, ticks] of patches) {
          await set(one);
          if (ticks) await tellDue(stage.world);
        }
        const always = await threeWait(last);
        expect(await heard()).toEqual(await always.heard());
        await stage.world.store.close();
        await always.stage.world.store.close();
      }),
      { numRuns: 60 },
    );
  }, 120_000);
});

describe('a correction waits: the reminder was sent, the lesson is off, and changes are not heard of', () => {
  const FOLLOW_UP = 'follow-up cancelled История 10:40';
  async function correctionWaits(): Promise<Scene> {
    const made = await scene('09:46', { leads: [60] }, [history, physics]);
    expect(await made.heard()).toEqual(['reminder История 10:40–11:40']);
    await relesson(made.stage.world, made.id, [physics, later]);
    return made;
  }

  test.each<[string, Partial<Peer>, string[]]>([
    ['nothing', {}, [FOLLOW_UP]],
    ['не напоминать: what was said is put right all the same', NO_LEADS, [FOLLOW_UP]],
    ['изменения на 7 дней', { changes: true }, [FOLLOW_UP]],
    ['скрыть историю', hide('история'), []],
    ['скрыть физику', hide('физика'), [FOLLOW_UP]],
    ['подгруппа 2', { subgroup: '2' }, [FOLLOW_UP]],
    ['тихо с 9 до 10: it is worth something until then', { quiet: { from: '09:00', to: '10:00' } }, []],
    ['тихо с 9 до 13: the lesson was to begin before', QUIET, [FOLLOW_UP]],
  ])('%s', async (_, patch, expected) => {
    const { set, heard } = await correctionWaits();
    await set(patch);
    expect(await heard()).toEqual(expected);
    expect(await heard()).toEqual([]);
  });

  test('скрыть, показать; тихо, без тишины: it comes once', async () => {
    const { set, heard } = await correctionWaits();
    for (const patch of [hide('история'), { hidden: [] }, { quiet: { from: '09:00', to: '10:00' } }, { quiet: null }])
      await set(patch);
    expect(await heard()).toEqual([FOLLOW_UP]);
    for (const patch of [hide('история'), { hidden: [] }, { quiet: { from: '09:00', to: '10:00' } }, { quiet: null }])
      await set(patch);
    expect(await heard()).toEqual([]);
  });

  test('тихо с 9 до 10: it comes at ten', async () => {
    const { set, pass } = await correctionWaits();
    await set({ quiet: { from: '09:00', to: '10:00' } });
    expect(await pass(30)).toEqual([`10:00 ${FOLLOW_UP}`]);
  });
});

describe('quiet hours', () => {
  test('hold a reminder: «без тишины» says it now, and once', async () => {
    const wishes = { leads: [180], quiet: { from: '23:00', to: '08:00' } };
    const { set, heard, pass } = await scene('07:05', wishes, [maths]);
    expect(await heard()).toEqual([]);
    await set({ quiet: null });
    expect(await heard()).toEqual(['reminder Матан 10:00–11:35']);
    expect(await pass(90)).toEqual([]);
  });

  test('begin while a message waits: it comes when they end', async () => {
    const { set, heard, pass } = await threeWait();
    await set({ quiet: { from: '09:00', to: '09:55' } });
    expect(await heard()).toEqual([]);
    expect((await pass(20)).sort()).toEqual([CHANGES, MORNING, REMINDER].map((one) => `09:55 ${one}`));
  });
});

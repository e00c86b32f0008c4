/** «почему»: what was sent and why, what comes next, and why a lesson was not announced; in words, from the real flows. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { understand } from '../../src/chat/understand.ts';
import type { Peer } from '../../src/domain/peer.ts';
import { remind } from '../../src/flows/remind.ts';
import { accountOf } from '../../src/flows/why.ts';
import { deletePeer, expire, getPeer, noteRecent, savePeer } from '../../src/store/index.ts';
import { texts } from '../../src/text/index.ts';
import { lesson } from '../support/make.ts';
import { group, listener, on, relesson } from '../support/reminded.ts';
import { type Stage as Bare, stageAt } from '../support/world.ts';
import { openStage, type Stage } from './stage.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

describe('the words', () => {
  const all = { kind: 'why', missed: false, name: '', when: null };
  const missed = (name = '', when: object | null = null) => ({ kind: 'why', missed: true, name, when });
  test.each<[string, object]>([
    ['почему', all],
    ['Почему?', all],
    ['/почему', all],
    ['why', all],
    ['почему молчишь', all],
    ['почему ты молчишь?', all],
    ['почему пришло', all],
    ['почему мне это пришло?', all],
    ['зачем ты мне это прислал', all],
    ['что ты присылал', all],
    ['почему не было напоминания', missed()],
    ['почему не пришло напоминание?', missed()],
    ['а почему ты не напомнил о паре', missed()],
    ['почему не напомнил про матан', missed('матан')],
    ['Почему ты не напомнил мне про математический анализ?', missed('математический анализ')],
    ['почему не напомнил о 2 паре', missed('2')],
    ['почему не напомнил о второй паре', missed('2')],
    ['почему вчера не было напоминания', missed('', { kind: 'offset', days: -1 })],
    ['почему не напомнил вчера про физику', missed('физику', { kind: 'offset', days: -1 })],
    ['почему не предупредил про матан в пятницу', missed('матан', { kind: 'weekday', weekday: 5, next: 0 })],
    ['why no reminder about maths', missed('maths')],
    ["why didn't you remind me", missed()],
  ])('«%s»', (words, intent) => expect(understand(words)).toEqual(intent));

  test.each(['почему завтра нет пар', 'почему так рано', 'почему матан в 8', 'почемучка', 'ПИ-21 почему'])(
    '«%s» is another question',
    (words) => expect(understand(words).kind).not.toBe('why'),
  );
});

const ANYA = 101;
/** A Tuesday with four lessons; Anya is of the first subgroup and hides physical education. */
const DAY = '2026-11-24';
const LESSONS = [
  lesson({ subject: 'Матан', number: 1, times: on(DAY, '09:45–11:20') }),
  lesson({ subject: 'Физика', number: 2, subgroup: '2', times: on(DAY, '11:30–13:05') }),
  lesson({ subject: 'Физкультура', number: 3, times: on(DAY, '13:30–15:05') }),
  lesson({ subject: 'Право', number: 4, times: on(DAY, '15:15–16:50') }),
  lesson({ subject: 'История', number: 1, times: on('2026-11-25', '09:45–11:20') }),
];
const WISHES = {
  leads: [15],
  evening: '19:00',
  subgroup: '1',
  hidden: [{ by: 'subject', name: 'Физкультура' }],
  changes: true,
} as const;

describe('the answer', () => {
  let stage: Bare;
  let id: number;
  let tick: (minutes?: number) => Promise<void>;
  beforeEach(async () => {
    stage = await stageAt(DAY, '08:00');
    id = await group(stage.world, { lessons: LESSONS, peers: [listener(ANYA, WISHES)] });
    tick = async (minutes = 0) => {
      stage.clock.move(minutes * MINUTE);
      await remind(stage.world);
      await stage.deliver();
    };
    await tick();
  });
  afterEach(() => stage.world.store.close());

  async function anya() {
    const peer = await getPeer(stage.world.store.db, ANYA);
    if (peer === null) throw new Error('no Anya');
    return peer;
  }
  async function wish(wishes: Partial<Peer>): Promise<void> {
    const peer = { ...(await anya()), ...wishes };
    await stage.world.store.transaction((tx) => savePeer(tx, peer));
  }
  async function said(): Promise<string> {
    const account = await accountOf(stage.world, await anya());
    if (account === null) throw new Error('no timetable');
    return texts('ru').why(account).text;
  }

  test('before anything was sent', async () => {
    expect(await said()).toMatchInlineSnapshot(`
      "За последнее время ничего не присылал.

      Дальше пришлю:
      • 09:30 Матан в 09:45 — за 15 минут до пары
      • 15:00 Право в 15:15 — за 15 минут до пары
      • 19:00 пары на ср 25.11 — каждый вечер

      Сегодня не напоминаю:
      • 11:30 Физика — пара другой подгруппы
      • 13:30 Физкультура — скрыто в настройках"
    `);
  });

  test('a day later: sent in time, late, too late, taken back; the same in English', async () => {
    await tick(90);
    await tick(1);
    // The bot sleeps over the first minutes, then too long.
    await tick(5 * 60 + 34);
    await tick(1);
    stage.clock.move(3 * HOUR + 56 * MINUTE);
    await tick();
    await tick(1);
    expect(await said()).toMatchInlineSnapshot(`
      "Что присылал, последнее сверху:
      • 19:02 пары на ср 25.11 — каждый вечер, на 2 мин позже
      • 15:05 Право в 15:15 — за 15 минут до пары, на 5 мин позже
      • 09:31 Матан в 09:45 — за 15 минут до пары, на 1 мин позже

      Дальше пришлю:
      • завтра 09:30 История в 09:45 — за 15 минут до пары

      Сегодня не напоминаю:
      • 11:30 Физика — пара другой подгруппы
      • 13:30 Физкультура — скрыто в настройках"
    `);
    const account = await accountOf(stage.world, await anya());
    if (account !== null)
      expect(texts('en').why(account).text).toMatchInlineSnapshot(`
      "What I sent, the latest first:
      • 19:02 lessons of Wed 25.11 — every evening, 2 min late
      • 15:05 Право at 15:15 — 15 minutes before the lesson, 5 min late
      • 09:31 Матан at 09:45 — 15 minutes before the lesson, 1 min late

      What comes next:
      • tomorrow 09:30 История at 09:45 — 15 minutes before the lesson

      No reminder today:
      • 11:30 Физика — it is another subgroup’s
      • 13:30 Физкультура — hidden in the settings"
    `);
  });

  test('what was taken back says why: the lesson is off, or another one, or the wishes are', async () => {
    await wish({ quiet: { from: '09:00', to: '09:40' }, leads: [30] });
    await tick(76);
    const held = '• 09:40 Матан в 09:45 — за 30 минут до пары, после тихих часов';
    expect((await said()).split('Дальше')[1]).toContain(held);
    await stage.world.store.transaction((tx) => noteRecent(tx));
    await stage.world.store.transaction((tx) => noteRecent(tx));
    await relesson(
      stage.world,
      id,
      LESSONS.map((one) => (one.subject === 'Матан' ? { ...one, cancelled: true } : one)),
    );
    await stage.deliver();
    await tick(30);
    expect(await said()).toContain('• 09:40 Матан в 09:45 — не отправил: пару отменили');
    expect(await said()).toContain('• 09:45 Матан — пару отменили');
  });

  test('what was held back says so when it is sent', async () => {
    await wish({ quiet: { from: '09:00', to: '09:40' }, leads: [30] });
    await tick(76);
    await tick(25);
    expect((await said()).split('Дальше')[0]).toContain('Матан в 09:45 — за 30 минут до пары, после тихих часов');
  });

  test('what waits for the quiet to end is among what comes', async () => {
    await wish({ quiet: { from: '18:00', to: '21:00' }, leads: [] });
    await tick(11 * 60 + 1);
    expect(await said()).toContain('• 21:00 пары на ср 25.11 — каждый вечер, после тихих часов');
  });

  test('changes that wait for the quiet to end are among what comes, as they will be told', async () => {
    await wish({ quiet: { from: '07:30', to: '09:00' }, leads: [] });
    const off = (...subjects: string[]) =>
      LESSONS.map((one) => (subjects.includes(one.subject) ? { ...one, cancelled: true } : one));
    // Physics is another subgroup's.
    await relesson(stage.world, id, off('Матан', 'Право', 'Физика'));
    expect(await said()).toContain('Дальше пришлю:\n• 09:00 изменения (2) — расписание изменилось, после тихих часов');
    await tick(5);
    await relesson(stage.world, id, off('Право'));
    expect(await said()).toContain('• 09:00 изменения (1)');
    await relesson(stage.world, id, LESSONS);
    expect(await said()).not.toContain('изменения');
  });

  test('is the same when it was written down, and nothing is left of who is forgotten', async () => {
    await tick(106);
    const before = await said();
    for (let calls = 0; calls < 3; calls += 1) await stage.world.store.transaction((tx) => noteRecent(tx));
    expect(await said()).toBe(before);
    const peer = await anya();
    await stage.world.store.transaction((tx) => deletePeer(tx, ANYA));
    await expire(stage.world.store.db, stage.clock.now());
    await stage.world.store.transaction((tx) => savePeer(tx, peer));
    expect(await said()).toContain('За последнее время ничего не присылал.');
  });
});

describe('in a conversation', () => {
  let stage: Stage;
  beforeEach(async () => {
    stage = await openStage();
    await stage.timetable('ПИ-21');
    await stage.ask(11, 11, 'ПИ-21');
  });
  afterEach(() => stage.close());

  test('overview, and why a lesson is not announced; every reason leads to its setting', async () => {
    expect((await stage.ask(11, 11, 'почему')).text).toContain(
      '• завтра 09:15 Пара ПИ-21 в 09:45 — за 30 минут до первой пары дня',
    );
    await stage.ask(11, 11, 'к первой паре не напоминать');
    const off = await stage.ask(11, 11, 'почему не напомнил завтра про пару');
    expect(off.text).toContain('Не напоминал: напоминания перед парами выключены.');
    expect((await stage.press(11, 11, 'Напоминать за 15 минут')).text).toContain('за 15 минут до каждой пары');
    expect((await stage.ask(11, 11, 'почему нет напоминания в пятницу')).text).toContain('пришлю завтра 09:30');
    await stage.ask(11, 11, 'скрыть предмет пара пи-21');
    expect((await stage.ask(11, 11, 'почему не было напоминания')).text).toContain('скрыто в настройках');
    expect((await stage.press(11, 11, 'Скрытое')).text).toContain('Пара ПИ-21');
    expect((await stage.ask(11, 11, 'почему не напомнил про химию')).text).toContain('«химию» в эти дни не вижу');
    expect((await stage.press(11, 11, 'Что присылал')).text).toContain('ничего не присылал');
  });

  test('a chat is told of its own notices; who has no group is asked for it', async () => {
    const CHAT = 2_000_000_005;
    expect((await stage.ask(12, 12, 'почему')).text).toContain('Какая группа?');
    await stage.say(11, CHAT, '', { event: 'invited' });
    await stage.ask(11, CHAT, 'ПИ-21');
    expect((await stage.ask(12, CHAT, 'почему молчишь')).text).toContain('• 19:00 пары на пт 20.11 — каждый вечер');
  });
});

/** A calendar's address in a conversation: the good reading and every honest refusal. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { understand } from '../../src/chat/understand.ts';
import { SourceError } from '../../src/source/contract.ts';
import type { Reading } from '../../src/source/read.ts';
import { texts } from '../../src/text/index.ts';
import { lesson } from '../support/make.ts';
import { checkMessage, openStage, type Stage } from './stage.ts';

const ANYA = 11;
let stage: Stage;

beforeEach(async () => {
  stage = await openStage();
});
afterEach(() => stage.close());

describe('a calendar', () => {
  const problems = [
    ['changed', 'html', /страница сайта/],
    ['changed', 'empty', /пустым/],
    ['changed', 'cut', /обрезанным/],
    ['unreachable', 'timeout', /вовремя/],
    ['unreachable', 'http-503', /не отвечает/],
    ['refused', 'private-address', /внутреннюю сеть/],
    ['unknown-param', 'http-404', /ничего нет/],
    ['blocked', 'http-403', /не пускает/],
    ['too-big', 'rule', /повторение/],
    ['too-big', 'body', /5 МБ/],
    ['too-big', 'rows', /слишком много строк/],
    ['changed', 'not-a-table', /названия столбцов/],
    ['changed', 'quotes', /кавычки/],
    ['unknown-param', 'group', /какая группа нужна/],
    ['not-published', '', /не опубликовано/],
  ] as const;

  test.each(problems)('%s %s is said honestly', async (kind, detail, words) => {
    await stage.close();
    stage = await openStage(async () => {
      throw new SourceError(kind, detail, 'a test', [
        'https://x.example/real.ics',
        `https://x.example/${'long'.repeat(60)}.ics`,
      ]);
    });
    const answer = await stage.ask(ANYA, ANYA, 'https://x.example/a');
    expect(answer.text).toMatch(words);
    expect(answer.buttons?.flat()).toHaveLength(1);
    expect((await stage.peer(ANYA)).timetableId).toBeNull();
  });

  test('its name, how many lessons, the nearest day, and a reminder is offered', async () => {
    await stage.close();
    const times = {
      on: 'day',
      day: '2026-11-20',
      start: '10:00',
      endDay: '2026-11-20',
      end: '11:35',
      allDay: false,
    } as const;
    const reading = {
      status: 'read' as const,
      host: 'x.example',
      requests: 1,
      name: 'ИВТ-11',
      zone: 'Europe/Moscow',
      term: null,
      covers: null,
      lessons: [lesson({ subject: 'Право', times })],
      prints: [],
      skipped: [],
      etag: '',
      lastModified: '',
      fingerprint: 'one',
      pages: [],
    } satisfies Reading;
    stage = await openStage(async () => reading);
    const added = await stage.ask(ANYA, ANYA, 'вот https://x.example/a.ics');
    expect(added.text).toMatch(/«ИВТ-11»: 1 занятие[\s\S]*10:00–11:35 {2}Право/);
    await stage.press(ANYA, ANYA, 'Напоминать за 5 минут');
    expect(await stage.peer(ANYA)).toMatchObject({ leads: [5] });
    expect((await stage.ask(ANYA, ANYA, 'обновить')).text).toMatch(/ничего не изменилось/);
    expect((await stage.ask(ANYA, ANYA, 'обновить')).text).toMatch(/через \d+ секунд/);
  });
});

describe('a held calendar', () => {
  const day = (date: number) => `2026-11-${date}`;
  const times = (date: number) =>
    ({ on: 'day', day: day(date), start: '10:00', endDay: day(date), end: '11:35', allDay: false }) as const;
  const BORIS = 12;
  const CHAT = 2_000_000_001;
  let empty = false;

  beforeEach(async () => {
    await stage.close();
    empty = false;
    stage = await openStage(async (_source, ask) => ({
      status: 'read',
      host: 'x.example',
      requests: 1,
      name: ask.url?.includes('other') === true ? 'ЭК-11' : 'ИВТ-11',
      zone: 'Europe/Moscow',
      term: null,
      covers: null,
      lessons: empty ? [] : [20, 21, 23].map((date) => lesson({ subject: 'Право', times: times(date) })),
      prints: [],
      skipped: [],
      etag: '',
      lastModified: '',
      fingerprint: empty ? 'none' : 'one',
      pages: [],
    }));
    await stage.ask(ANYA, ANYA, 'https://x.example/a.ics');
  });

  test('«принять» by its owner takes what the site says', async () => {
    expect((await stage.ask(ANYA, ANYA, 'принять')).text).toMatch(/Принимать нечего/);
    empty = true;
    expect((await stage.ask(ANYA, ANYA, 'обновить')).text).toMatch(/странное.*«принять»/);
    expect((await stage.ask(ANYA, ANYA, 'завтра')).text).toContain('Право');
    expect((await stage.ask(ANYA, ANYA, 'принять ИВТ-11')).text).toMatch(/Принял: «ИВТ-11»/);
    expect((await stage.ask(ANYA, ANYA, 'завтра')).text).not.toContain('Право');
    expect((await stage.ask(ANYA, ANYA, 'принять')).text).toMatch(/Принимать нечего/);
  });

  test('bare «принять» finds the held one also when another is followed', async () => {
    empty = true;
    await stage.ask(ANYA, ANYA, 'обновить');
    empty = false;
    await stage.ask(ANYA, ANYA, 'https://x.example/other.ics');
    empty = true;
    expect((await stage.ask(ANYA, ANYA, 'принять')).text).toMatch(/Принял: «ИВТ-11»/);
  });

  test('somebody else may not, even in a chat that follows it', async () => {
    await stage.ask(ANYA, CHAT, '', { event: 'invited' });
    await stage.ask(ANYA, CHAT, 'https://x.example/a.ics');
    empty = true;
    await stage.ask(ANYA, ANYA, 'обновить');
    expect((await stage.ask(BORIS, CHAT, 'принять')).text).toMatch(/тот, кто добавил/);
    expect((await stage.ask(ANYA, ANYA, 'завтра')).text).toContain('Право');
    expect((await stage.ask(ANYA, CHAT, 'принять')).text).toMatch(/Принял/);
  });

  test.each([
    ['ИВТ-11', 'ИВТ-11'],
    ['305', ''],
    ['очень длинное имя '.repeat(10), ''],
  ])('the button of the notice about «%s» accepts that one', (title, name) => {
    for (const language of ['ru', 'en'] as const) {
      const held = { kind: 'held', title, reason: 'empty', zone: 'Europe/Moscow', language } as const;
      const message = texts(language).say(held, 0);
      checkMessage(message, false);
      const [button] = message.buttons?.flat() ?? [];
      expect(button !== undefined && 'say' in button ? understand(button.say) : null).toEqual({ kind: 'accept', name });
    }
  });
});

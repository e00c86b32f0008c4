/** A calendar's address in a conversation: the good reading and every honest refusal. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { SourceError } from '../../src/source/contract.ts';
import type { Reading } from '../../src/source/read.ts';
import { lesson } from '../support/make.ts';
import { openStage, type Stage } from './stage.ts';

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
      name: 'ИВТ-11',
      zone: 'Europe/Moscow',
      term: null,
      covers: null,
      lessons: [lesson({ subject: 'Право', times })],
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

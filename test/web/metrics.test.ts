/** `/metrics`: who may look, that Prometheus can read it, and that the figures are what happened. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { entryOf, type Saying } from '../../src/domain/notice.ts';
import { enqueue } from '../../src/store/index.ts';
import { openWeb } from '../../src/web/index.ts';
import { openStory, type Story } from '../support/story.ts';

const OPERATOR = 500;
const SECOND = 1000;
const HOUR = 3_600_000;
let story: Story;
let anya: number;
let boris: number;

beforeEach(async () => {
  story = await openStory({ at: ['2026-09-14', '09:00'], operators: [OPERATOR] });
  story.vk.addPerson({ firstName: 'Оля', id: OPERATOR });
  anya = story.vk.addPerson({ firstName: 'Аня' });
  boris = story.vk.addPerson({ firstName: 'Борис' });
  for (const person of [OPERATOR, anya, boris]) await story.ask(person, person, 'Начать');
});
afterEach(() => story.close());

const saying = { kind: 'held', reason: 'empty', title: 'ПИ-21', zone: 'Europe/Moscow', language: 'ru' } as Saying;

async function queue(peers: readonly number[], due: number): Promise<void> {
  const entry = entryOf({ saying, peers, due, deadline: due + HOUR });
  await story.app.world.store.transaction((tx) => enqueue(tx, [entry], story.clock.now()));
}

/** Each sample by its name and labels. Every line must be of Prometheus' text format 0.0.4. */
async function samples(): Promise<Map<string, number>> {
  const page = await (await fetch(`${story.app.address}/metrics`)).text();
  const found = new Map<string, number>();
  for (const line of page.trimEnd().split('\n')) {
    if (line === '' || /^# (HELP|TYPE) [a-z_:][a-z0-9_:]* ./i.test(line)) continue;
    const [, name, labels = '', value] =
      /^([a-z_:][a-z0-9_:]*)(\{(?:[a-z_]\w*="(?:[^"\\\n]|\\.)*",?)*\})? (\S+)$/i.exec(line) ?? [];
    if (name === undefined) throw new Error(`not a sample: ${line}`);
    found.set(`${name}${labels}`, Number(value?.replace('+Inf', 'Infinity')));
  }
  return found;
}

test('what was sent, was refused and waits is counted, and «состояние» says the same in words', async () => {
  const before = await samples();
  // Nothing waits, so nothing is about to be too late: 0 would alarm somebody.
  expect(before.get('zvonok_queue_slack_seconds')).toBeUndefined();
  story.vk.deny(boris);
  await queue([anya, boris], story.clock.now() - 4 * SECOND);
  await queue([anya], story.clock.now() + 10 * 60 * SECOND);
  await story.tick();
  const now = await samples();
  expect(now.get('zvonok_sent_peers_total')).toBe(1);
  expect(now.get('zvonok_late_seconds{window="day",quantile="0.99"}')).toBe(4);
  expect(now.get('zvonok_window_sent_peers{window="week"}')).toBe(1);
  expect(now.get('zvonok_asleep_peers')).toBe(1);
  expect(now.get('zvonok_queue_batches{state="waiting"}')).toBe(1);
  expect(now.get('zvonok_queue_batches{state="due"}')).toBe(0);
  expect(now.get('zvonok_queue_slack_seconds')).toBe(70 * 60);
  expect(now.get('zvonok_vk_refused_peers_total{class="gone"}')).toBe(1);
  expect(now.get('zvonok_halted')).toBe(0);
  const sends = 'zvonok_vk_calls_total{method="messages.send",answer="ok"}';
  expect((now.get(sends) ?? 0) - (before.get(sends) ?? 0)).toBe(1);
  expect(now.get('zvonok_vk_calls_per_second')).toBeGreaterThan(0);
  expect(now.get('nodejs_eventloop_lag_p99_seconds')).toBeDefined();

  const { text } = await story.ask(OPERATOR, OPERATOR, 'состояние');
  expect(text.split('\n')).toEqual([
    'За неделю отправлено 1: половина за 4 с, 95 % за 4 с, 99 % за 4 с.',
    'За сутки отправлено 1: половина за 4 с, 95 % за 4 с, 99 % за 4 с.',
    'В очереди пачек: 1, из них пора: 0, в пути: 0. До ближайшего срока 1 ч.',
    'Ничего не опоздало.',
    'Нельзя написать, пока не напишут сами: 1.',
    expect.stringMatching(/^Расписаний из источников \d+: не читается 0, придержано 0\.$/),
    expect.stringMatching(/^Вызовов VK в секунду за минуту: 0,\d \(предел 20\)\. Отказы с запуска: писать нельзя 1\.$/),
  ]);
});

test('a token that VK refuses halts the sending, and both say so', async () => {
  story.vk.faults.add({ kind: 'error', method: 'messages.send', code: 5, times: 1 });
  await queue([anya], story.clock.now());
  await story.tick();
  const now = await samples();
  expect(now.get('zvonok_halted')).toBe(1);
  expect(now.get('zvonok_vk_calls_total{method="messages.send",answer="halt"}')).toBe(1);
  const { text } = await story.ask(OPERATOR, OPERATOR, 'состояние');
  expect(text).toMatch(/^⚠️ Отправка стоит, VK отвечает: 5 /);
  story.clock.move(61 * SECOND);
  await story.tick();
  expect((await samples()).get('zvonok_halted')).toBe(0);
  // Anya, and the operator, who hears that it is over.
  expect((await samples()).get('zvonok_sent_peers_total')).toBe(2);
});

test('two who look at once see the same, not the sum', async () => {
  await queue([anya, boris], story.clock.now());
  await story.tick();
  const both = await Promise.all([samples(), samples()]);
  expect(both.map((one) => one.get('zvonok_sent_peers_total'))).toEqual([2, 2]);
});

test('nobody from outside sees the figures without the token', async () => {
  const status = async (address: string, headers: Record<string, string>) =>
    (await fetch(`${address}/metrics`, { headers })).status;
  expect(await status(story.app.address, {})).toBe(200);
  // A reverse proxy on this machine hands on a stranger's question.
  expect(await status(story.app.address, { 'x-forwarded-for': '203.0.113.9' })).toBe(403);
  const web = await openWeb({
    host: '127.0.0.1',
    port: 0,
    metricsToken: 'a token of sixteen',
    downloads: [],
    health: async () => ({ ok: true }),
    facts: () => Promise.reject(new Error('not asked in this test')),
  });
  try {
    expect(await status(web.address, {})).toBe(403);
    expect(await status(web.address, { authorization: 'Bearer another' })).toBe(403);
    // Let in: the facts are asked for.
    expect(await status(web.address, { authorization: 'Bearer a token of sixteen' })).toBe(500);
  } finally {
    await web.close();
  }
});

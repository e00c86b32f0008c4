/** Every class of refusal that VK's pages name for `messages.send` does what its table prescribes. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { callRuleOf, type Rule, ruleOf, SEND_ERRORS } from '../../src/vk/errors.ts';
import type { Outcome } from '../../src/vk/index.ts';
import { addChat, addPerson, newDesk, SAYING } from './desk.ts';

const TABLE = join(import.meta.dirname, '../../../shared/data/vk/send-errors.json');
const NOW = 1_795_300_000_000;
const HOUR = 3_600_000;
/** A quantity limit stops everything too. */
const TOO_MANY = 29;

type Row = { readonly code: number; readonly action: string; readonly name: string };
const rows: Row[] = existsSync(TABLE) ? JSON.parse(readFileSync(TABLE, 'utf8')) : [];

/** What the table calls an action, and what of ours that is. */
const OURS: Readonly<Record<string, readonly string[]>> = {
  retry: ['retry'],
  slow: ['slow'],
  'pause-method': ['slow'],
  'delay-peer': ['slow'],
  'disable-peer': ['gone'],
  'delay-until-user-writes': ['until-writes'],
  'halt-chats': ['chats-off'],
  halt: ['halt'],
  'halt-soft': ['halt'],
  split: ['split'],
  bug: ['bug'],
  drop: ['bug'],
  degrade: ['bug'],
};

test.skipIf(rows.length === 0)(
  'the table is known whole (skipped where ../shared/data/vk/send-errors.json is missing)',
  () => {
    expect(rows.map(({ code }) => code).filter((code) => !SEND_ERRORS.has(code))).toEqual([]);
    const wrong = rows.filter(({ code, action }) => !OURS[action]?.includes(ruleOf(code).kind));
    expect(wrong).toEqual([]);
  },
);

/** Where a peer ends whose refusal is of this kind. */
const END: Readonly<Record<Rule['kind'], 'later' | 'gone' | 'dead'>> = {
  ...{ retry: 'later', slow: 'later', halt: 'later', 'chats-off': 'later' },
  ...{ gone: 'gone', 'until-writes': 'gone', bug: 'dead', split: 'dead' },
};

function endsOf(outcome: Outcome | undefined): object {
  return {
    later: outcome?.later.flatMap(({ peers }) => peers),
    gone: outcome?.gone.map(({ peer }) => peer),
    dead: outcome?.dead.map(({ peer }) => peer),
  };
}

test.each([...SEND_ERRORS.keys()].filter((code) => code > 0))(
  '%s of one peer among three: the others have it',
  async (code) => {
    const desk = await newDesk({ listen: false, render: () => ({ text: 'завтра' }) });
    const [anya, boris] = [addPerson(desk.sandbox), addPerson(desk.sandbox, 'Борис')];
    const chat = addChat(desk.sandbox, anya);
    desk.sandbox.faults.add({ kind: 'error', method: 'messages.send', peer: chat, code });
    const [outcome] = await desk.vk.post([{ id: 5, saying: SAYING, randomId: 77, peers: [anya, chat, boris] }]);
    expect(outcome?.sent).toEqual([anya, boris]);
    const rule = ruleOf(code);
    expect(endsOf(outcome)).toEqual({ later: [], gone: [], dead: [], [END[rule.kind]]: [chat] });
    expect(outcome?.halt !== undefined).toBe(rule.kind === 'halt' || code === TOO_MANY);
    if (code === 9) expect(outcome?.later[0]?.at).toBe(NOW + HOUR);
  },
);

test.each([...SEND_ERRORS.keys()].filter((code) => code > 0))(
  '%s of a whole call, whoever is asked for: nobody has it, and each ends as the class says',
  async (code) => {
    const desk = await newDesk({ listen: false, render: () => ({ text: 'завтра' }) });
    const people = [addPerson(desk.sandbox), addPerson(desk.sandbox, 'Борис')];
    desk.sandbox.faults.add({ kind: 'error', method: 'messages.send', code });
    const [outcome] = await desk.vk.post([{ id: 5, saying: SAYING, randomId: 77, peers: people }]);
    const { kind } = callRuleOf(code);
    expect(outcome?.sent).toEqual([]);
    expect(endsOf(outcome)).toEqual({ later: [], gone: [], dead: [], [END[kind]]: people });
    expect(outcome?.halt !== undefined).toBe(kind === 'halt' || code === TOO_MANY);
  },
);

test('6 of a whole call: the same is for a second later, and nothing of the fan-out leaves before', async () => {
  const desk = await newDesk({ listen: false, render: () => ({ text: 'завтра' }) });
  const person = addPerson(desk.sandbox);
  const post = () => desk.vk.post([{ id: 5, saying: SAYING, randomId: 77, peers: [person] }]);
  desk.sandbox.faults.add({ kind: 'error', method: 'messages.send', code: 6, times: 1 });
  expect((await post())[0]?.later).toEqual([{ peers: [person], at: NOW + 1000, untouched: true }]);
  const refused = performance.now();
  expect((await post())[0]?.sent).toEqual([person]);
  expect(performance.now() - refused).toBeGreaterThan(900);
  expect(desk.sandbox.messages(person)).toHaveLength(1);
});

test('«no permission» for a whole call is the token, not the peers', () => {
  expect([7, 15].map((code) => [ruleOf(code).kind, callRuleOf(code).kind])).toEqual([
    ['gone', 'halt'],
    ['gone', 'halt'],
  ]);
});

describe.each([7, 15])('%s of a whole call inside an execute', (code) => {
  async function posted(sizes: readonly number[], strikes: number) {
    const desk = await newDesk({ listen: false, render: () => ({ text: 'завтра' }) });
    const some = sizes.map((size) => Array.from({ length: size }, (_, n) => addPerson(desk.sandbox, `Человек ${n}`)));
    // No peer is named, so it strikes whole calls: the first of those inside.
    desk.sandbox.faults.add({ kind: 'error', method: 'messages.send', code, times: strikes });
    const outcomes = await desk.vk.post(some.map((peers, id) => ({ id, saying: SAYING, randomId: id + 1, peers })));
    return { desk, some, outcomes };
  }

  test('its neighbours arrived, so the token lives: it is about that peer, and nothing stops', async () => {
    const { some, outcomes } = await posted([1, 1, 1], 1);
    expect(outcomes.map(endsOf)).toEqual([
      { later: [], gone: some[0], dead: [] },
      { later: [], gone: [], dead: [] },
      { later: [], gone: [], dead: [] },
    ]);
    expect(outcomes.map(({ sent, halt }) => [sent.length, halt])).toEqual([
      [0, undefined],
      [1, undefined],
      [1, undefined],
    ]);
  });

  test('of several peers the one it is about is looked for, and nobody else loses anything', async () => {
    const { desk, some, outcomes } = await posted([4, 1], 1);
    expect(outcomes.map(({ sent, gone, halt }) => [sent, gone, halt])).toEqual([
      [some[0], [], undefined],
      [some[1], [], undefined],
    ]);
    for (const peer of some.flat()) expect(desk.sandbox.messages(peer)).toHaveLength(1);
  });

  test('no neighbour arrived: it is the token, and nobody is put to sleep', async () => {
    const { some, outcomes } = await posted([1, 2], 9);
    expect(outcomes.map(endsOf)).toEqual(some.map((peers) => ({ later: peers, gone: [], dead: [] })));
    for (const { halt } of outcomes) expect(halt).toBeDefined();
  });

  test('each of several peers by itself, while neighbours arrive: they, and not the token', async () => {
    const desk = await newDesk({ listen: false, render: () => ({ text: 'завтра' }) });
    const [anya, boris, vera] = [1, 2, 3].map((n) => addPerson(desk.sandbox, `Человек ${n}`)) as [
      number,
      number,
      number,
    ];
    for (const peer of [anya, boris]) desk.sandbox.faults.add({ kind: 'error', method: 'messages.send', peer, code });
    const outcomes = await desk.vk.post([
      { id: 1, saying: SAYING, randomId: 1, peers: [anya, boris] },
      { id: 2, saying: SAYING, randomId: 2, peers: [vera] },
    ]);
    expect(outcomes.map(endsOf)).toEqual([
      { later: [], gone: [anya, boris], dead: [] },
      { later: [], gone: [], dead: [] },
    ]);
    expect(outcomes.map(({ halt }) => halt)).toEqual([undefined, undefined]);
  });
});

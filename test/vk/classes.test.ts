/** Every class of refusal that VK's pages name for `messages.send` does what its table prescribes. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { callRuleOf, ruleOf, SEND_ERRORS } from '../../src/vk/errors.ts';
import { addChat, addPerson, newDesk, SAYING } from './desk.ts';

const TABLE = join(import.meta.dirname, '../../../shared/data/vk/send-errors.json');
const NOW = 1_795_300_000_000;
const HOUR = 3_600_000;

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
    const ends = {
      later: outcome?.later.flatMap(({ peers }) => peers) ?? [],
      gone: outcome?.gone.map(({ peer }) => peer) ?? [],
      dead: outcome?.dead.map(({ peer }) => peer) ?? [],
    };
    const end = ['gone', 'until-writes'].includes(rule.kind)
      ? 'gone'
      : ['bug', 'split'].includes(rule.kind)
        ? 'dead'
        : 'later';
    expect(ends).toEqual({ later: [], gone: [], dead: [], [end]: [chat] });
    expect(outcome?.halt !== undefined).toBe(rule.kind === 'halt');
    if (code === 9) expect(outcome?.later[0]?.at).toBe(NOW + HOUR);
  },
);

test('«no permission» for a whole call is the token, not the peers', () => {
  expect([7, 15].map((code) => [ruleOf(code).kind, callRuleOf(code).kind])).toEqual([
    ['gone', 'halt'],
    ['gone', 'halt'],
  ]);
});

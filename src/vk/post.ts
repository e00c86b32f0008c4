/** Sayings to many peers: each put into words once, sent by a hundred, and an outcome for every peer. */
import type { Instant } from '../domain/calendar.ts';
import { peerKind } from '../domain/peer.ts';
import type { Refused } from './call.ts';
import { callRuleOf, type Rule, ruleOf } from './errors.ts';
import { inlineKeyboard } from './keyboard.ts';
import type { Pack } from './pack.ts';
import { partsOf } from './parts.ts';
import type { Log, Outcome, PostBatch, VkOptions } from './ports.ts';
import { randomIdOf } from './random-id.ts';
import { type Letter, type PeerAnswer, send } from './send.ts';

export type Post = (batches: readonly PostBatch[]) => Promise<Outcome[]>;

/** `messages.send`: at most 100 peer_ids. */
const PEERS = 100;
const LOST_MS = 1000;
const HALT_MS = 60_000;
const LONGEST_RETRY_MS = 60_000;
const KEYBOARD_INVALID = 911;
/** Refusals of a whole call that are about one of its peers, or its size: the halves are tried alone. */
const DIVISIBLE = new Set([9, 13, 100]);

type Ledger = Omit<Outcome, 'halt'> & { halt?: string };

/**
 * Inline buttons are callback buttons here: a batch has many readers and VK does not tell what their clients know. The
 * keyboard of a DM's input field is not sent: the peers of a batch may be chats as well.
 */
export function createPost(pack: Pack, render: VkOptions['render'], now: () => Instant, log: Log): Post {
  /** VK's quantity limit (29) is on until then. */
  let quietUntil: Instant = 0;

  /** A saying that breaks is our own bug: it must not hold up the others, nor be tried for ever. */
  async function one(batch: PostBatch): Promise<Outcome> {
    try {
      const letters = written(batch);
      const hundreds = Array.from({ length: Math.ceil(batch.peers.length / PEERS) }, (_, i) =>
        batch.peers.slice(i * PEERS, (i + 1) * PEERS),
      );
      return merged(batch.id, await Promise.all(hundreds.map((peers) => whole(batch.id, peers, letters))));
    } catch (error) {
      log.error({ batch: batch.id, err: error }, 'a saying could not be sent');
      return { ...newLedger(batch.id), dead: batch.peers.map((peer) => ({ peer, why: 'broken' })) };
    }
  }

  /** The saying in words: one message, or several where it is too long for one. */
  function written(batch: PostBatch): Letter[] {
    const { text, buttons } = render(batch.saying, now());
    const keyboard = buttons === undefined ? null : inlineKeyboard(buttons, true);
    for (const why of keyboard?.dropped ?? []) log.warn({ batch: batch.id, why }, 'a keyboard did not fit and was cut');
    return partsOf(text).map((part, index, parts) => ({
      text: part,
      keyboard: index === parts.length - 1 ? keyboard?.json : undefined,
      randomId: index === 0 ? batch.randomId : randomIdOf(`${batch.randomId}:${index}`),
    }));
  }

  /** All parts, each to those who have the part before it. A retry repeats all; VK drops what it has by `random_id`. */
  async function whole(id: number, peers: readonly number[], letters: readonly Letter[]): Promise<Ledger> {
    const ledger = newLedger(id);
    if (quietUntil > now()) {
      later(ledger, peers, quietUntil);
      return ledger;
    }
    let reached = peers;
    for (const letter of letters) if (reached.length > 0) reached = await deliver(ledger, reached, letter);
    ledger.sent.push(...reached);
    return ledger;
  }

  /** Those who have it now; all others are in the ledger. */
  async function deliver(ledger: Ledger, peers: readonly number[], letter: Letter): Promise<number[]> {
    const sent = await send(pack.send, peers, letter);
    if (!sent.ok) return refused(ledger, peers, letter, sent);
    const everyone = deniedToAll(peers, sent.of);
    if (everyone !== null) return refused(ledger, peers, letter, everyone);
    const reached: number[] = [];
    const plain: number[] = [];
    for (const peer of peers) {
      const answer = sent.of(peer);
      if (answer.kind === 'sent') reached.push(peer);
      else if (answer.kind === 'lost') later(ledger, [peer], now() + LOST_MS);
      else if (answer.code === KEYBOARD_INVALID && letter.keyboard !== undefined) plain.push(peer);
      else settle(ledger, [peer], ruleOf(answer.code), answer.code, answer.text);
    }
    if (plain.length > 0) reached.push(...(await withoutKeyboard(ledger, plain, letter)));
    return reached;
  }

  async function refused(ledger: Ledger, peers: readonly number[], letter: Letter, why: Refused): Promise<number[]> {
    if (why.code === KEYBOARD_INVALID && letter.keyboard !== undefined) return withoutKeyboard(ledger, peers, letter);
    const rule = callRuleOf(why.code);
    const divisible = DIVISIBLE.has(why.code) || rule.kind === 'gone' || rule.kind === 'until-writes';
    if (divisible && peers.length > 1) {
      const half = Math.ceil(peers.length / 2);
      const left = await deliver(ledger, peers.slice(0, half), letter);
      return [...left, ...(await deliver(ledger, peers.slice(half), letter))];
    }
    // VK counts quantities for the method, so nobody else needs to try either.
    if (why.code === 29) quietUntil = now() + rule.waitMs;
    settle(ledger, peers, rule, why.code, why.text);
    return [];
  }

  async function withoutKeyboard(ledger: Ledger, peers: readonly number[], letter: Letter): Promise<number[]> {
    log.error({ batch: ledger.id }, 'VK refused a keyboard; the words go without it');
    return deliver(ledger, peers, { ...letter, keyboard: undefined });
  }

  function settle(ledger: Ledger, peers: readonly number[], rule: Rule, code: number, text: string): void {
    const why = `${code} ${rule.word}`;
    const facts = { batch: ledger.id, peers: peers.length, code, why: text || rule.word };
    switch (rule.kind) {
      case 'slow':
        later(ledger, peers, now() + rule.waitMs);
        return;
      case 'retry':
        later(ledger, peers, now() + Math.min(rule.waitMs * 2 ** Math.max(0, pack.troubles() - 1), LONGEST_RETRY_MS));
        return;
      case 'halt':
        ledger.halt = `${code} ${text || rule.word}`;
        later(ledger, peers, now() + HALT_MS);
        return;
      case 'chats-off':
        log.error(facts, 'group chats are closed: switch on «Возможности ботов» in the community’s messages settings');
        for (const peer of peers) later(ledger, [peer], now() + (peerKind(peer) === 'chat' ? rule.waitMs : LOST_MS));
        return;
      case 'gone':
      case 'until-writes':
        ledger.gone.push(...peers.map((peer) => ({ peer, why })));
        return;
      case 'bug':
      case 'split':
        log.error(facts, 'VK will never take this message');
        ledger.dead.push(...peers.map((peer) => ({ peer, why })));
    }
  }

  return async (batches) => {
    const outcomes = await Promise.all(batches.map(one));
    const halt = outcomes.find((outcome) => outcome.halt !== undefined)?.halt;
    if (halt !== undefined) log.error({ why: halt }, 'VK refuses everything; sending stops for a while');
    return outcomes;
  };
}

function newLedger(id: number): Ledger {
  return { id, sent: [], later: [], gone: [], dead: [] };
}

function merged(id: number, ledgers: readonly Ledger[]): Outcome {
  const whole = newLedger(id);
  for (const { sent, later: postponed, gone, dead, halt } of ledgers) {
    whole.sent.push(...sent);
    for (const { peers, at } of postponed) later(whole, peers, at);
    whole.gone.push(...gone);
    whole.dead.push(...dead);
    if (halt !== undefined) whole.halt ??= halt;
  }
  return whole;
}

function later(ledger: Ledger, peers: readonly number[], at: Instant): void {
  const same = ledger.later.find((group) => group.at === at);
  if (same === undefined) ledger.later.push({ peers: [...peers], at });
  else same.peers.push(...peers);
}

/** «No permission» for each of several peers is not about them: the token lacks the right, and nobody must be put to sleep for it. */
function deniedToAll(peers: readonly number[], of: (peer: number) => PeerAnswer): Refused | null {
  const first = peers[0] === undefined ? null : of(peers[0]);
  if (peers.length < 2 || first?.kind !== 'refused' || ![7, 15].includes(first.code)) return null;
  const all = peers.every((peer) => {
    const answer = of(peer);
    return answer.kind === 'refused' && answer.code === first.code;
  });
  return all ? { ok: false, code: first.code, text: first.text } : null;
}

/** Sayings to many peers: each put into words once, sent by a hundred, and an outcome for every peer. */
import type { Instant } from '../domain/calendar.ts';
import { peerKind } from '../domain/peer.ts';
import { callRuleOf, ruleOf } from './errors.ts';
import { inlineKeyboard } from './keyboard.ts';
import type { Pack } from './pack.ts';
import { partsOf } from './parts.ts';
import type { Log, Outcome, PostBatch, VkOptions } from './ports.ts';
import { randomIdOf } from './random-id.ts';
import type { Letter, PeerAnswer } from './send.ts';

export type Post = (batches: readonly PostBatch[]) => Promise<Outcome[]>;

const LOST_MS = 1000;
const HALT_MS = 60_000;
const LONGEST_RETRY_MS = 60_000;
const LONGEST_QUIET_MS = 3_600_000;
/** What VK wants to wait as long as this is meant for the peer, not for us. */
const LONG_REST_MS = 3_600_000;
const KEYBOARD_INVALID = 911;
const TOO_MANY = 29;

type PostOptions = Pick<VkOptions, 'render' | 'now'> & {
  readonly log: Log;
  /** Hears of every peer that a message was refused for. */
  refused?(code: number, of: 'peer' | 'call'): void;
};

type Ledger = Omit<Outcome, 'halt' | 'chatsOff'> & {
  halt?: string;
  chatsOff?: string;
  readonly attempts: number;
  readonly noted: Set<number>;
};
type Refusal = Extract<PeerAnswer, { kind: 'refused' }>;

/**
 * Inline buttons are callback buttons here: a batch has many readers and VK does not tell what their clients know. The
 * keyboard of a DM's input field is not sent: the peers of a batch may be chats as well.
 */
export function createPost(pack: Pack, { render, now, log, refused }: PostOptions): Post {
  /** VK's quantity limit (29): since `rests` of them in a row nothing is sent until then. */
  let quiet: { readonly until: Instant; readonly rests: number; readonly why: string } = {
    until: 0,
    rests: 0,
    why: '',
  };
  /** Peers that VK wants left alone, and until when. */
  const resting = new Map<number, Instant>();

  /** A saying that breaks is our own bug: it must not hold up the others, nor be tried for ever. */
  async function one(batch: PostBatch): Promise<Outcome> {
    try {
      const { noted: _, attempts: __, ...outcome } = await whole(batch, written(batch));
      return outcome;
    } catch (error) {
      log.error({ batch: batch.id, err: error }, 'a saying could not be sent');
      return {
        id: batch.id,
        sent: [],
        later: [],
        gone: [],
        dead: batch.peers.map((peer) => ({ peer, why: 'broken' })),
      };
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
  async function whole({ id, peers, attempts = 1 }: PostBatch, letters: readonly Letter[]): Promise<Ledger> {
    const ledger = newLedger(id, attempts);
    if (quiet.until > now()) {
      ledger.halt = quiet.why;
      later(ledger, peers, quiet.until, true);
      return ledger;
    }
    let reached = rested(ledger, peers);
    for (const [part, letter] of letters.entries())
      if (reached.length > 0) reached = await deliver(ledger, reached, letter, part === 0);
    ledger.sent.push(...reached);
    return ledger;
  }

  /** Those who may be written to; the others are in the ledger. */
  function rested(ledger: Ledger, peers: readonly number[]): readonly number[] {
    if (resting.size === 0) return peers;
    const [tired, others] = [
      peers.filter((peer) => restsUntil(peer) > now()),
      peers.filter((peer) => restsUntil(peer) <= now()),
    ];
    for (const peer of tired) later(ledger, [peer], restsUntil(peer), true);
    return others;
  }

  function restsUntil(peer: number): Instant {
    return resting.get(peer) ?? 0;
  }

  function rest(peer: number, until: Instant): void {
    // All rest equally long, so those that came first are over first.
    for (const [other, end] of resting) {
      if (end > now()) break;
      resting.delete(other);
    }
    resting.delete(peer);
    resting.set(peer, until);
  }

  /** Those who have it now; all others are in the ledger. `first`: they have nothing of this saying yet. */
  async function deliver(
    ledger: Ledger,
    peers: readonly number[],
    letter: Letter,
    first: boolean,
  ): Promise<readonly number[]> {
    const reached: number[] = [];
    const plain: number[] = [];
    for (const [peer, answer] of await pack.send(letter, peers)) {
      if (answer.kind === 'sent') {
        reached.push(peer);
        if (quiet.rests > 0) quiet = { ...quiet, rests: 0 };
      } else if (answer.kind === 'lost') later(ledger, [peer], now() + growing(LOST_MS, ledger.attempts));
      else if (answer.code === KEYBOARD_INVALID && letter.keyboard !== undefined) plain.push(peer);
      else settle(ledger, peer, answer, first && answer.again === undefined);
    }
    if (plain.length === 0) return reached;
    log.error({ batch: ledger.id }, 'VK refused a keyboard; the words go without it');
    return [...reached, ...(await deliver(ledger, plain, { ...letter, keyboard: undefined }, first))];
  }

  /** `untouched`: unless this refusal leaves it open, VK has nothing of it. */
  function settle(ledger: Ledger, peer: number, { code, text, of }: Refusal, untouched: boolean): void {
    refused?.(code, of);
    const rule = of === 'call' ? callRuleOf(code) : ruleOf(code);
    const why = `${code} ${rule.word}`;
    switch (rule.kind) {
      case 'slow':
        // VK counts quantities for the method, so nobody else needs to try either; the rest is between VK and this peer.
        if (code === TOO_MANY) {
          ledger.halt = hush(`${code} ${text || rule.word}`, rule.waitMs);
          later(ledger, [peer], quiet.until, untouched);
          return;
        }
        if (rule.waitMs >= LONG_REST_MS) rest(peer, now() + rule.waitMs);
        later(ledger, [peer], now() + rule.waitMs, untouched);
        return;
      case 'retry':
        later(ledger, [peer], now() + growing(rule.waitMs, Math.max(pack.troubles(), ledger.attempts)));
        return;
      case 'halt':
        ledger.halt = `${code} ${text || rule.word}`;
        later(ledger, [peer], now() + HALT_MS, untouched);
        return;
      case 'chats-off':
        ledger.chatsOff = `${code} ${text || rule.word}`;
        later(ledger, [peer], now() + (peerKind(peer) === 'chat' ? rule.waitMs : LOST_MS), untouched);
        return;
      case 'gone':
      case 'until-writes':
        ledger.gone.push({ peer, why });
        return;
      case 'bug':
      case 'split':
        note(ledger, code, 'VK will never take this message');
        ledger.dead.push({ peer, why });
    }
  }

  /** Nobody knows how long the limit holds: what it meets again after a rest has it rest twice as long. */
  function hush(why: string, ms: number): string {
    if (quiet.until > now()) return why;
    const rests = quiet.rests + 1;
    quiet = { until: now() + Math.min(ms * 2 ** (rests - 1), LONGEST_QUIET_MS), rests, why };
    return why;
  }

  /** A line a batch and code, not a line a peer. */
  function note(ledger: Ledger, code: number, words: string): void {
    if (ledger.noted.has(code)) return;
    ledger.noted.add(code);
    log.error({ batch: ledger.id, code, why: ruleOf(code).word }, words);
  }

  return (batches) => Promise.all(batches.map(one));
}

function newLedger(id: number, attempts: number): Ledger {
  return { id, attempts, sent: [], later: [], gone: [], dead: [], noted: new Set() };
}

/** Twice as long with each try. */
function growing(ms: number, tries: number): number {
  return Math.min(ms * 2 ** Math.max(0, tries - 1), LONGEST_RETRY_MS);
}

function later(ledger: Ledger, peers: readonly number[], at: Instant, untouched = false): void {
  const same = ledger.later.find((group) => group.at === at && (group.untouched ?? false) === untouched);
  if (same === undefined) ledger.later.push({ peers: [...peers], at, ...(untouched ? { untouched } : {}) });
  else same.peers.push(...peers);
}

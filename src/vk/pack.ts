/** The fan-out's way to VK: letters and their peers are packed into as few calls as VK takes, because VK counts calls. */
import { peerKind } from '../domain/peer.ts';
import { type Ask, type Called, NO_ANSWER, type Refused, STOPPING } from './call.ts';
import { callRuleOf, ruleOf } from './errors.ts';
import { answersOf, literalOf, scriptOf } from './execute.ts';
import type { Log } from './ports.ts';
import { type Cut, createQueue } from './queue.ts';
import type { Rate } from './rate.ts';
import { type Answers, type Letter, type PeerAnswer, paramsOf, peerAnswersOf } from './send.ts';
import { createWidth } from './width.ts';

export type Pack = {
  /** The letter to these peers, together with whatever else waits when a slot comes free. An answer for every peer. */
  send(letter: Letter, peers: readonly number[]): Promise<Answers>;
  /** Calls in a row of which nothing was taken, for reasons that pass. */
  troubles(): number;
};

/** Quantity limits are the method's, so nobody else needs to try. */
const TOO_MANY = 29;
const FLOOD = 9;
const TOO_FAST = 6;
/** So many peers of one call that are flooded are no longer a matter of each of them. */
const FLOODED = 3;
const DENIED: ReadonlySet<number> = new Set([7, 15]);

/**
 * Equal letters of several batches travel in one `messages.send`, up to 25 of those in one `execute`; how wide both may
 * be is found out (`width.ts`). Of an `execute` that fails nothing is known, some of its calls may have run: each keeps
 * its `random_id`, by which VK drops what it has.
 */
export function createPack(ask: Ask, rate: Rate, log: Log): Pack {
  const queue = createQueue();
  const width = createWidth();
  let troubles = 0;
  let asking = false;
  let probing = 0;

  /**
   * One slot is asked for at a time: they are given one by one anyway, and the later a pack is made, the fuller it is. While a call
   * is on its way that finds out a width, the rest waits for its answer: a few hundredths of a second, four times a program.
   */
  function pump(): void {
    if (asking || probing > 0 || queue.isEmpty()) return;
    asking = true;
    void rate.take('fanout').then((release) => {
      asking = false;
      if (release === null) {
        refuseWaiting(STOPPING);
        return;
      }
      void ship(release);
      pump();
    });
  }

  async function ship(release: (used?: boolean) => void): Promise<void> {
    const cuts = queue.take(width.now());
    const [first] = cuts;
    if (first === undefined) {
      release(false);
      return;
    }
    const probes = width.probes(cuts);
    if (probes) probing += 1;
    const called =
      cuts.length === 1
        ? await ask('messages.send', paramsOf(first.letter, first.peers))
        : await ask('execute', { code: scriptOf(cuts.map(({ letter, peers }) => literalOf(paramsOf(letter, peers)))) });
    release();
    if (!called.ok && called.code === TOO_FAST) rate.rest(ruleOf(TOO_FAST).waitMs);
    if (probes) probing -= 1;
    if (cuts.length === 1) settle(cuts, [called]);
    else if (called.ok) settle(cuts, answersOf(called.response, cuts.length));
    else failed(cuts, called);
    pump();
  }

  /** `null`: VK took the call, but its answer is not about these. */
  function settle(cuts: readonly Cut[], answers: readonly Called[] | null): void {
    if (answers === null) {
      failed(cuts, { ok: false, code: NO_ANSWER, text: 'execute was answered strangely' });
      return;
    }
    const refusals = answers.filter((answer) => !answer.ok);
    const passing = refusals.filter(({ code }) => callRuleOf(code).kind === 'retry');
    const [trouble] = passing;
    if (trouble !== undefined && passing.length === answers.length) stumble(cuts, trouble);
    else troubles = 0;
    const read = readAnswers(cuts, answers);
    const proven = hasArrived(read);
    if (isTooMuch(refusals, read) || passing.length === answers.length) width.narrow(cuts);
    else if (passing.length === 0) width.grow(cuts);
    for (const refusal of refusals)
      if (endsAll(refusal.code) && !(proven && DENIED.has(refusal.code))) refuseWaiting(refusal);
    for (const one of read) settleCall(one, proven);
  }

  /** `proven`: a neighbour of the same call arrived, so the token has its rights. */
  function settleCall({ cut, answers, refused }: Read, proven: boolean): void {
    if (answers !== null) {
      cut.settle(answers);
      return;
    }
    const isTheirs = proven && DENIED.has(refused.code);
    if (cut.peers.length === 1 || !(isTheirs || isAboutOnePeer(refused.code))) {
      cut.settle(forAll(cut, refused, isTheirs ? 'peer' : 'call'));
      return;
    }
    if (ruleOf(refused.code).kind === 'split') width.narrowCall(cut.peers.length);
    queue.returnHalves(cut);
  }

  function failed(cuts: readonly Cut[], why: Refused): void {
    width.narrow(cuts);
    if (isDivisible(why.code)) {
      const facts = { calls: cuts.length, code: why.code, why: why.text };
      log.warn(facts, 'VK did not take an execute; the same goes again in narrower ones');
      queue.returnNarrower(cuts, Math.max(1, Math.floor(cuts.length / 2)));
      return;
    }
    if (callRuleOf(why.code).kind === 'retry') stumble(cuts, why);
    if (endsAll(why.code)) refuseWaiting(why);
    for (const cut of cuts) cut.settle(forAll(cut, why));
  }

  function stumble(cuts: readonly Cut[], { code, text }: Refused): void {
    troubles += 1;
    if (code === NO_ANSWER && (troubles > 1 || text === STOPPING.text)) return;
    log.warn({ calls: cuts.length, code, why: text }, 'VK did not take a call; what it carried goes again');
  }

  function refuseWaiting(why: Refused): void {
    for (const cut of queue.drain()) cut.settle(forAll(cut, why));
  }

  return {
    send(letter, peers) {
      return new Promise((done) => {
        queue.add(letter, peers, done);
        pump();
      });
    },
    troubles: () => troubles,
  };
}

function forAll({ peers }: Cut, { code, text }: Refused, of: 'peer' | 'call' = 'call'): Map<number, PeerAnswer> {
  return new Map(peers.map((peer) => [peer, { kind: 'refused', code, text, of }]));
}

/** What one of the calls was answered with: an answer for each of its peers, or a refusal of the whole. */
type Read =
  | { readonly cut: Cut; readonly answers: Answers; readonly refused: null }
  | { readonly cut: Cut; readonly answers: null; readonly refused: Refused };

function readAnswers(cuts: readonly Cut[], answers: readonly Called[]): Read[] {
  const read = cuts.map((cut, index): Read => {
    const called = answers[index] ?? STOPPING;
    if (!called.ok) return { cut, answers: null, refused: called };
    return { cut, answers: peerAnswersOf(called.response, cut.peers), refused: null };
  });
  if (hasArrived(read)) return read;
  return read.map((one) => {
    const everyone = one.answers === null ? null : deniedToAll(one.answers);
    return everyone === null ? one : { cut: one.cut, answers: forAll(one.cut, everyone), refused: null };
  });
}

/** Whether VK took any of these for anybody. */
function hasArrived(read: readonly Read[]): boolean {
  return read.some(({ answers }) => [...(answers?.values() ?? [])].some(({ kind }) => kind === 'sent'));
}

/** VK says that we are too fast, be it to several people at once. */
function isTooMuch(refusals: readonly Refused[], read: readonly Read[]): boolean {
  if (refusals.some(({ code }) => ruleOf(code).kind === 'slow')) return true;
  let flooded = 0;
  for (const { answers } of read)
    for (const answer of answers?.values() ?? []) if (answer.kind === 'refused' && answer.code === FLOOD) flooded += 1;
  return flooded >= FLOODED;
}

/**
 * «No permission» for each of several peers, where nobody got anything, is not about them: the token lacks the right, and nobody
 * must be put to sleep for it. Chats alone prove nothing: each may have taken its right to write away.
 */
function deniedToAll(answers: Answers): Refused | null {
  const [first, ...others] = answers.values();
  if (first?.kind !== 'refused' || !DENIED.has(first.code) || others.length === 0) return null;
  const all = others.every((answer) => answer.kind === 'refused' && answer.code === first.code);
  const people = [...answers.keys()].some((peer) => peerKind(peer) === 'dm');
  return all && people ? { ok: false, code: first.code, text: first.text } : null;
}

/** No call of this community would fare better now. */
function endsAll(code: number): boolean {
  return code === TOO_MANY || callRuleOf(code).kind === 'halt';
}

/** Refusals of an `execute` that may be about one of its calls, or its size. */
function isDivisible(code: number): boolean {
  return code === FLOOD || !['retry', 'slow', 'halt'].includes(callRuleOf(code).kind);
}

/** Refusals of a whole `messages.send` that are about one of its peers, or its size: the halves are tried alone. */
function isAboutOnePeer(code: number): boolean {
  return code === FLOOD || code === 13 || code === 100 || ['gone', 'until-writes'].includes(callRuleOf(code).kind);
}

/** The fan-out's way to VK: what waits is packed into as few calls as VK takes, because VK counts calls. */
import { type Ask, type Called, NO_ANSWER, type Params, type Refused, STOPPING } from './call.ts';
import { callRuleOf } from './errors.ts';
import { answersOf, literalOf, scriptOf } from './execute.ts';
import type { Log } from './ports.ts';
import type { Rate } from './rate.ts';

export type Pack = {
  /** One `messages.send`, together with whatever else waits when a slot comes free. */
  send(params: Params): Promise<Called>;
  /** Calls in a row of which nothing was taken, for reasons that pass. */
  troubles(): number;
};

/** VK: at most 25 API calls in one `execute`. */
const WIDEST = 25;
/** Characters of a script. VK publishes no limit; Cyrillic is six bytes a letter in a form, and this stays well below a megabyte. */
const LONGEST_SCRIPT = 100_000;
/** Quantity limits are the method's, so nobody else needs to try. */
const TOO_MANY = 29;
const FLOOD = 9;

type Parcel = {
  readonly params: Params;
  readonly literal: string;
  /** With how many at most it may travel: those it failed with are halved until the culprit is alone. */
  readonly widest: number;
  done(called: Called): void;
};

/**
 * How many travel together is found out: 25 at first, half when a call fails as a whole, one more after each full one
 * that does not. Of an `execute` that fails nothing is known, some of its calls may have run: each keeps its
 * `random_id`, by which VK drops what it has.
 */
export function createPack(ask: Ask, rate: Rate, log: Log): Pack {
  const queue: Parcel[] = [];
  let width = WIDEST;
  let troubles = 0;
  /** Slots asked for and not yet given. */
  let asked = 0;

  function pump(): void {
    while (asked * width < queue.length) {
      asked += 1;
      void ship();
    }
  }

  async function ship(): Promise<void> {
    const release = await rate.take('fanout');
    asked -= 1;
    if (release === null) {
      for (const parcel of queue.splice(0)) parcel.done(STOPPING);
      return;
    }
    const parcels = next();
    pump();
    const [first] = parcels;
    if (first === undefined) {
      release(false);
      return;
    }
    const alone = parcels.length === 1;
    const called = alone
      ? await ask('messages.send', first.params)
      : await ask('execute', { code: scriptOf(parcels.map((parcel) => parcel.literal)) });
    release();
    if (alone) settle(parcels, [called]);
    else if (called.ok) settle(parcels, answersOf(called.response, parcels.length));
    else failed(parcels, called);
    pump();
  }

  /** Takes from the queue what the next call carries; nothing when another call took it. */
  function next(): Parcel[] {
    let most = width;
    let length = 0;
    let count = 0;
    for (const parcel of queue) {
      most = Math.min(most, parcel.widest);
      length += parcel.literal.length;
      if (count > 0 && (count >= most || length > LONGEST_SCRIPT)) break;
      count += 1;
    }
    return queue.splice(0, count);
  }

  /** `null`: VK took the call, but its answer is not about these. */
  function settle(parcels: readonly Parcel[], answers: readonly Called[] | null): void {
    if (answers === null) {
      failed(parcels, { ok: false, code: NO_ANSWER, text: 'execute was answered strangely' });
      return;
    }
    const refusals = answers.filter((answer) => !answer.ok);
    const passing = refusals.filter(({ code }) => callRuleOf(code).kind === 'retry');
    const [trouble] = passing;
    if (trouble !== undefined && passing.length === answers.length) stumble(parcels, trouble);
    else troubles = 0;
    if (passing.length === 0 && parcels.length >= width) width = Math.min(WIDEST, width + 1);
    for (const refusal of refusals) if (endsAll(refusal.code)) refuseWaiting(refusal);
    for (const [index, parcel] of parcels.entries()) parcel.done(answers[index] ?? STOPPING);
  }

  function failed(parcels: readonly Parcel[], why: Refused): void {
    const half = Math.max(1, Math.floor(Math.min(width, parcels.length) / 2));
    width = half;
    if (isDivisible(why.code)) {
      const facts = { calls: parcels.length, code: why.code, why: why.text };
      log.warn(facts, 'VK did not take an execute; the same goes again in narrower ones');
      queue.unshift(...parcels.map((parcel) => ({ ...parcel, widest: half })));
      return;
    }
    if (callRuleOf(why.code).kind === 'retry') stumble(parcels, why);
    if (endsAll(why.code)) refuseWaiting(why);
    for (const parcel of parcels) parcel.done(why);
  }

  function stumble(parcels: readonly Parcel[], { code, text }: Refused): void {
    troubles += 1;
    if (code === NO_ANSWER && (troubles > 1 || text === STOPPING.text)) return;
    log.warn({ calls: parcels.length, code, why: text }, 'VK did not take a call; what it carried goes again');
  }

  function refuseWaiting(why: Refused): void {
    for (const parcel of queue.splice(0)) parcel.done(why);
  }

  return {
    send(params) {
      return new Promise((done) => {
        queue.push({ params, literal: literalOf(params), widest: WIDEST, done });
        pump();
      });
    },
    troubles: () => troubles,
  };
}

/** No call of this community would fare better now. */
function endsAll(code: number): boolean {
  return code === TOO_MANY || callRuleOf(code).kind === 'halt';
}

/** Refusals of an `execute` that may be about one of its calls, or its size. */
function isDivisible(code: number): boolean {
  return code === FLOOD || !['retry', 'slow', 'halt'].includes(callRuleOf(code).kind);
}

/** What VK said since the program began, counted to be looked at: nothing is decided by it. */
import { type Ask, type Called, STOPPING } from './call.ts';
import { callRuleOf, type Rule, ruleOf } from './errors.ts';

/** What a call was answered with: `ok`, or the class of its refusal. */
type Answer = 'ok' | Rule['kind'];

export type VkCounts = {
  /** Calls by method and answer, since the program began. */
  readonly calls: readonly { readonly method: string; readonly answer: Answer; readonly count: number }[];
  /** Peers that a message was refused for, by the class of the refusal, since the program began. */
  readonly refused: Readonly<Partial<Record<Rule['kind'], number>>>;
  /** Calls that left in the last minute. */
  readonly lastMinute: number;
};

export type Counts = {
  /** The same, counted. */
  counted(ask: Ask): Ask;
  refusedPeer(code: number, of: 'peer' | 'call'): void;
  read(): VkCounts;
};

const SECONDS = 60;

/** `now` is a clock that is never set, ms. */
export function createCounts(now: () => number = () => performance.now()): Counts {
  const calls = new Map<string, { readonly method: string; readonly answer: Answer; count: number }>();
  const refused = new Map<Rule['kind'], number>();
  // A cell for each of the last seconds: which second it is, and how many calls left in it.
  const cells = Array.from({ length: SECONDS }, () => ({ second: -SECONDS, count: 0 }));
  const secondNow = (): number => Math.floor(now() / 1000);

  function left(): void {
    const second = secondNow();
    const place = second % SECONDS;
    const cell = cells[place];
    cells[place] = { second, count: (cell?.second === second ? cell.count : 0) + 1 };
  }

  function answered(method: string, called: Called): void {
    if (called === STOPPING) return;
    const answer = called.ok ? 'ok' : callRuleOf(called.code).kind;
    const key = `${method} ${answer}`;
    const known = calls.get(key);
    if (known === undefined) calls.set(key, { method, answer, count: 1 });
    else known.count += 1;
  }

  return {
    counted: (ask) => async (method, params) => {
      left();
      const called = await ask(method, params);
      answered(method, called);
      return called;
    },
    refusedPeer(code, of) {
      const { kind } = of === 'call' ? callRuleOf(code) : ruleOf(code);
      refused.set(kind, (refused.get(kind) ?? 0) + 1);
    },
    read: () => ({
      calls: [...calls.values()],
      refused: Object.fromEntries(refused),
      lastMinute: cells.reduce((sum, { second, count }) => sum + (second > secondNow() - SECONDS ? count : 0), 0),
    }),
  };
}

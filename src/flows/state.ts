/** How the bot itself does, for those who run it: what was sent and how late, what waits, what can not be sent or read. */

import type { BotState, Sent } from '../domain/bot-state.ts';
import { total, within } from '../domain/lateness.ts';
import { asleepCount, expiredCounts, latenessSince, nextDeadline, pending, sourceStates } from '../store/index.ts';
import { isOperator } from './sources.ts';
import type { World } from './world.ts';

const HOUR = 3_600_000;

/** Everything that `/состояние` shows and `/metrics` counts; all but the pulse comes from the store, so that a restart changes none of it. */
export async function botState({ store, now, pulse }: Pick<World, 'store' | 'now' | 'pulse'>): Promise<BotState> {
  const at = now();
  const since = async (ms: number): Promise<Sent> => {
    const lateness = await latenessSince(store.db, at - ms);
    const [p50, p95, p99] = [within(lateness, 0.5), within(lateness, 0.95), within(lateness, 0.99)];
    return { peers: total(lateness), late: p50 === null || p95 === null || p99 === null ? null : { p50, p95, p99 } };
  };
  const sources = await sourceStates(store.db);
  const { waiting, leased, due, oldestDue } = await pending(store.db, at);
  const deadline = await nextDeadline(store.db);
  const sum = (what: 'all' | 'failing' | 'held') => sources.reduce((all, one) => all + one[what], 0);
  return {
    day: await since(24 * HOUR),
    week: await since(7 * 24 * HOUR),
    queue: {
      waiting,
      leased,
      due,
      overdue: oldestDue === null ? null : at - oldestDue,
      slack: deadline === null ? null : deadline - at,
    },
    expired: await expiredCounts(store.db),
    asleep: await asleepCount(store.db),
    feeds: { all: sum('all'), failing: sum('failing'), held: sum('held') },
    pulse: pulse?.() ?? null,
  };
}

/** The same for a person who asks. */
export async function lookAtBot(world: World, by: number): Promise<BotState | 'not-operator'> {
  return isOperator(world, by) ? botState(world) : 'not-operator';
}

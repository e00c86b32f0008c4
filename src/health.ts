/** How the bot is: what `/health` says, in words where something is wrong; trouble with the database is logged once, and when it is over. */
import type { Instant } from './domain/calendar.ts';
import { CURSOR } from './flows/ready.ts';
import type { Log } from './flows/world.ts';
import { expiredCounts, getState, pending, type Store, StoreError } from './store/index.ts';

/** A bot that has not heard from VK for this long is not well; one whose reminders stand for this long is not either. */
const DEAF = 120_000;
const STILL = 180_000;
const MINUTE = 60_000;

type Parts = {
  readonly store: Store;
  now(): Instant;
  /** When VK last answered a poll, and why it did not since. */
  heard(): { readonly lastPollAt: Instant | null; readonly trouble: string | null };
  /** Why nothing is sent; null when it is. */
  halted(): string | null;
};

type Well = {
  readonly ok: boolean;
  /** Everything that is wrong, in Russian, for who runs the bot. */
  readonly why: readonly string[];
  readonly [fact: string]: unknown;
};

/** The check counts from its making: a bot that has just begun is not deaf yet. */
export function createHealth({ store, now, heard, halted }: Parts): () => Promise<Well> {
  const startedAt = now();

  function minutesSince(at: Instant): number {
    return Math.floor((now() - at) / MINUTE);
  }

  return async () => {
    const why: string[] = [];
    const { lastPollAt, trouble: reason } = heard();
    const deaf = now() - (lastPollAt ?? startedAt) > DEAF;
    if (deaf)
      why.push(
        `VK молчит ${minutesSince(lastPollAt ?? startedAt)} мин, бот никого не слышит${reason === null ? '.' : `: ${reason}.`}`,
      );
    const halt = halted();
    if (halt !== null) why.push(`Отправка остановлена, VK отказывает во всём: ${halt}.`);
    let counts = {};
    try {
      counts = { ...(await pending(store.db, now())), expired: await expiredCounts(store.db) };
      const looked = Number((await getState(store.db, CURSOR)) ?? startedAt);
      if (Math.min(now() - looked, now() - startedAt) > STILL)
        why.push(`Напоминания не считаются ${minutesSince(looked)} мин: причина в журнале.`);
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
    }
    const trouble = store.trouble();
    if (trouble !== null) why.push(trouble.message);
    return { ok: why.length === 0, why, deaf, halted: halt, database: trouble?.kind ?? 'ok', ...counts };
  };
}

/** A log in which the database's trouble stands once, whoever meets it how often, until `over`. */
export function tellOnce(log: Log): Log & { over(): void } {
  let told = false;
  return {
    debug: (facts, text) => log.debug(facts, text),
    info: (facts, text) => log.info(facts, text),
    warn: (facts, text) => log.warn(facts, text),
    error(facts, text) {
      const again = 'err' in facts && facts.err instanceof StoreError && told;
      told ||= 'err' in facts && facts.err instanceof StoreError;
      if (again) log.debug(facts, text);
      else log.error(facts, text);
    },
    over() {
      if (told) log.info({}, 'the database can be written to again');
      told = false;
    },
  };
}

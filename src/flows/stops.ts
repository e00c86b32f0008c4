/** VK takes nothing from us, or nothing for group chats: logged once, and told to operators once, as soon as they can be written to. */
import type { StopNews } from '../domain/bot-state.ts';
import type { Instant } from '../domain/calendar.ts';
import { peerKind } from '../domain/peer.ts';
import { type Db, getState, setState } from '../store/index.ts';
import { tell } from './outage.ts';
import type { World } from './world.ts';

/** What became of some batches, as far as it says what VK takes. */
type Sign = { readonly sent: readonly number[]; readonly halt?: string; readonly chatsOff?: string };

type Stop = { readonly since: Instant; readonly why: string };
/** What stands still: everything, or what goes to chats; and when it was last told that sending goes on. */
type Stopped = Readonly<Partial<Record<'all' | 'chats', Stop>>> & { readonly told?: Instant };

/** Kept beyond a restart: an operator who mends a token starts the bot anew. */
const KEY = 'stopped';
/** What stops and goes on all the time is told so often. */
const HOUR = 3_600_000;

export type Stops = {
  /** Call in the transaction that settles; what it gives, when that is through. */
  note(tx: Db, signs: readonly Sign[]): Promise<() => void>;
};

/** One for a program. */
export function createStops(world: World): Stops {
  let known: Stopped | null = null;

  async function load(tx: Db): Promise<Stopped> {
    return known ?? (JSON.parse((await getState(tx, KEY)) ?? '{}') as Stopped);
  }

  return {
    async note(tx, signs) {
      const before = await load(tx);
      const now = after(before, signs, world.now());
      if (now.all !== before.all || now.chats !== before.chats) {
        await setState(tx, KEY, JSON.stringify(now));
        if (now.chats !== undefined && before.chats === undefined) await say(tx, 'chats-closed', now.chats);
        if (now.chats === undefined && before.chats !== undefined) await say(tx, 'chats-open', before.chats);
        if (now.told !== before.told && before.all !== undefined) await say(tx, 'open', before.all);
      }
      return () => {
        log(before, now);
        known = now;
      };
    },
  };

  function say(tx: Db, news: StopNews, stop: Stop): Promise<void> {
    return tell(tx, world, world.operators, { kind: 'sending', news, ...stop });
  }

  /** What stood still before this program began is logged by it too. */
  function log(before: Stopped, now: Stopped): void {
    const isNew = (what: keyof Stopped) => now[what] !== undefined && (known === null || before[what] === undefined);
    if (isNew('all'))
      world.log.error({ why: now.all?.why }, 'VK refuses everything for now; it is tried again and again');
    if (isNew('chats'))
      world.log.error(
        { why: now.chats?.why },
        'group chats are closed: switch on «Возможности ботов» in the community’s messages settings',
      );
    if (before.all !== undefined && now.all === undefined) world.log.info({}, 'VK takes messages again');
    if (before.chats !== undefined && now.chats === undefined) world.log.info({}, 'VK takes messages for chats again');
  }
}

/** What was taken shows that it is over, unless something else of the same call was refused. */
function after(before: Stopped, signs: readonly Sign[], now: Instant): Stopped {
  const halt = signs.find((sign) => sign.halt !== undefined)?.halt;
  const chatsOff = signs.find((sign) => sign.chatsOff !== undefined)?.chatsOff;
  const reached = (kind?: 'chat') =>
    signs.some(({ sent }) => sent.some((peer) => kind === undefined || peerKind(peer) === kind));
  const all = stopAfter(before.all, halt, () => reached(), now);
  const chats = stopAfter(before.chats, chatsOff, () => reached('chat'), now);
  const isTold = all === undefined && before.all !== undefined && now - (before.told ?? 0) >= HOUR;
  const told = isTold ? now : before.told;
  return {
    ...(all === undefined ? {} : { all }),
    ...(chats === undefined ? {} : { chats }),
    ...(told === undefined ? {} : { told }),
  };
}

function stopAfter(
  before: Stop | undefined,
  why: string | undefined,
  isOver: () => boolean,
  now: Instant,
): Stop | undefined {
  if (why !== undefined) return before ?? { since: now, why };
  return before !== undefined && isOver() ? undefined : before;
}

/** A VK of one's own: starts it on loopback, gives its people's side to stories and its addresses to bots. */
import { randomBytes } from 'node:crypto';
import { type Clock, createClock } from './clock.ts';
import { createFaults, type Faults } from './faults.ts';
import { isLoopback } from './guard.ts';
import { createServer, type ServedFile } from './http.ts';
import { createLongPoll } from './longpoll.ts';
import * as membership from './membership.ts';
import { BUILT_PAGE } from './page.ts';
import * as people from './people.ts';
import type { ApiCall, PressResult, SeenMessage, SeenRows } from './seen.ts';
import { changed, type World } from './world.ts';

export { type Clock, createClock } from './clock.ts';
export type { SeenMessage } from './seen.ts';

export type SandboxOptions = {
  /** Loopback only: 127.0.0.1 (default), localhost, ::1. */
  readonly host?: string;
  /** 0 or absent: any free one. */
  readonly port?: number;
  /** Product clock, for dates in messages and events; the page and the control API move it. Default: one of its own. */
  readonly clock?: Clock;
  /** Instead of `clock`: a product clock in ms that only its owner moves. */
  readonly now?: () => number;
  /** IANA zone in which the page shows times; default Europe/Moscow. */
  readonly zone?: string;
  /** Real clock in ms, for the protocol's rules; only tests of those rules give another. */
  readonly real?: () => number;
  readonly files?: readonly ServedFile[];
  /** Folder of the built page; default `dist/page`. */
  readonly page?: string;
  /** `demo`: Аня, Борис and Вика with the chat «ПИ-21». Default: nobody. */
  readonly dialogs?: 'demo' | 'empty';
  readonly token?: string;
  readonly groupId?: number;
  readonly title?: string;
  readonly screenName?: string;
  /** How long a press waits for its answer; VK: 60 000 ms. */
  readonly pressLife?: number;
  /** How long a long-poll key lives; not documented by VK, an hour here. */
  readonly keyLife?: number;
  /** How long and how many events are kept; an hour and 1,000 here. */
  readonly historyLife?: number;
  readonly historySize?: number;
};

export type Sandbox = {
  /** The page, `http://127.0.0.1:PORT`. */
  readonly address: string;
  /** For `VK_API_URL`: `http://127.0.0.1:PORT/method`. */
  readonly apiUrl: string;
  readonly token: string;
  readonly groupId: number;
  /** Gives the user id. */
  addPerson(person: membership.NewPerson): number;
  /** Gives the peer id, 2000000001 and up. */
  createChat(chat: membership.NewChat): number;
  addMember(peer: number, user: number, by: number): void;
  removeMember(peer: number, user: number, by: number): void;
  setAdmin(peer: number, user: number, admin: boolean): void;
  renameChat(peer: number, title: string, by: number): void;
  inviteBot(peer: number, by: number, rights?: membership.BotRights): void;
  kickBot(peer: number, by: number): void;
  setBotRights(peer: number, rights: membership.BotRights): void;
  /** Writes in a DM (`peer` is the person's own id) or in a chat; gives the cmid. */
  say(user: number, peer: number, text: string, extra?: people.SaySomething): number;
  /** Presses the first button with this label; `cmid` 0 is the keyboard under the input field. */
  press(user: number, peer: number, cmid: number, label: string): Promise<PressResult>;
  allow(user: number, key?: string): void;
  deny(user: number): void;
  block(user: number): void;
  unblock(user: number): void;
  messages(peer: number): readonly SeenMessage[];
  /** The keyboard under the input field; empty when there is none. */
  keyboard(peer: number): SeenRows;
  /** The first message that fits, now or within `ms` (default 5,000); only those after cmid `after`. */
  waitFor(peer: number, fits: (message: SeenMessage) => boolean, ms?: number, after?: number): Promise<SeenMessage>;
  /** The last 500 API calls, oldest first. */
  readonly calls: readonly ApiCall[];
  readonly faults: Faults;
  close(): Promise<void>;
};

const HOUR = 3_600_000;
const MINUTE = 60_000;

/** Throws where the host is not loopback or the port is taken. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { host = '127.0.0.1', port = 0 } = options;
  if (!isLoopback(host))
    throw new Error(`the sandbox listens on loopback only (127.0.0.1, localhost, ::1), not on ${host}`);
  const world = createWorld(options);
  if (options.dialogs === 'demo') addDemo(world);
  const unwatch = world.clock?.watch(() => changed(world));
  const server = await createServer(world, options.files ?? [], options.page ?? BUILT_PAGE);
  await server.listen({ host, port });
  const bound = server.server.address();
  const number = typeof bound === 'object' && bound !== null ? bound.port : port;
  world.address = `http://${host === '::1' ? '[::1]' : host}:${number}`;
  return {
    address: world.address,
    apiUrl: `${world.address}/method`,
    token: world.token,
    groupId: world.groupId,
    addPerson: (person) => membership.addPerson(world, person),
    createChat: (chat) => membership.createChat(world, chat),
    addMember: (peer, user, by) => membership.addMember(world, peer, user, by),
    removeMember: (peer, user, by) => membership.removeMember(world, peer, user, by),
    setAdmin: (peer, user, admin) => membership.setAdmin(world, peer, user, admin),
    renameChat: (peer, title, by) => membership.renameChat(world, peer, title, by),
    inviteBot: (peer, by, rights) => membership.inviteBot(world, peer, by, rights),
    kickBot: (peer, by) => membership.kickBot(world, peer, by),
    setBotRights: (peer, rights) => membership.setBotRights(world, peer, rights),
    say: (user, peer, text, extra) => people.say(world, user, peer, text, extra),
    press: (user, peer, cmid, label) => people.press(world, user, peer, cmid, label),
    allow: (user, key) => membership.allow(world, user, key),
    deny: (user) => membership.deny(world, user),
    block: (user) => membership.block(world, user, true),
    unblock: (user) => membership.block(world, user, false),
    messages: (peer) => people.messages(world, peer),
    keyboard: (peer) => people.seeRows(world.dialogs.get(peer)?.keyboard?.buttons),
    waitFor: (peer, fits, ms = 5000, after = 0) => waitFor(world, peer, (m) => m.cmid > after && fits(m), ms),
    calls: world.calls,
    faults: world.faults,
    async close() {
      unwatch?.();
      world.poll.close();
      for (const press of world.presses.values()) press.drop();
      await server.close();
    },
  };
}

function createWorld(options: SandboxOptions): World {
  const { groupId = 123456, real = Date.now } = options;
  const { keyLife = HOUR, historyLife = HOUR, historySize = 1000, pressLife = MINUTE } = options;
  const clock = options.clock ?? (options.now === undefined ? createClock({ real }) : undefined);
  const poll = createLongPoll({ groupId, real, keyLife, historyLife, historySize });
  return {
    groupId,
    token: options.token ?? `vk1.a.${randomBytes(24).toString('base64url')}`,
    title: options.title ?? 'Звонок',
    screenName: options.screenName ?? 'zvonok',
    now: clock?.now ?? options.now ?? real,
    clock,
    zone: options.zone ?? 'Europe/Moscow',
    real,
    pressLife,
    people: new Map(),
    chats: new Map(),
    dialogs: new Map(),
    presses: new Map(),
    files: new Map(),
    calls: [],
    broken: [],
    poll,
    faults: createFaults(poll),
    address: '',
    lastMessageId: 0,
    lastFileId: 0,
    watchers: new Set(),
  };
}

/** The community is not in the chat yet: adding it is the first thing to try there. */
function addDemo(world: World): void {
  const anya = membership.addPerson(world, { firstName: 'Аня', lastName: 'Смирнова' });
  const boris = membership.addPerson(world, { firstName: 'Борис', lastName: 'Кузнецов' });
  const vika = membership.addPerson(world, { firstName: 'Вика', lastName: 'Орлова' });
  membership.createChat(world, { title: 'ПИ-21', members: [anya, boris, vika], owner: anya });
}

function waitFor(
  world: World,
  peer: number,
  fits: (message: SeenMessage) => boolean,
  ms: number,
): Promise<SeenMessage> {
  return new Promise((resolve, reject) => {
    const end = (): void => {
      clearTimeout(timer);
      world.watchers.delete(look);
    };
    const look = (): void => {
      try {
        const found = people.messages(world, peer).find(fits);
        if (found === undefined) return;
        end();
        resolve(found);
      } catch (error) {
        // The story's own function failed: that is its news, not the bot's whose call woke us.
        end();
        reject(error);
      }
    };
    const timer = setTimeout(() => {
      end();
      const last = people
        .messages(world, peer)
        .slice(-3)
        .map((message) => message.text);
      reject(new Error(`no such message in ${peer} within ${ms} ms; the last ones: ${JSON.stringify(last)}`));
    }, ms);
    world.watchers.add(look);
    look();
  });
}

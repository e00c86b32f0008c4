/** One bot sends for a community: by the database it has, and on one machine whatever the database. */
import type { Log } from './flows/world.ts';
import { holdAlone, type Role, type Store, StoreError } from './store/index.ts';

/** A bot that sends for this community is there already: two would share one rate limit, one event stream and say everything twice. */
export class SecondSender extends Error {
  override readonly name = 'SecondSender';

  constructor(community: string, where: string) {
    super(`Бот сообщества «${community}» уже работает ${where}. Останови один из них.`);
  }
}

export type Sender = {
  /**
   * Takes the role again where the connection that held it broke; call it before sending. Rejects with SecondSender when another
   * bot has it by now. A database that does not answer tells nothing, and lets nobody send.
   */
  check(): Promise<void>;
  letGo(): Promise<void>;
};

/** Takes the community for this process. Throws SecondSender. */
export async function becomeSender(
  store: Pick<Store, 'claimRole'>,
  { groupId, name }: { readonly groupId: number; readonly name: string },
  apiUrl: string,
  log: Log,
): Promise<Sender> {
  let role = await claim();
  const alone = holdAlone(`${vkOf(apiUrl)} ${groupId}`);
  if (alone === 'taken') {
    await role.release();
    throw new SecondSender(name, 'на этой машине с другой базой');
  }
  if (alone === 'unknown') log.warn({}, 'whether another bot of this community runs on this machine can not be told');

  async function claim(): Promise<Role> {
    const claimed = await store.claimRole(`sender ${groupId}`);
    if (claimed === null) throw new SecondSender(name, 'с этой базой');
    return claimed;
  }

  async function regain(): Promise<void> {
    try {
      role = await claim();
      log.warn({}, 'the connection that kept other bots of this community out had broken, and is there again');
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
    }
  }

  let regaining: Promise<void> | null = null;
  return {
    async check() {
      if (role.held()) return;
      // One at a time: a second try would find the first in its way.
      regaining ??= regain().finally(() => {
        regaining = null;
      });
      await regaining;
    },
    async letGo() {
      if (alone !== 'unknown') alone();
      await role.release();
    },
  };
}

/** Which VK an API address belongs to: the real one has several, a sandbox is one of its own. */
function vkOf(apiUrl: string): string {
  const { hostname, host } = new URL(apiUrl);
  return /(^|\.)vk\.(com|ru)$/.test(hostname) ? 'vk' : host;
}

/** One bot sends for a community: by the database it has, and on one machine whatever the database. */
import type { Log } from './flows/world.ts';
import { holdAlone, type Store } from './store/index.ts';

/** A bot that sends for this community is there already: two would share one rate limit, one event stream and say everything twice. */
export class SecondSender extends Error {
  override readonly name = 'SecondSender';

  constructor(community: string, where: string) {
    super(`Бот сообщества «${community}» уже работает ${where}. Останови один из них.`);
  }
}

/** Takes the community for this process; resolves with the way to let it go. Throws SecondSender. */
export async function becomeSender(
  store: Store,
  { groupId, name }: { readonly groupId: number; readonly name: string },
  apiUrl: string,
  log: Log,
): Promise<() => Promise<void>> {
  const role = await store.claimRole(`sender ${groupId}`);
  if (role === null) throw new SecondSender(name, 'с этой базой');
  const alone = holdAlone(`${vkOf(apiUrl)} ${groupId}`);
  if (alone === 'taken') {
    await role.release();
    throw new SecondSender(name, 'на этой машине с другой базой');
  }
  if (alone === 'unknown') log.warn({}, 'whether another bot of this community runs on this machine can not be told');
  return async () => {
    if (alone !== 'unknown') alone();
    await role.release();
  };
}

/** Which VK an API address belongs to: the real one has several, a sandbox is one of its own. */
function vkOf(apiUrl: string): string {
  const { hostname, host } = new URL(apiUrl);
  return /(^|\.)vk\.(com|ru)$/.test(hostname) ? 'vk' : host;
}

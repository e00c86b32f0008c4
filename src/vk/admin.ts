/** Whether a person administers a chat, as VK tells it. */
import { type Call, field } from './call.ts';
import type { Log } from './ports.ts';

/** `messages.getConversationMembers` gives at most 1000; smaller pages keep each answer quick. */
const PAGE = 200;
/** Chats hold 3,000 people at most. */
const PAGES = 20;

/** False also when VK will not say: the community must be an admin itself to see the list (error 917 otherwise). */
export async function isAdmin(call: Call, log: Log, peer: number, person: number): Promise<boolean> {
  for (let page = 0; page < PAGES; page += 1) {
    const called = await call('reply', 'messages.getConversationMembers', {
      peer_id: peer,
      offset: page * PAGE,
      count: PAGE,
    });
    if (!called.ok) {
      log.info({ peer, code: called.code, why: called.text }, 'members of a chat are not shown to us');
      return false;
    }
    const items = field(called.response, 'items');
    if (!Array.isArray(items) || items.length === 0) return false;
    const found: unknown = items.find((item) => field(item, 'member_id') === person);
    if (found !== undefined) return field(found, 'is_admin') === true || field(found, 'is_owner') === true;
    if ((page + 1) * PAGE >= Number(field(called.response, 'count') ?? 0)) return false;
  }
  return false;
}

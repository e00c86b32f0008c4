/** The community the token belongs to, and the events it has to hand us. */
import { setTimeout as sleep } from 'node:timers/promises';
import { type Call, field, NO_ANSWER } from './call.ts';
import { callRuleOf } from './errors.ts';
import type { Log } from './ports.ts';

/** VK will not have us; the message is a sentence for the operator. */
export class VkRefused extends Error {
  override readonly name = 'VkRefused';
  /** It said nothing at all: a later start may fare better. */
  readonly silent: boolean;

  constructor(message: string, silent = false) {
    super(message);
    this.silent = silent;
  }
}

/** Waits between tries when VK is not there or asks for patience, ms. */
const PAUSES_MS = [1000, 2000, 4000] as const;

/** `groups.getById`, which answers for the token's own community when no id is given. Throws VkRefused. */
export async function findCommunity(call: Call, groupId: number | undefined): Promise<{ id: number; name: string }> {
  for (let attempt = 0; ; attempt += 1) {
    const called = await call('reply', 'groups.getById', { group_id: groupId });
    if (called.ok) {
      const groups = field(called.response, 'groups');
      const group: unknown = Array.isArray(groups) ? groups[0] : undefined;
      const id = field(group, 'id');
      const name = field(group, 'name');
      if (typeof id === 'number' && id > 0) return { id, name: typeof name === 'string' ? name : '' };
      throw new VkRefused(
        'VK не нашёл сообщество этого ключа: проверь VK_TOKEN (нужен ключ сообщества) и VK_GROUP_ID.',
      );
    }
    const pause = PAUSES_MS[attempt];
    if (pause === undefined || !['retry', 'slow'].includes(callRuleOf(called.code).kind)) {
      throw new VkRefused(
        called.code === NO_ANSWER
          ? `VK не отвечает: ${called.text}. Проверь сеть и VK_API_URL.`
          : `VK не принял запрос (${called.code} ${called.text}). Проверь VK_TOKEN и VK_GROUP_ID.`,
        called.code === NO_ANSWER,
      );
    }
    await sleep(pause);
  }
}

const EVENTS = ['message_new', 'message_event', 'message_allow', 'message_deny'] as const;

/** Most «the bot hears nothing» is an event that is off. Needs the right to manage the community; without it a person has to do it. */
export async function switchEventsOn(call: Call, log: Log, groupId: number): Promise<void> {
  const called = await call('reply', 'groups.setLongPollSettings', {
    group_id: groupId,
    enabled: 1,
    api_version: '5.199',
    ...Object.fromEntries(EVENTS.map((event) => [event, 1])),
  });
  if (called.ok) return;
  const facts = { code: called.code, why: called.text, events: EVENTS };
  log.warn(facts, 'Long Poll could not be switched on by us; check that it and these events are on in the community');
}

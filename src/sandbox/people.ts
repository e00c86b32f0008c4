/** The people's side of VK: they write, press, invite, forbid; what they see. Wrong use throws, as it is a story's own mistake. */
import { randomBytes } from 'node:crypto';
import { deliver } from './events.ts';
import { attach } from './files.ts';
import type { KeyboardButton } from './keyboard.ts';
import type { Attachment, PressResult, SeenMessage, SeenRows } from './seen.ts';
import {
  append,
  changed,
  type Dialog,
  dialogOf,
  isChat,
  type Message,
  messageOf,
  type Person,
  type World,
} from './world.ts';

export type SaySomething = {
  /** Goes as JSON; text goes as it is, broken or not. */
  readonly payload?: unknown;
  readonly attachments?: readonly Attachment[];
  /** A document of one's own. */
  readonly file?: { readonly name: string; readonly bytes: Uint8Array };
  /** cmid of the message answered to. */
  readonly replyTo?: number;
  /** From a `vk.me/…?ref=…` link. */
  readonly ref?: string;
  readonly ref_source?: string;
};

export function personOf(world: World, user: number): Person {
  const person = world.people.get(user);
  if (person === undefined) throw new Error(`no person ${user} in the sandbox`);
  return person;
}

/** The dialog a person may write to: their own with the community, or a chat they are in. */
function dialogFor(world: World, user: number, peer: number): Dialog {
  const chat = world.chats.get(peer);
  if (isChat(peer) ? chat?.members.has(user) !== true : peer !== user)
    throw new Error(`person ${user} is not in dialog ${peer}`);
  return dialogOf(world, peer);
}

/** Writes a message; gives its cmid. Writing to the community allows it to answer. */
export function say(world: World, user: number, peer: number, text: string, extra: SaySomething = {}): number {
  const person = personOf(world, user);
  dialogFor(world, user, peer);
  if (person.blocked && !isChat(peer)) throw new Error(`person ${user} is blocked by the community`);
  if (!isChat(peer)) person.allows = true;
  const payload = typeof extra.payload === 'object' ? JSON.stringify(extra.payload) : extra.payload;
  const message = append(world, {
    peer,
    from: user,
    text: withMentions(world, text),
    attachments: [...(extra.attachments ?? []), ...(extra.file === undefined ? [] : [attach(world, user, extra.file)])],
    payload: payload === undefined ? undefined : String(payload),
    replyTo: extra.replyTo,
    ref: extra.ref,
    refSource: extra.ref_source,
  });
  deliver(world, message);
  return message.cmid;
}

/** VK's clients turn `@name` of the community into `[club1|@name]` before sending. */
function withMentions(world: World, text: string): string {
  return text.replace(/(?<![\w|])@(\w+)/g, (whole, name: string) =>
    name === world.screenName || name === `club${world.groupId}` ? `[club${world.groupId}|${whole}]` : whole,
  );
}

/** Presses a button by its label, or the one with number `at` where two are called the same; `cmid` 0 is the keyboard under the input field. */
export async function press(
  world: World,
  user: number,
  peer: number,
  cmid: number,
  label: string,
  at?: number,
): Promise<PressResult> {
  const dialog = dialogFor(world, user, peer);
  const keyboard = cmid === 0 ? dialog.keyboard : messageOf(world, peer, cmid)?.keyboard;
  const button = keyboard?.buttons
    .flat()
    .find((candidate, index) => labelOf(candidate) === label && (at === undefined || at === index));
  if (keyboard === undefined || button === undefined)
    throw new Error(`no button «${label}» on message ${cmid} of ${peer}`);
  if (cmid === 0 && keyboard.one_time === true) dialog.keyboard = undefined;
  const { action } = button;
  switch (action.type) {
    case 'text': {
      // In a chat VK puts the mention before the label, so the bot hears it without any special access.
      const text = isChat(peer) ? `[club${world.groupId}|@${world.screenName}] ${label}` : label;
      return { kind: 'said', cmid: say(world, user, peer, text, { payload: action.payload }) };
    }
    case 'open_link':
      return { kind: 'link', link: action.link };
    case 'open_app':
      return { kind: 'app', appId: action.app_id, hash: action.hash ?? '' };
    case 'callback':
      return callback(world, user, peer, cmid, action.payload);
    default:
      throw new Error(`the sandbox cannot press a «${action.type}» button`);
  }
}

function labelOf({ action }: KeyboardButton): string {
  if ('label' in action) return action.label;
  return action.type === 'location' ? 'Отправить место' : 'Оплатить через VK Pay';
}

function callback(world: World, user: number, peer: number, cmid: number, payload = '{}'): Promise<PressResult> {
  const id = randomBytes(6).toString('hex');
  return new Promise((resolve) => {
    const timer = setTimeout(() => finish({ kind: 'no answer' }), world.pressLife);
    function finish(result: PressResult): void {
      clearTimeout(timer);
      resolve(result);
      changed(world);
    }
    world.presses.set(id, {
      user,
      peer,
      at: world.real(),
      answered: false,
      answer: (data) => finish({ kind: 'answer', data }),
      drop: () => finish({ kind: 'no answer' }),
    });
    for (const old of [...world.presses.keys()].slice(0, -1000)) world.presses.delete(old);
    world.poll.emit('message_event', {
      user_id: user,
      peer_id: peer,
      event_id: id,
      payload: JSON.parse(payload),
      ...(cmid === 0 ? {} : { conversation_message_id: cmid }),
    });
  });
}

export function seeRows(buttons: readonly (readonly KeyboardButton[])[] = []): SeenRows {
  return buttons.map((row) =>
    row.map((button) => ({
      label: labelOf(button),
      type: button.action.type,
      color: button.color ?? 'secondary',
      ...(button.action.type === 'open_link' ? { link: button.action.link } : {}),
    })),
  );
}

export function seeMessage(world: World, message: Message): SeenMessage {
  return {
    cmid: message.cmid,
    from: message.from,
    text: message.text,
    keyboard: message.keyboard?.inline === true ? seeRows(message.keyboard.buttons) : [],
    attachments: message.attachments,
    date: Math.floor(message.date / 1000),
    edited: message.edited,
    pinned: world.chats.get(message.peer)?.pinned === message.cmid,
    ...(message.replyTo === undefined ? {} : { replyTo: message.replyTo }),
    ...(message.action === undefined ? {} : { action: message.action }),
  };
}

/** What people see in a dialog; what the bot deleted for itself only stays. */
export function messages(world: World, peer: number): SeenMessage[] {
  const all = world.dialogs.get(peer)?.messages ?? [];
  return all.filter((message) => message.gone !== 'all').map((message) => seeMessage(world, message));
}

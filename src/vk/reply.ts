/** An answer on its way to one conversation: as a new message, or in place of the one whose button was pressed. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Message } from '../text/message.ts';
import { type Call, NO_ANSWER, STOPPING } from './call.ts';
import { callRuleOf, type Rule, ruleOf } from './errors.ts';
import { inlineKeyboard, keyboardOf } from './keyboard.ts';
import { partsOf, TEXT_LIMIT } from './parts.ts';
import type { Log, VkOptions } from './ports.ts';
import { randomIdOf } from './random-id.ts';
import type { Incoming, Press } from './receive.ts';
import { type Letter, type PeerAnswer, paramsOf, peerAnswersOf } from './send.ts';

/** Where an answer goes. `eventId` is the event that asked for it: from it comes `random_id`, so a repeated turn answers once. */
type Address = Pick<Incoming, 'peer' | 'chat' | 'callback' | 'press'> & { readonly eventId: string };

export type Replies = {
  /** Never rejects for what VK says: a refusal is logged and the answer is given up. */
  say(to: Address, message: Message): Promise<void>;
  /** Stops the pressed button's spinner, with a short line of text or without. VK takes one answer per press, within a minute. */
  acknowledge(peer: number, sender: number, press: Press, snackbar: string | undefined): Promise<void>;
};

/** What became of an answer; a refusal with what it means. */
type Sent =
  | Exclude<PeerAnswer, { kind: 'refused' }>
  | (Omit<Extract<PeerAnswer, { kind: 'refused' }>, 'of'> & { readonly rule: Rule });

/** After a passing fault the same call is made again, with the same `random_id`. */
const PAUSES_MS = [500, 1500] as const;
/** VK shows no more of a snackbar. */
const SNACKBAR = 90;
const KEYBOARD_INVALID = 911;

export function createReplies(call: Call, log: Log, refused: VkOptions['refused']): Replies {
  async function say(to: Address, message: Message): Promise<void> {
    const keyboard = keyboardOf(message, to.chat, to.callback);
    for (const why of keyboard?.dropped ?? []) log.warn({ peer: to.peer, why }, 'a keyboard did not fit and was cut');
    if (to.press?.edit === true && (await replaced(to, message))) return;
    const parts = partsOf(message.text);
    for (const [index, text] of parts.entries()) {
      const last = index === parts.length - 1;
      const letter = {
        text,
        keyboard: last ? keyboard?.json : undefined,
        randomId: randomIdOf(`${to.eventId}:${index}`),
      };
      if (!(await delivered(to.peer, letter))) return;
    }
  }

  async function delivered(peer: number, letter: Letter): Promise<boolean> {
    for (let attempt = 0; ; attempt += 1) {
      const answer = await sendOne(peer, letter);
      if (answer.kind === 'sent') return true;
      if (answer.kind === 'refused' && answer.code === KEYBOARD_INVALID && letter.keyboard !== undefined) {
        log.error({ peer }, 'VK refused a keyboard; the words go without it');
        return delivered(peer, { ...letter, keyboard: undefined });
      }
      const pause = PAUSES_MS[attempt];
      const again = answer.kind === 'lost' || passing(answer.code, answer.text);
      if (pause === undefined || !again) {
        const facts = answer.kind === 'refused' ? { peer, code: answer.code, why: answer.text } : { peer };
        log.warn(facts, 'an answer was not delivered');
        if (answer.kind === 'refused') await tell(peer, answer.rule, answer.code);
        return false;
      }
      await sleep(pause);
    }
  }

  /** A peer that is closed to us is closed to the fan-out too: whoever keeps the peers hears of it. */
  async function tell(peer: number, { kind, word }: Rule, code: number): Promise<void> {
    if (kind !== 'gone' && kind !== 'until-writes') return;
    try {
      await refused?.(peer, `${code} ${word}`);
    } catch (error) {
      log.error({ peer, err: error }, 'a refusing peer could not be put to sleep');
    }
  }

  /** A refusal of the whole call is judged as such: «no permission» may then be the token's. */
  async function sendOne(peer: number, letter: Letter): Promise<Sent> {
    const called = await call('reply', 'messages.send', paramsOf(letter, [peer]));
    if (!called.ok) return { kind: 'refused', code: called.code, text: called.text, rule: callRuleOf(called.code) };
    const answer = peerAnswersOf(called.response, [peer]).get(peer) ?? { kind: 'lost' };
    return answer.kind === 'refused' ? { ...answer, rule: ruleOf(answer.code) } : answer;
  }

  /**
   * True when the pressed message now reads as the answer. Buttons go along: an edit without them takes them away. The
   * keyboard under the input field belongs to no message and cannot be changed by an edit.
   */
  async function replaced(to: Address, message: Message): Promise<boolean> {
    const cmid = to.press?.cmid;
    if (cmid === undefined || message.text.length > TEXT_LIMIT) return false;
    const keyboard = message.buttons === undefined ? undefined : inlineKeyboard(message.buttons, to.callback)?.json;
    for (let attempt = 0; ; attempt += 1) {
      const called = await call('reply', 'messages.edit', {
        peer_id: to.peer,
        // VK's schema calls it cmid, its older pages conversation_message_id; both are the same number.
        cmid,
        conversation_message_id: cmid,
        message: message.text.toWellFormed(),
        keyboard,
        disable_mentions: 1,
        dont_parse_links: 1,
      });
      if (called.ok) return true;
      const pause = PAUSES_MS[attempt];
      const again = pause !== undefined && passing(called.code, called.text);
      if (!again) {
        log.info(
          { peer: to.peer, code: called.code, why: called.text },
          'a message cannot be edited; the answer follows it',
        );
        return false;
      }
      await sleep(pause);
    }
  }

  return {
    say,
    async acknowledge(peer, sender, press, snackbar) {
      const data =
        snackbar === undefined || snackbar === '' ? undefined : { type: 'show_snackbar', text: cut(snackbar) };
      const called = await call('reply', 'messages.sendMessageEventAnswer', {
        event_id: press.eventId,
        user_id: sender,
        peer_id: peer,
        event_data: data === undefined ? undefined : JSON.stringify(data),
      });
      // 100: its minute is over, or it has been answered.
      if (!called.ok) log.info({ peer, code: called.code, why: called.text }, 'a press could not be acknowledged');
    },
  };
}

/** Worth another try within a second or two. */
function passing(code: number, text: string): boolean {
  if (code === NO_ANSWER) return text !== STOPPING.text;
  const { kind, waitMs } = callRuleOf(code);
  return waitMs <= 2000 && (kind === 'retry' || kind === 'slow');
}

function cut(text: string): string {
  const whole = text.toWellFormed();
  if (whole.length <= SNACKBAR) return whole;
  const end = /[\uD800-\uDBFF]/.test(whole.charAt(SNACKBAR - 2)) ? SNACKBAR - 2 : SNACKBAR - 1;
  return `${whole.slice(0, end)}…`;
}

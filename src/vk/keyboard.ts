/** Buttons of a message as VK's keyboard, made to fit VK's real limits: vk-io's builder lets broken ones through to error 911. */
import { chunksOf } from '../domain/chunks.ts';
import type { Button, Message } from '../text/message.ts';

type Rows = readonly (readonly Button[])[];
type Kind = 'text' | 'callback';
type Action =
  | { readonly type: Kind; readonly label: string; readonly payload: string }
  | { readonly type: 'open_link'; readonly label: string; readonly link: string };
type VkButton = { readonly action: Action; readonly color?: 'primary' | 'secondary' | 'positive' | 'negative' };

/** `json` for VK, absent when no button was left; `dropped`: what was left out, as words for the log. */
export type Keyboard = { readonly json: string | undefined; readonly dropped: readonly string[] };

/** VK's keyboard page: rows, buttons in a row, buttons in all. */
const INLINE = { rows: 6, row: 5, all: 10 } as const;
const ORDINARY = { rows: 10, row: 5, all: 40 } as const;
const LABEL = 40;
/** VK does not say whether bytes or characters; bytes are the stricter count. */
const PAYLOAD_BYTES = 255;

/**
 * The buttons under the message. `callback`: the reader's client knows callback buttons, which answer without a message
 * in the conversation and may edit the one they sit on; otherwise pressing writes the label as the person's own message.
 */
export function inlineKeyboard(rows: Rows, callback: boolean): Keyboard | null {
  const made = fitted(rows, INLINE, callback ? 'callback' : 'text');
  if (made.rows.length === 0 && made.dropped.length === 0) return null;
  const json = made.rows.length === 0 ? undefined : JSON.stringify({ inline: true, buttons: made.rows });
  return { json, dropped: made.dropped };
}

/** The keyboard under the input field of a DM. No rows: the one that is there goes away. */
export function ordinaryKeyboard(rows: Rows): Keyboard {
  const made = fitted(rows, ORDINARY, 'text');
  return {
    json: JSON.stringify({ one_time: made.rows.length === 0, buttons: made.rows }),
    dropped: made.dropped,
  };
}

/** VK takes one keyboard a message. Buttons that belong to the words win; the other one comes with the next message that has it. */
export function keyboardOf(message: Message, chat: boolean, callback: boolean): Keyboard | null {
  const inline = message.buttons === undefined ? null : inlineKeyboard(message.buttons, callback);
  if (inline !== null) return inline;
  return message.keyboard === undefined || chat ? null : ordinaryKeyboard(message.keyboard);
}

type Limit = { readonly rows: number; readonly row: number; readonly all: number };

function fitted(rows: Rows, limit: Limit, kind: Kind): { rows: VkButton[][]; dropped: string[] } {
  const dropped: string[] = [];
  const kept: VkButton[][] = [];
  let count = 0;
  for (const row of rows.flatMap((wide) => chunksOf(wide, limit.row))) {
    const buttons = row.flatMap((button) => {
      const made = vkButton(button, kind);
      if (typeof made !== 'string') return [made];
      dropped.push(made);
      return [];
    });
    if (buttons.length === 0) continue;
    if (kept.length >= limit.rows || count + buttons.length > limit.all) {
      dropped.push(`row ${kept.length + 1} does not fit`);
      break;
    }
    kept.push(buttons);
    count += buttons.length;
  }
  return { rows: kept, dropped };
}

/** The button, or why it cannot be one. */
function vkButton(button: Button, kind: Kind): VkButton | string {
  const label = labelOf(button.label);
  if (label === '') return 'button without a label';
  if ('link' in button) {
    const url = URL.parse(button.link);
    if (url === null || !['http:', 'https:'].includes(url.protocol)) return 'button with a link that is no web address';
    return { action: { type: 'open_link', label, link: url.href } };
  }
  const payload = JSON.stringify({ say: button.say.toWellFormed(), ...(button.edit === true ? { e: 1 } : {}) });
  if (Buffer.byteLength(payload) > PAYLOAD_BYTES) return `button whose payload is over ${PAYLOAD_BYTES} bytes`;
  return { action: { type: kind, label, payload }, color: button.color ?? 'secondary' };
}

/** One line of at most 40 characters; a longer one ends with «…». Letters drawn from several code points stay whole. */
function labelOf(raw: string): string {
  const label = raw
    .toWellFormed()
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim();
  if (label.length <= LABEL) return label;
  let cut = '';
  for (const { segment } of new Intl.Segmenter('ru').segment(label)) {
    if (cut.length + segment.length > LABEL - 1) break;
    cut += segment;
  }
  return cut === '' ? '' : `${cut.trimEnd()}…`;
}

/** One `messages.send` to one or many peers, its answer read peer by peer. */
import { type Called, field, type Params, type Refused } from './call.ts';

export type Letter = {
  readonly text: string;
  /** Keyboard as JSON text. */
  readonly keyboard: string | undefined;
  readonly randomId: number;
};
/** `lost`: VK said nothing of this peer, so nobody knows. */
export type PeerAnswer =
  | { readonly kind: 'sent' }
  | { readonly kind: 'lost' }
  | { readonly kind: 'refused'; readonly code: number; readonly text: string };
/** The way a `messages.send` takes: by itself, or together with others. */
export type SendCall = (params: Params) => Promise<Called>;
type Sent = { readonly ok: true; of(peer: number): PeerAnswer } | Refused;

/**
 * Sends with `peer_ids` (≤ 100), also to one peer: this form gives per-peer errors and chat message ids. A refused
 * recipient is not an error of the call; each is looked up by `peer_id`, never by position.
 */
export async function send(call: SendCall, peers: readonly number[], letter: Letter): Promise<Sent> {
  const called = await call({
    peer_ids: peers.join(','),
    message: letter.text,
    random_id: letter.randomId,
    keyboard: letter.keyboard,
    disable_mentions: 1,
    dont_parse_links: 1,
  });
  if (!called.ok) return called;
  const answers = new Map<number, PeerAnswer>();
  for (const item of Array.isArray(called.response) ? called.response : []) {
    const peer = Number(field(item, 'peer_id'));
    if (Number.isSafeInteger(peer)) answers.set(peer, peerAnswer(field(item, 'error')));
  }
  return { ok: true, of: (peer) => answers.get(peer) ?? { kind: 'lost' } };
}

/** VK's page calls `error` a string, its schema an object `{code, description}`: both are read. */
function peerAnswer(error: unknown): PeerAnswer {
  if (error === undefined || error === null || error === false) return { kind: 'sent' };
  if (typeof error === 'string') return { kind: 'refused', code: Number(/\d+/.exec(error)?.[0] ?? -1), text: error };
  const code = Number(field(error, 'code') ?? field(error, 'error_code') ?? -1);
  const text = field(error, 'description') ?? field(error, 'error_msg');
  return { kind: 'refused', code, text: typeof text === 'string' ? text : '' };
}

/** One `messages.send`: its parameters, and its answer read peer by peer. */
import { field, type Params } from './call.ts';

export type Letter = {
  readonly text: string;
  /** Keyboard as JSON text. */
  readonly keyboard: string | undefined;
  readonly randomId: number;
};
/**
 * `lost`: VK said nothing of this peer, so nobody knows. A refusal is `of` this peer, or of the whole call it was in; `again`: it
 * was not the first call with this letter, and one before it may have worked.
 */
export type PeerAnswer =
  | { readonly kind: 'sent' }
  | { readonly kind: 'lost' }
  | {
      readonly kind: 'refused';
      readonly code: number;
      readonly text: string;
      readonly of: 'peer' | 'call';
      readonly again?: true;
    };

/** One answer for every peer. */
export type Answers = ReadonlyMap<number, PeerAnswer>;

/** `peer_ids` (≤ 100), also to one peer: this form gives per-peer errors and chat message ids. */
export function paramsOf({ text, keyboard, randomId }: Letter, peers: readonly number[]): Params {
  return {
    peer_ids: peers.join(','),
    message: text,
    random_id: randomId,
    keyboard,
    disable_mentions: 1,
    dont_parse_links: 1,
  };
}

/** A refused recipient is not an error of the call; each is looked up by `peer_id`, never by position. */
export function peerAnswersOf(response: unknown, peers: readonly number[]): Map<number, PeerAnswer> {
  const answers = new Map<number, PeerAnswer>(peers.map((peer) => [peer, { kind: 'lost' }]));
  for (const item of Array.isArray(response) ? response : []) {
    const peer = Number(field(item, 'peer_id'));
    if (answers.has(peer)) answers.set(peer, peerAnswer(field(item, 'error')));
  }
  return answers;
}

/** VK's page calls `error` a string, its schema an object `{code, description}`: both are read. */
function peerAnswer(error: unknown): PeerAnswer {
  if (error === undefined || error === null || error === false) return { kind: 'sent' };
  if (typeof error === 'string')
    return { kind: 'refused', code: Number(/\d+/.exec(error)?.[0] ?? -1), text: error, of: 'peer' };
  const code = Number(field(error, 'code') ?? field(error, 'error_code') ?? -1);
  const text = field(error, 'description') ?? field(error, 'error_msg');
  return { kind: 'refused', code, text: typeof text === 'string' ? text : '', of: 'peer' };
}

/** What a request is about, for the faults of the transport: its method and peers, and those of the calls inside `execute`. */
import { runScript } from './execute.ts';
import type { Target } from './faults.ts';
import type { Form } from './params.ts';
import { CHATS_FROM } from './world.ts';

/** The request's own method first, then each call of its script; a script that cannot be read has none. */
export function targetsOf(method: string, form: Form): readonly Target[] {
  const targets: Target[] = [{ method, peers: peersOf(form) }];
  if (method === 'execute' && form.code !== undefined)
    runScript(form.code, (inner, params) => {
      targets.push({ method: inner, peers: peersOf(params) });
      return null;
    });
  return targets;
}

/** Every peer a call names, under whichever of VK's parameters. */
function peersOf({ peer_id, peer_ids, user_id, user_ids, chat_id }: Form): readonly number[] {
  const listed = [peer_id, peer_ids, user_id, user_ids].flatMap((list) => list?.split(',') ?? []);
  const chats = chat_id === undefined ? [] : [CHATS_FROM + Number(chat_id)];
  return [...listed.map(Number), ...chats].filter(Number.isInteger);
}

/** The page's calls to the control API of the sandbox it came from. */
import type { View } from '../../sandbox/seen.ts';

/** Does something; throws an Error with the sandbox's own reason where it could not be done. */
export async function control<T = unknown>(action: string, body: object = {}): Promise<T> {
  const answer = await fetch(`/control/${action}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const read = await answer.json();
  if (!answer.ok) throw new Error(String(read.error));
  return read;
}

export type Ask = { readonly me: number; readonly peer: number | undefined; readonly log: boolean };

export async function look({ me, peer, log }: Ask): Promise<View> {
  const query = new URLSearchParams({ log: log ? '1' : '0' });
  if (me > 0) query.set('as', String(me));
  if (peer !== undefined) query.set('peer', String(peer));
  const answer = await fetch(`/control/view?${query}`);
  if (!answer.ok) throw new Error(`view: ${answer.status}`);
  return answer.json();
}

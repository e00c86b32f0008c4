/** Pages on their way to the child: in pieces, so that no large one holds up our loop, and none twice while the child keeps it. */
import type { ChildProcess } from 'node:child_process';
import type { Page } from './contract.ts';
import type { Job, Piece, Told } from './messages.ts';

/** Bytes a message: packed and written in a fraction of a millisecond. */
const PIECE = 256 * 1024;

/** Sends jobs to children. A child keeps the pages of its last job until the next one, so that planning costs no second copy. */
export function jobSender(): (child: ChildProcess, job: Omit<Job, 'pages'>, pages: readonly Page[]) => Promise<void> {
  const numbers = new WeakMap<Page, number>();
  const kept = new WeakMap<ChildProcess, ReadonlySet<number>>();
  let last = 0;
  return async (child, job, pages) => {
    const known = kept.get(child);
    const sent = new Set<number>();
    const heads: Job['pages'][number][] = [];
    for (const page of pages) {
      const number = numbers.get(page) ?? ++last;
      numbers.set(page, number);
      const { body, ...head } = page;
      if (known?.has(number) !== true && !sent.has(number)) await sendBody(child, number, body);
      sent.add(number);
      heads.push({ ...head, number });
    }
    kept.set(child, sent);
    await send(child, { say: 'job', ...job, pages: heads });
  };
}

async function sendBody(child: ChildProcess, page: number, body: Uint8Array): Promise<void> {
  for (let at = 0; at === 0 || at < body.length; at += PIECE)
    await send(child, { say: 'piece', page, size: body.length, at, bytes: body.subarray(at, at + PIECE) });
}

/** Resolves when the message is written. One that a dying child no longer takes is lost with it: its exit says so. */
export function send(child: ChildProcess, message: Told): Promise<void> {
  return new Promise((done) => {
    child.send(message, () => done());
  });
}

/** The child's side: puts bodies together, and forgets those that the newest job does not name. */
export function pageKeeper(): { take(piece: Piece): void; pagesOf(job: Job): readonly Page[] } {
  const bodies = new Map<number, Uint8Array>();
  return {
    take({ page, size, at, bytes }) {
      const body = bodies.get(page) ?? new Uint8Array(size);
      bodies.set(page, body);
      body.set(bytes, at);
    },
    pagesOf({ pages }) {
      const named = new Set(pages.map(({ number }) => number));
      for (const number of bodies.keys()) if (!named.has(number)) bodies.delete(number);
      return pages.map(({ number, ...head }) => {
        const body = bodies.get(number);
        if (body === undefined) throw new Error(`page ${number} was not sent`);
        return { ...head, body };
      });
    },
  };
}

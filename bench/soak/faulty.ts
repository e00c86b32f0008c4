/** A bad line between the bot and the sandbox's VK: refusals, broken pages, answers lost before and after the call was taken, late ones. */
import { createServer, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/** Shares of the calls that send. */
export const BAD: Shares = { 'error 10': 0.03, 'bad gateway': 0.02, 'cut before': 0.02, 'cut after': 0.05, late: 0.05 };
type Trouble = 'error 10' | 'bad gateway' | 'cut before' | 'cut after' | 'late';
type Shares = Readonly<Partial<Record<Trouble, number>>>;
/** There and back, ms. */
const WAY = 40;
const LATE = 1500;

export type Line = {
  /** For `VK_API_URL`. */
  readonly apiUrl: string;
  readonly counts: Readonly<Record<Trouble | 'sends', number>>;
  /** Resolves when the next call that sends arrives. */
  nextSend(): Promise<void>;
  /** Resolves when VK has taken the next call that sends, before the bot can know. */
  nextTaken(): Promise<void>;
  /** What the bot asked to send in the calls that VK has taken and whose answer has not left for the bot: it can not have marked them. */
  unanswered(): readonly string[];
  close(): Promise<void>;
};

/** @param apiUrl the real one, `http://127.0.0.1:PORT/method` */
export async function openLine(apiUrl: string, shares: Shares): Promise<Line> {
  const target = new URL(apiUrl);
  const counts = { sends: 0, 'error 10': 0, 'bad gateway': 0, 'cut before': 0, 'cut after': 0, late: 0 };
  let sent = Promise.withResolvers<void>();
  let taken = Promise.withResolvers<void>();
  const unanswered = new Set<{ readonly asked: string }>();

  async function answer(path: string, headers: Record<string, unknown>, body: Buffer, to: ServerResponse) {
    const sends = path.includes('/execute') || path.includes('/messages.send');
    if (sends) {
      counts.sends += 1;
      sent.resolve();
      sent = Promise.withResolvers();
    }
    const trouble = sends ? draw(shares) : null;
    if (trouble !== null) counts[trouble] += 1;
    await pause(WAY);
    if (trouble === 'cut before') return to.destroy();
    if (trouble === 'bad gateway') return to.writeHead(502, { 'content-type': 'text/html' }).end('<h1>502</h1>');
    if (trouble === 'error 10')
      return to
        .writeHead(200, { 'content-type': 'application/json' })
        .end(JSON.stringify({ error: { error_code: 10, error_msg: 'Internal server error' } }));
    const answered = await forward(target, path, headers, body);
    const call = { asked: decodeURIComponent(body.toString().replaceAll('+', ' ')) };
    if (sends && isTaken(answered)) {
      unanswered.add(call);
      taken.resolve();
      taken = Promise.withResolvers();
    }
    await pause(trouble === 'late' ? LATE : WAY);
    unanswered.delete(call);
    if (trouble === 'cut after') return to.destroy();
    return to.writeHead(answered.status, { 'content-type': answered.type }).end(answered.body);
  }

  const server = createServer(async (from, to) => {
    const chunks: Buffer[] = [];
    try {
      for await (const chunk of from) chunks.push(chunk);
      await answer(from.url ?? '/', from.headers, Buffer.concat(chunks), to);
    } catch {
      // The bot was killed in the middle of asking.
      to.destroy();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    apiUrl: `http://127.0.0.1:${port}${target.pathname}`,
    counts,
    nextSend: () => sent.promise,
    nextTaken: () => taken.promise,
    unanswered: () => [...unanswered].map(({ asked }) => asked),
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

function draw(shares: Shares): Trouble | null {
  let dice = Math.random();
  for (const [trouble, share] of Object.entries(shares) as [Trouble, number][]) {
    if (dice < share) return trouble;
    dice -= share;
  }
  return null;
}

type Answered = { readonly status: number; readonly type: string; readonly body: Buffer };

/** VK answers every refusal of a whole call with an `error`, 6 among them. */
function isTaken({ status, body }: Answered): boolean {
  return status === 200 && 'response' in JSON.parse(body.toString());
}

function forward(target: URL, path: string, headers: Record<string, unknown>, body: Buffer): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const type = String(headers['content-type'] ?? 'application/x-www-form-urlencoded');
    const asked = request(
      {
        ...{ host: target.hostname, port: target.port, path, method: 'POST' },
        headers: { 'content-type': type, 'content-length': body.length },
      },
      async (answer) => {
        const chunks: Buffer[] = [];
        for await (const chunk of answer) chunks.push(chunk);
        resolve({
          status: answer.statusCode ?? 200,
          type: answer.headers['content-type'] ?? 'application/json',
          body: Buffer.concat(chunks),
        });
      },
    );
    asked.on('error', reject);
    asked.end(body);
  });
}

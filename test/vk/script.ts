/** A VK that answers polls from a script, for what a faithful one does only by chance. Loopback, closed when the test ends. */
import { randomInt } from 'node:crypto';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** What a poll is answered with; `hang`: nothing until something is pushed. */
export type Script = (query: URLSearchParams, number: number) => object | 'hang' | 'broken';
export type ScriptedVk = {
  readonly apiUrl: string;
  readonly polls: URLSearchParams[];
  readonly doors: number[];
  /** Every other call, in order. */
  readonly calls: { readonly method: string; readonly form: URLSearchParams }[];
  /** Answers the hanging poll. */
  release(answer: object): void;
};

/** What a call is answered with: the whole body; `undefined` is an ordinary success. */
export type ScriptedApi = (method: string, form: URLSearchParams) => object | 'hang' | undefined;

/** `door(n)` is what the n-th `groups.getLongPollServer` gives: a response, or an error code. */
export async function scriptedVk(
  script: Script,
  door: (number: number) => object | number | 'hang',
  api: ScriptedApi = () => undefined,
): Promise<ScriptedVk> {
  const polls: URLSearchParams[] = [];
  const calls: ScriptedVk['calls'] = [];
  const doors: number[] = [];
  let hanging: http.ServerResponse[] = [];
  const server = http.createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    const json = (body: object) => {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(body));
    };
    if (url.pathname === '/poll') {
      polls.push(url.searchParams);
      const answer = script(url.searchParams, polls.length);
      if (answer === 'hang') hanging.push(response);
      else if (answer === 'broken') response.writeHead(502).end('<html>Bad Gateway</html>');
      else json(answer);
      return;
    }
    if (url.pathname.endsWith('groups.getLongPollServer')) {
      doors.push(performance.now());
      const got = door(doors.length);
      if (got === 'hang') return;
      if (typeof got === 'number') json({ error: { error_code: got, error_msg: 'refused', request_params: [] } });
      else json({ response: { server: `${address}/poll`, ...got } });
      return;
    }
    if (url.pathname.endsWith('groups.getById'))
      return json({ response: { groups: [{ id: 1, name: 'Звонок' }], profiles: [] } });
    const body: Buffer[] = [];
    request.on('data', (chunk: Buffer) => body.push(chunk));
    request.on('end', () => {
      const method = url.pathname.replace('/method/', '');
      const form = new URLSearchParams(Buffer.concat(body).toString());
      calls.push({ method, form });
      const answer = api(method, form) ?? { response: 1 };
      if (answer !== 'hang') json(answer);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return {
    apiUrl: `${address}/method`,
    polls,
    doors,
    calls,
    release(answer) {
      for (const response of hanging) response.end(JSON.stringify(answer));
      hanging = [];
    },
  };
}

/** A person's message as VK's long poll gives it. */
export function messageNew(text: string, more: object = {}, peer = 7): object {
  const number = randomInt(1, 2 ** 40);
  return {
    type: 'message_new',
    event_id: `event-${number}`,
    v: '5.199',
    group_id: 1,
    object: {
      message: {
        id: number,
        date: 1,
        peer_id: peer,
        from_id: 7,
        text,
        conversation_message_id: number,
        out: 0,
        attachments: [],
        ...more,
      },
      client_info: {
        button_actions: ['text', 'callback'],
        keyboard: true,
        inline_keyboard: true,
        carousel: false,
        lang_id: 0,
      },
    },
  };
}

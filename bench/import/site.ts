/** A process of its own that serves the hostile answers: what they cost it must not be taken for what they cost the reader. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { HOSTILE } from './hostile.ts';

const GOOD =
  'BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:good\r\nDTSTART:20260907T060000Z\r\nDTEND:20260907T073500Z\r\nSUMMARY:Физика\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n';

const LARGE = `${'X-NOTE:nothing to see\r\n'.repeat(220_000)}${GOOD}`;

const server = createServer((request, response) => {
  response.on('error', () => response.destroy());
  const hostile = HOSTILE[Number(request.url?.slice(1))];
  if (request.url === '/large') response.writeHead(200, { 'content-type': 'text/calendar' }).end(LARGE);
  else if (hostile === undefined) response.writeHead(200, { 'content-type': 'text/calendar' }).end(GOOD);
  else hostile.serve(response);
});
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
process.on('disconnect', () => process.exit(0));

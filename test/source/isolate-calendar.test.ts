/** Hostile calendars through the real reader in its real child: each ends, and the next calendar is read. */
import { expect, onTestFinished, test } from 'vitest';
import type { Page, Span } from '../../src/source/contract.ts';
import { createReader, type Reader } from '../../src/source/isolate.ts';
import { refusal } from './site.ts';

const SPAN: Span = { from: '2026-09-01', to: '2027-02-01', zone: 'Europe/Moscow' };

function page(body: string | Uint8Array): Page {
  const request = { url: 'https://a.example/' };
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body;
  return { request, url: request.url, status: 200, headers: {}, body: bytes };
}

const upTo = (last: number): string => Array.from({ length: last + 1 }, (_, n) => n).join();
const every = `BYHOUR=${upTo(23)};BYMINUTE=${upTo(59)};BYSECOND=${upTo(59)}`;
const calendar = (...events: readonly string[]): Page =>
  page(
    `BEGIN:VCALENDAR\r\n${events.map((lines) => `BEGIN:VEVENT\r\n${lines}\r\nEND:VEVENT\r\n`).join('')}END:VCALENDAR\r\n`,
  );
const good = 'UID:good\r\nDTSTART:20260907T060000Z\r\nDTEND:20260907T073500Z\r\nSUMMARY:Физика (лек.)';

function ics(): Reader {
  const made = createReader({ profile: 'pasted' });
  onTestFinished(() => made.close());
  return made;
}

test('a rule of every second is refused alone and left out beside a good event', async () => {
  const one = ics();
  const bomb = `UID:bomb\r\nDTSTART:20260901T090000Z\r\nRRULE:FREQ=DAILY;${every}`;
  expect((await refusal(one.parse('ics', {}, [calendar(bomb)], SPAN))).what).toBe('too-big rule');
  const read = await one.parse('ics', {}, [calendar(bomb, good)], SPAN);
  expect(read.lessons).toMatchObject([{ subject: 'Физика', kind: 'lecture' }]);
  expect(read.skipped).toHaveLength(1);
});

test('5 MB of open blocks, of one line, of zeros: a refusal each, and the next calendar is read', async () => {
  const one = ics();
  const bodies = ['BEGIN:X\r\n', 'BEGIN:VCALENDAR\r\nSUMMARY:', '\0', '<div>'];
  for (const start of bodies) {
    const body = Buffer.alloc(4_900_000, start);
    expect((await refusal(one.parse('ics', {}, [page(body)], SPAN))).what).toMatch(/^(changed|too-big) /);
  }
  expect((await one.parse('ics', {}, [calendar(good)], SPAN)).lessons).toHaveLength(1);
});

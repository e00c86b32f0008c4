/** Conversations without VK: real flows, SQLite in memory, a clock; every message is checked as it comes. */
import { expect } from 'vitest';
import { answer } from '../../src/chat/answer.ts';
import type { Form } from '../../src/chat/form.ts';
import type { Answer, Turn } from '../../src/chat/turn.ts';
import { understand } from '../../src/chat/understand.ts';
import type { Lesson } from '../../src/domain/lesson.ts';
import type { Peer } from '../../src/domain/peer.ts';
import { createByHand } from '../../src/flows/edit.ts';
import { openPeer } from '../../src/flows/follow.ts';
import type { World } from '../../src/flows/world.ts';
import type { Message } from '../../src/text/message.ts';
import { clockAt, type TestClock } from '../support/clock.ts';
import { lesson } from '../support/make.ts';
import { keptPages } from '../support/pages.ts';
import { memoryStore } from '../support/store.ts';

export type Stage = {
  readonly world: World;
  readonly clock: TestClock;
  /** Says words as this person in this conversation and returns what the bot answers. */
  say(sender: number, peer: number, text: string, part?: Partial<Turn>): Promise<Answer>;
  /** The same, for words that must be answered. */
  ask(sender: number, peer: number, text: string, part?: Partial<Turn>): Promise<Message>;
  /** Presses the button with this label on the last message of the conversation. */
  press(sender: number, peer: number, label: string): Promise<Message>;
  /** Everybody for whom `isAdmin` is true. */
  readonly admins: Set<number>;
  /** Somebody's timetable, made by hand, with these lessons or with one, «Пара NAME», on Fridays 09:45–11:20; returns its id. */
  timetable(name: string, by?: number, lessons?: readonly Lesson[]): Promise<number>;
  peer(id: number): Promise<Peer>;
  close(): Promise<void>;
};

/** A Thursday noon in Moscow. `read` is the way out to sources. */
export async function openStage(
  read: World['read'] = noSource,
  part: Partial<Pick<World, 'universities' | 'readCatalogue'>> = {},
): Promise<Stage> {
  const clock = clockAt('2026-11-19', '12:00');
  const store = await memoryStore();
  const quiet = () => {};
  const log = { debug: quiet, info: quiet, warn: quiet, error: quiet };
  const world: World = {
    store,
    now: clock.now,
    log,
    read,
    operators: [],
    universities: async () => [],
    readCatalogue: async () => ({ status: 'unchanged' }),
    recognise: async () => [],
    stranger: async () => null,
    reread: noSource,
    pages: keptPages(),
    ...part,
    zone: 'Europe/Moscow',
    wake: quiet,
  };
  let turns = 0;
  const forms = new Map<string, Form | null>();
  const last = new Map<number, Message>();
  const admins = new Set<number>();

  async function say(sender: number, peer: number, text: string, part: Partial<Turn> = {}): Promise<Answer> {
    const key = `${peer} ${sender}`;
    turns += 1;
    const answered = await answer(
      {
        id: `turn ${turns}`,
        peer,
        sender,
        chat: peer >= 2_000_000_000,
        event: 'message',
        text,
        addressed: true,
        ref: '',
        files: [],
        isAdmin: async () => admins.has(sender),
        form: forms.get(key) ?? null,
        ...part,
      },
      world,
    );
    // As the session does: plain JSON, nothing that a restart would lose.
    forms.set(key, JSON.parse(JSON.stringify(answered.form)));
    if (answered.message !== null) {
      checkMessage(answered.message, peer >= 2_000_000_000);
      last.set(peer, answered.message);
    }
    return answered;
  }

  async function ask(sender: number, peer: number, text: string, part: Partial<Turn> = {}): Promise<Message> {
    const { message } = await say(sender, peer, text, part);
    if (message === null) throw new Error(`silence to «${text}»`);
    return message;
  }

  return {
    world,
    clock,
    admins,
    peer: (id) => openPeer(world, id),
    async timetable(name, by = 99, lessons) {
      const usual = lesson({
        subject: `Пара ${name}`,
        times: { on: 'weekly', weekday: 5, weeks: 'every', start: '09:45', end: '11:20' },
      });
      const made = await createByHand(world, {
        name,
        by,
        peer: by,
        bells: [],
        term: { start: '2026-09-01', end: '2027-01-31', week1: '2026-08-31' },
        lessons: lessons ?? [usual],
      });
      if (!made.ok) throw new Error(`no timetable ${name}`);
      return made.timetable.id;
    },
    say,
    ask,
    press(sender, peer, label) {
      const message = last.get(peer);
      const buttons = [...(message?.buttons ?? []), ...(message?.keyboard ?? [])].flat();
      const button = buttons.find((one) => one.label === label);
      if (button === undefined || 'link' in button)
        throw new Error(`no button «${label}» among ${buttons.map((one) => one.label).join(', ')}`);
      return ask(sender, peer, button.say, { event: 'press' });
    },
    close: () => store.close(),
  };
}

/** What VK and our own promises ask of any message: its length, its buttons, and that every button can be typed. */
export function checkMessage(message: Message, chat: boolean): void {
  expect(message.text.length).toBeGreaterThan(0);
  expect(message.text.length).toBeLessThanOrEqual(4096);
  const inline = message.buttons ?? [];
  expect(inline.length).toBeLessThanOrEqual(6);
  expect(inline.flat().length).toBeLessThanOrEqual(10);
  if (chat) expect(message.keyboard).toBeUndefined();
  for (const button of [...inline, ...(message.keyboard ?? [])].flat()) {
    expect(button.label.length).toBeLessThanOrEqual(40);
    if ('link' in button) continue;
    expect(Buffer.byteLength(JSON.stringify({ say: button.say, e: 1 }))).toBeLessThanOrEqual(255);
    // A button's words are never taken for a group's name, save those that ask for one.
    if (button.say !== 'сменить группу') expect(understand(button.say, true).kind, button.say).not.toBe('group');
  }
}

function noSource(): never {
  throw new Error('this conversation reads no source');
}

/** What the stories of this folder share: a calendar, a bot that reads it, Аня who follows it, and what she heard since. */
import { afterEach, beforeEach } from 'vitest';
import { type CalendarServer, calendarServer, type Event } from '../../support/calendar.ts';
import { openStory, type Story } from '../../support/story.ts';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

export type Peers = {
  calendar: CalendarServer;
  story: Story;
  anya: number;
  /** What the bot has said to somebody since this was asked last (at first: since the story began), line feeds kept. */
  news(peer: number): string[];
  /** The calendar says this from now on; it is read, and what is believed is told. */
  publish(events: Event[]): Promise<void>;
};

/** Begins each test of a file anew: Moscow wall time, and nobody follows anything yet. */
export function eachOnStage(at: [day: string, clock: string], options: { database?: () => string } = {}): Peers {
  const heard = new Map<number, number>();
  const stage = {
    news(peer) {
      const all = stage.story.heard(peer).map(({ text }) => text);
      const before = heard.get(peer) ?? 0;
      heard.set(peer, all.length);
      return all.slice(before);
    },
    async publish(events) {
      stage.calendar.events = events;
      stage.story.clock.move(20 * MINUTE);
      await stage.story.app.importNow();
      await stage.story.believe();
    },
  } as Peers;
  beforeEach(async () => {
    heard.clear();
    stage.calendar = await calendarServer([], 'ИВТ-11');
    const database = options.database?.();
    stage.story = await openStory({
      at,
      allow: [stage.calendar.host],
      ...(database === undefined ? {} : { database }),
    });
    stage.anya = stage.story.vk.addPerson({ firstName: 'Аня' });
  });
  afterEach(async () => {
    await stage.story.close();
    await stage.calendar.close();
  });
  return stage;
}

/** A lesson of an hour and a half: `lesson('15.09 10:00', 'Физика', '404Л')`, of 2026 unless a year is said. */
export function lesson(when: string, subject: string, room = '1', more: Partial<Event> = {}): Event {
  const [, day = '', month = '', year = '2026', hour = '', minute = ''] =
    /^(\d\d)\.(\d\d)(?:\.(\d{4}))? (\d\d):(\d\d)$/.exec(when) ?? [];
  const minutes = Number(hour) * 60 + Number(minute) + 90;
  const end = `${String(Math.floor(minutes / 60)).padStart(2, '0')}${String(minutes % 60).padStart(2, '0')}`;
  const date = `${year}${month}${day}`;
  return { start: `${date}T${hour}${minute}00`, end: `${date}T${end}00`, subject, room, ...more };
}

/** The sandbox with the demo university: its files are served on this machine and read like anybody's. */
import { aliveFile } from './demo/alive.ts';
import { soonAfter } from './demo/days.ts';
import { readSample, type Sample } from './demo/sample.ts';
import { type Instant, wallOf } from './domain/calendar.ts';
import { keepCatalogue } from './flows/catalogue.ts';
import type { Offer } from './flows/entries.ts';
import type { World } from './flows/world.ts';
import { type Clock, type Sandbox, startSandbox } from './sandbox/index.ts';
import { TEMPLATES } from './template.ts';

export type Demo = {
  readonly sandbox: Sandbox;
  /** What its groups are read by. */
  readonly sources: readonly string[];
  /** Makes the demo's groups known to the bot; the addresses change with the port, so at every start. */
  keep(world: World): Promise<void>;
};

/** For a newcomer's first minutes: the one thing in the demo that does not wait, by the clock. */
export function firstReminder(startedAt: Instant): string {
  const { clock } = wallOf(soonAfter(startedAt).from, 'Europe/Moscow');
  return `В ${clock} (Москва) в ПИ-21 «Звонок в песочнице»: напиши сейчас «ПИ-21», потом «напоминать за 5 минут», и через минуту-другую придёт первое напоминание. Позже переведи часы на странице: «Завтра 09:39».`;
}

/**
 * Starts the emulator on a loopback host and serves `data/sample` under `/sample/`, with what depends on the day laid over it.
 * `now` is the product clock; `clock` is the same one where the sandbox may move it.
 */
export async function openDemo(options: {
  host: string;
  port: number;
  now: () => Instant;
  clock?: Clock;
}): Promise<Demo> {
  const { now } = options;
  const sample = await readSample();
  const startedAt = now();
  const sandbox = await startSandbox({
    ...options,
    zone: sample.zone,
    dialogs: 'demo',
    files: [
      ...TEMPLATES,
      ...[...sample.files.keys()].map((file) => ({
        path: `/sample/${file}`,
        type: `text/${isTable(file) ? 'csv' : 'calendar'}; charset=utf-8`,
        read: () => Buffer.from(aliveFile(sample, file, { now: now(), startedAt })),
      })),
    ],
  });
  const { name, zone } = sample;
  const entries = entriesOf(sample, sandbox.address);
  const sources = [...new Set(entries.map(({ source }) => source))];
  return { sandbox, sources, keep: (world) => keepCatalogue(world, { key: 'demo', name, zone, entries }) };
}

/** A calendar is the group's own; of the faculty's table the group's rows are asked for. */
export function entriesOf({ groups }: Sample, address: string): readonly Offer[] {
  return groups.map(({ name, file }): Offer => {
    const url = `${address}/sample/${file}`;
    return isTable(file)
      ? { kind: 'group', name, source: 'table', ask: { url, group: name } }
      : { kind: 'group', name, source: 'ics', ask: { url } };
  });
}

function isTable(file: string): boolean {
  return file.endsWith('.csv');
}

/** The sandbox with the demo university: its calendars are served on this machine and read like anybody's. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Instant } from './domain/calendar.ts';
import { keepCatalogue } from './flows/catalogue.ts';
import type { World } from './flows/world.ts';
import { type Sandbox, startSandbox } from './sandbox/index.ts';

const FOLDER = join(import.meta.dirname, '../data/sample');

const university = z.object({
  name: z.string(),
  zone: z.string(),
  groups: z.array(z.object({ name: z.string(), faculty: z.string(), file: z.string().regex(/^[a-z0-9-]+\.ics$/) })),
});

export type Demo = {
  readonly sandbox: Sandbox;
  /** Makes the demo's groups known to the bot; the addresses change with the port, so at every start. */
  keep(world: World): Promise<void>;
};

/** Starts the emulator on a loopback host and serves `data/sample` under `/sample/`. */
export async function openDemo(options: { host: string; port: number; now: () => Instant }): Promise<Demo> {
  const demo = university.parse(JSON.parse(await readFile(join(FOLDER, 'university.json'), 'utf8')));
  const sandbox = await startSandbox({
    ...options,
    dialogs: 'demo',
    files: demo.groups.map(({ file }) => ({
      path: `/sample/${file}`,
      type: 'text/calendar; charset=utf-8',
      read: () => readFile(join(FOLDER, file)),
    })),
  });
  return {
    sandbox,
    keep: (world) =>
      keepCatalogue(world, {
        university: demo.name,
        zone: demo.zone,
        entries: demo.groups.map(({ name, file }) => ({
          name,
          source: 'ics',
          ask: { url: `${sandbox.address}/sample/${file}` },
        })),
      }),
  };
}

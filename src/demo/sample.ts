/** The demo university as it lies in `data/sample`: groups, timetables for ever, and what its days may bring. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const FOLDER = join(import.meta.dirname, '../../data/sample');

const clock = z.string().regex(/^\d\d:\d\d$/);
const weekday = z.literal([1, 2, 3, 4, 5, 6, 7]);

const university = z.object({
  name: z.string(),
  zone: z.string(),
  groups: z.array(
    z.object({
      name: z.string(),
      faculty: z.string(),
      /** A calendar is the group's own, a table is the faculty's. */
      file: z.string().regex(/^[a-z0-9-]+\.(?:ics|csv)$/),
      /** Those of one exam week. */
      exams: z.array(z.object({ weekday, subject: z.string(), teacher: z.string(), room: z.string() })),
    }),
  ),
  /** Each week one of them in turn: that week's lesson of the series is held then and there. */
  moves: z.array(z.object({ uid: z.string(), weekday, start: clock, room: z.string() })).min(1),
  /** The lesson that begins soon after the sandbox starts. */
  soon: z.object({ group: z.string(), subject: z.string(), teacher: z.string(), link: z.url() }),
});

export type University = z.infer<typeof university>;
export type Group = University['groups'][number];
export type Exam = Group['exams'][number];
export type Move = University['moves'][number];

/** `files`: name -> text as it lies there. */
export type Sample = University & { readonly files: ReadonlyMap<string, string> };

/** Reads the folder. Throws when it is not as it should be: it comes with the program. */
export async function readSample(): Promise<Sample> {
  const read = (name: string) => readFile(join(FOLDER, name), 'utf8');
  const sample = university.parse(JSON.parse(await read('university.json')));
  const names = [...new Set(sample.groups.map(({ file }) => file))];
  const files = await Promise.all(names.map(async (name) => [name, await read(name)] as const));
  return { ...sample, files: new Map(files) };
}

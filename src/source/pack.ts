/** Lessons on their way from the child to the program: what repeats is sent once, and a lesson is three references to it. */
import { createHash } from 'node:crypto';
import type { Lesson, Times } from '../domain/lesson.ts';
import type { Prints } from '../domain/prints.ts';
import type { Content } from './content.ts';
import { lessonOf, type Normalized, type Row } from './normalize.ts';
import { numbering } from './remember.ts';

/** A part of the lessons with what no earlier part has brought. `rows` holds the places of content, times and id of each lesson. */
export type Pack = {
  readonly contents: readonly Content[];
  readonly times: readonly Times[];
  readonly ids: readonly string[];
  readonly rows: Uint32Array;
};

/**
 * A reading with the print of all that it says, 64 hex digits: pages that differ in their bytes alone have equal ones. `prints` are
 * those of its days.
 */
export type Printed = Normalized & { readonly print: string; readonly prints: Prints };

/** Makes the print of a reading out of its packs, in order, and what stands beside its lessons. */
export function printer(): { add(pack: Pack): void; digest(rest: Omit<Normalized, 'lessons'>): string } {
  const hash = createHash('sha256');
  return {
    add({ rows, ...values }) {
      hash.update(JSON.stringify([values, rows.length])).update(rows);
    },
    digest: (rest) => hash.update(JSON.stringify(rest)).digest('hex'),
  };
}

/** Cuts rows into packs of at most `size` lessons, in order. */
export function* packed(rows: readonly Row[], size: number): Generator<Pack> {
  const [contents, times, ids] = [fresh<Content>(), fresh<Times>(), fresh<string>()];
  for (let from = 0; from < rows.length; from += size) {
    const part = rows.slice(from, from + size);
    const numbers = part.flatMap((row) => [
      contents.numberOf(row.content),
      times.numberOf(row.times),
      ids.numberOf(row.sourceId),
    ]);
    yield { contents: contents.take(), times: times.take(), ids: ids.take(), rows: Uint32Array.from(numbers) };
  }
}

/** Numbers values and hands out those that are new since the last time. */
function fresh<T>(): { numberOf(value: T): number; take(): T[] } {
  const numberOf = numbering<T>();
  let [seen, waiting]: [number, T[]] = [0, []];
  return {
    numberOf(value) {
      const number = numberOf(value);
      if (number === seen) {
        seen += 1;
        waiting.push(value);
      }
      return number;
    },
    take() {
      const taken = waiting;
      waiting = [];
      return taken;
    },
  };
}

/** Takes packs in the order they were made. Throws for a reference to what was never sent. */
export function unpacker(): (pack: Pack) => Lesson[] {
  const [contents, times, ids]: [Content[], Times[], string[]] = [[], [], []];
  return (pack) => {
    contents.push(...pack.contents);
    times.push(...pack.times);
    ids.push(...pack.ids);
    const lessons: Lesson[] = [];
    for (let at = 0; at < pack.rows.length; at += 3) {
      const [content, when, sourceId] = [
        contents[pack.rows[at] ?? -1],
        times[pack.rows[at + 1] ?? -1],
        ids[pack.rows[at + 2] ?? -1],
      ];
      if (content === undefined || when === undefined || sourceId === undefined)
        throw new Error('a lesson refers to what was not sent');
      lessons.push(lessonOf({ content, times: when, sourceId }));
    }
    return lessons;
  };
}

/** What a timetable offers to choose from: its subgroups, and what of it can be hidden. */
import type { Hidden } from '../domain/peer.ts';
import { lessonsOf } from '../store/index.ts';
import type { World } from './world.ts';

/** The subgroups of a timetable, and what in it can be hidden and is not yet, the most frequent first. */
export async function choicesIn(
  world: World,
  id: number,
  hidden: readonly Hidden[],
): Promise<{ subgroups: string[]; hideable: Hidden[] }> {
  const lessons = await lessonsOf(world.store.db, id, {});
  const taken = new Set(hidden.map(({ by, name }) => `${by} ${name}`));
  const free = (by: Hidden['by'], names: readonly string[]) =>
    byFrequency(names).flatMap((name): Hidden[] => (taken.has(`${by} ${name}`) ? [] : [{ by, name }]));
  return {
    subgroups: byFrequency(lessons.map(({ subgroup }) => subgroup)).sort(
      new Intl.Collator('ru', { numeric: true }).compare,
    ),
    hideable: [
      ...free(
        'subject',
        lessons.map(({ subject }) => subject),
      ),
      ...free(
        'teacher',
        lessons.flatMap(({ teachers }) => teachers),
      ),
      ...free(
        'kind',
        lessons.map(({ kind }) => kind),
      ),
    ],
  };
}

function byFrequency(names: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const name of names) if (name !== '') counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).map(([name]) => name);
}

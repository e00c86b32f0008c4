/** What people see of a timetable, and what they make of it when told of changes. */
import type { Change } from '../../src/domain/diff.ts';
import type { Occurrence } from '../../src/domain/occurrence.ts';

/** What people see of a timetable: lessons that take place, twins once. */
export function seen(list: readonly Occurrence[]): string[] {
  const looks = list
    .filter((one) => !one.cancelled)
    .map(({ number: _, startsAt: __, endsAt: ___, note: ____, sourceId: _____, teachers, place, ...rest }) =>
      JSON.stringify(
        { ...rest, teachers: [...teachers].sort(), room: place.room, format: place.format },
        Object.keys({ ...rest, teachers, room: 1, format: 1 }).sort(),
      ),
    );
  return [...new Set(looks)].sort();
}

/** The old timetable with the changes written into it. */
export function apply(list: readonly Occurrence[], changes: readonly Change[]): string[] {
  const now = new Set(seen(list));
  for (const change of changes) {
    if (change.kind === 'cancelled' || change.kind === 'altered')
      for (const look of seen([change.before])) now.delete(look);
  }
  for (const change of changes) if (change.kind !== 'cancelled') for (const look of seen([change.after])) now.add(look);
  return [...now].sort();
}

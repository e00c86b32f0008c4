/** Listeners who are told the same of these lessons: what one hides counts only where it is among them. */
import { type Audible, hearing, type Taste } from './hear.ts';
import { fold } from './name.ts';

/** Groups of listeners, none of them empty, who hear of the same ones of these lessons and wish the same else, as `restOf` says it. */
export function alikeIn<One extends Taste>(
  listeners: readonly One[],
  lessons: readonly Audible[],
  restOf: (one: One) => object,
): [One, ...One[]][] {
  const known = new Map<string, string>();
  const folded = (name: string) => {
    const once = known.get(name) ?? fold(name);
    known.set(name, once);
    return once;
  };
  const distinct = [...new Map(lessons.map((one) => [factsOf(one), one])).values()];
  const groups = new Map<string, [One, ...One[]]>();
  for (const one of listeners) {
    const unheard = hearing(one, folded);
    const heard = distinct.map((lesson) => (unheard(lesson) === null ? '+' : '-')).join('');
    const name = `${heard} ${JSON.stringify({ ...restOf(one), subgroup: '', hidden: [] })}`;
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [one]);
    else group.push(one);
  }
  return [...groups.values()];
}

function factsOf({ subject, kind, teachers, subgroup, number }: Audible): string {
  return JSON.stringify([subject, kind, teachers, subgroup, number]);
}

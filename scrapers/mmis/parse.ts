/** The weeks that were read become lessons. */
import { addDays, type Parsed } from '#source';
import { expand } from './cyclical.ts';
import type { Answered } from './follow.ts';
import { merged } from './merge.ts';

/** Throws SourceError `changed`/`parity` for a template that contradicts itself. */
export function lessonsOf({ kind, site, name, mondays, weeks }: Answered): Parsed {
  const [from = '', last = ''] = [mondays[0], mondays.at(-1)];
  const covers = { from, to: addDays(last, 7) };
  const rows = weeks.flatMap((week) => week.rows);
  const dated = weeks[0]?.cyclical === true ? expand(rows, mondays) : rows;
  // Some servers answer with more than the week asked for; what was not asked for was not read whole.
  const inside = dated.filter(({ day }) => day >= covers.from && day < covers.to);
  const called = weeks.map((week) => week.name).find((one) => one !== '') ?? name;
  return {
    ...(called === '' ? {} : { name: called }),
    zone: site.zone,
    covers,
    lessons: merged(inside, kind !== 'group'),
    skipped: [...new Set(weeks.flatMap((week) => week.skipped))],
  };
}

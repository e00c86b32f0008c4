/** The same change week after week is told once: «каждый вторник: 404Л → 510М», not fifteen lines. */
import { addDays, type Day, daysBetween, weekNumber } from './calendar.ts';
import { type Change, sidesOf } from './diff.ts';
import { type LessonLine, line, type Run } from './notice.ts';
import { eachOf, finish, type Steps } from './steps.ts';

/** One line of what changed: the first date's change, and all of them where it is repeated. */
export type Repeated = {
  readonly change: Change;
  /** In order of time, `change` first. */
  readonly dates: readonly Change[];
  readonly run: Run | null;
};

/** Fewer dates than this are told one by one. */
const MANY = 3;
/** Of the dates of a run, how many may be left out (holidays). */
const EXCEPT = 1 / 4;

/**
 * Changes (in order of time, as `diff` gives them) as people say them: what happens to a lesson in the same way on at least three
 * dates, a week or two apart, becomes one. `week1` is the Monday of academic week 1, `last` the last day with lessons.
 */
export function repeated(changes: readonly Change[], known: { week1: Day | null; last: Day }): Repeated[] {
  return finish(repeating(changes, known));
}

/** `repeated` in pieces. */
export function* repeating(
  changes: readonly Change[],
  { week1, last }: { week1: Day | null; last: Day },
): Steps<Repeated[]> {
  const order = new Map(changes.map((change, index) => [change, index]));
  const signatures = yield* eachOf(changes, signatureOf);
  const alike = Map.groupBy(changes, (change) => signatures[order.get(change) ?? -1] ?? '');
  yield;
  const told = [...alike.values()].flatMap((some) => runsIn(some, week1, last));
  return told.sort((a, b) => (order.get(a.change) ?? 0) - (order.get(b.change) ?? 0));
}

/** Equal for changes that differ by whole weeks only. */
function signatureOf(change: Change): string {
  const day = dayOf(change);
  const sides = sidesOf(change).map((side) => {
    const { day: on, endDay, ...rest } = line(side);
    return [weekday(day), daysBetween(day, on), daysBetween(on, endDay), rest];
  });
  // `line` names its members in one order.
  return JSON.stringify([change.kind, change.kind === 'altered' ? change.what : [], sides]);
}

function weekday(day: Day): number {
  return ((daysBetween('1970-01-05', day) % 7) + 7) % 7;
}

/** The day a change is told under. */
export function dayOf(
  change:
    | { readonly kind: 'cancelled' | 'altered'; readonly before: Pick<LessonLine, 'day'> }
    | { readonly kind: 'restored' | 'added'; readonly after: Pick<LessonLine, 'day'> },
): Day {
  return 'before' in change ? change.before.day : change.after.day;
}

function runsIn(alike: readonly Change[], week1: Day | null, last: Day): Repeated[] {
  const [weekly, second] = [splitBy(alike, 1), splitBy(alike, 2)];
  const every = lines(second) < lines(weekly) ? 2 : 1;
  return (every === 1 ? weekly : second).flatMap((dates): Repeated[] => {
    const [change] = dates;
    if (change === undefined || dates.length < MANY)
      return dates.map((one) => ({ change: one, dates: [one], run: null }));
    return [{ change, dates, run: runOf(dates.map(dayOf), every, week1, last) }];
  });
}

function lines(parts: readonly (readonly Change[])[]): number {
  return parts.reduce((sum, { length }) => sum + (length < MANY ? length : 1), 0);
}

/** Parts of equal distance; between two of them a single date may be missing while few are. */
function splitBy(alike: readonly Change[], every: 1 | 2): Change[][] {
  const strict: Change[][] = [];
  for (const change of alike) {
    const part = strict.at(-1);
    if (part !== undefined && weeksBetween(part, [change]) === every) part.push(change);
    else strict.push([change]);
  }
  const parts: { dates: Change[]; missing: number }[] = [];
  for (const dates of strict) {
    const part = parts.at(-1);
    const enough = part !== undefined && part.missing + 1 <= (part.dates.length + dates.length) * EXCEPT;
    if (enough && weeksBetween(part.dates, dates) === 2 * every) {
      part.dates.push(...dates);
      part.missing += 1;
    } else parts.push({ dates: [...dates], missing: 0 });
  }
  return parts.map(({ dates }) => dates);
}

/** From the last of one part to the first of the next. */
function weeksBetween(left: readonly Change[], right: readonly Change[]): number | null {
  const [a, b] = [left.at(-1), right[0]];
  return a === undefined || b === undefined ? null : daysBetween(dayOf(a), dayOf(b)) / 7;
}

function runOf(days: readonly Day[], every: 1 | 2, week1: Day | null, last: Day): Run | null {
  const [from, to] = [days[0], days.at(-1)];
  if (from === undefined || to === undefined) return null;
  const changed = new Set(days);
  const except: Day[] = [];
  for (let day = from; day < to; day = addDays(day, 7 * every)) if (!changed.has(day)) except.push(day);
  const parity = every === 1 || week1 === null ? null : weekNumber(from, week1) % 2 === 0 ? 'even' : 'odd';
  return { from, to, every, parity, except, open: addDays(to, 7 * every) > last };
}

/** What operators look at: every source with its feeds counted, and the feeds of one that are in trouble. */
import type { ExpressionBuilder } from 'kysely';
import { type FeedState, keyOf, PASTED, type SourceState } from '../domain/source-state.ts';
import { type Feed, fromRow } from './feed.ts';
import type { Db, Schema } from './schema.ts';

/** Every source and university that is read, and the calendars people brought as one; in no order. */
export async function sourceStates(db: Db): Promise<SourceState[]> {
  const rows = await db
    .selectFrom('feed')
    .innerJoin('timetable', 'timetable.id', 'feed.timetable_id')
    .select((eb) => [
      'feed.profile',
      'feed.source',
      'feed.university',
      eb.fn.max('timetable.university').as('name'),
      eb.fn.countAll<number>().as('all'),
      // Each feed counts once: what is held and fails besides is held.
      eb.fn.sum<number | null>('feed.ailing').filterWhere('feed.held', 'is', null).as('failing'),
      eb.fn.count<number>('feed.held').as('held'),
      eb.fn.count<number>('feed.problem').filterWhere('feed.held', 'is', null).as('failed'),
      eb.fn.max('feed.good_at').as('good'),
      eb.fn.min('feed.next_check').as('next'),
    ])
    .groupBy(['feed.profile', 'feed.source', 'feed.university'])
    .execute();
  const states = rows.map((row): SourceState => {
    const pasted = row.profile === 'pasted';
    const failing = Number(row.failing ?? 0);
    return {
      key: pasted ? PASTED : keyOf(row),
      name: pasted ? '' : (row.name ?? ''),
      all: Number(row.all),
      failing,
      held: Number(row.held),
      lacking: Number(row.failed) - failing,
      goodAt: row.good,
      nextCheck: row.next ?? 0,
    };
  });
  return [...Map.groupBy(states, ({ key }) => key).values()].map((alike) => alike.reduce(together));
}

function together(a: SourceState, b: SourceState): SourceState {
  return {
    key: a.key,
    name: a.name === '' ? b.name : a.name,
    all: a.all + b.all,
    failing: a.failing + b.failing,
    held: a.held + b.held,
    lacking: a.lacking + b.lacking,
    goodAt: Math.max(a.goodAt ?? 0, b.goodAt ?? 0) || null,
    nextCheck: Math.min(a.nextCheck, b.nextCheck),
  };
}

/** The feeds of a source (`keyOf`, PASTED) that are held or fail: held ones first, then those that failed most often. */
export async function feedsInTrouble(
  db: Db,
  key: string,
  { limit, offset }: { readonly limit: number; readonly offset: number },
): Promise<{ readonly feeds: FeedState[]; readonly all: number }> {
  const troubled = db
    .selectFrom('feed')
    .where(ofSource(key))
    .where((eb) => eb.or([eb('feed.problem', 'is not', null), eb('feed.held', 'is not', null)]));
  const rows = await troubled
    .innerJoin('timetable', 'timetable.id', 'feed.timetable_id')
    .selectAll('feed')
    .select('timetable.name')
    .orderBy((eb) => eb.case().when('feed.held', 'is', null).then(1).else(0).end())
    .orderBy('feed.failures', 'desc')
    .orderBy('feed.id')
    .limit(limit)
    .offset(offset)
    .execute();
  const { all } = await troubled.select((eb) => eb.fn.countAll<number>().as('all')).executeTakeFirstOrThrow();
  return { feeds: rows.map((row) => feedState(fromRow(row), row.name)), all: Number(all) };
}

/** A feed as operators see it. What a person brought has no name for them: it may be a secret. */
export function feedState(feed: Feed, name: string): FeedState {
  const { id, profile, held, heldSince, problem, failures, goodAt, nextCheck } = feed;
  return {
    id,
    key: profile === 'pasted' ? PASTED : keyOf(feed),
    name: profile === 'pasted' ? '' : name,
    held: held === null ? null : { reason: held, since: heldSince ?? nextCheck },
    problem,
    failures,
    goodAt,
    nextCheck,
  };
}

function ofSource(key: string) {
  const [source = '', university = ''] = key.split(':');
  return (eb: ExpressionBuilder<Schema, 'feed'>) =>
    key === PASTED
      ? eb('feed.profile', '=', 'pasted')
      : eb.and([
          eb('feed.profile', '=', 'configured'),
          eb('feed.source', '=', source),
          eb('feed.university', '=', university),
        ]);
}

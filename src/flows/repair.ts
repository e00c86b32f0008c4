/** Reminders already under way when a lesson changes: those not sent are taken back and said anew, those sent are followed up. */
import type { Instant, Zone } from '../domain/calendar.ts';
import { type Change, sidesOf } from '../domain/diff.ts';
import { changeLine, entryOf, line, type Notice, type Saying, sayingKey } from '../domain/notice.ts';
import type { Occurrence } from '../domain/occurrence.ts';
import type { Language } from '../domain/peer.ts';
import { LATE, reminderSaying } from '../domain/remind.ts';
import { type Db, enqueue, subscriptionsOf, type Timetable, withdraw } from '../store/index.ts';

const MINUTE = 60_000;
/** The longest lead: a reminder of a lesson further away than this can not be under way yet. */
const LONGEST_LEAD = 24 * 60 * MINUTE;

type Facts = {
  readonly changes: readonly Change[];
  readonly before: readonly Occurrence[];
  readonly after: readonly Occurrence[];
  readonly now: Instant;
  /** The zone of `after`; that of `before` is still the timetable's. */
  readonly zone: Zone;
  /** Up to where the tick has looked: what is due later it will find by itself. */
  readonly cursor: Instant;
  /** These hear of the change anyway and need no follow-up. */
  readonly told: ReadonlySet<number>;
};

/** Works through the changed lessons that begin within a day. Call in the transaction that writes the change. */
export async function repairReminders(tx: Db, timetable: Timetable, facts: Facts): Promise<void> {
  const near = facts.changes.filter((change) =>
    sidesOf(change).some(({ startsAt }) => startsAt + LATE > facts.now && startsAt < facts.now + LONGEST_LEAD),
  );
  if (near.length === 0) return;
  const subscriptions = (await subscriptionsOf(tx, timetable.id)).filter(({ what }) => what === 'each');
  const notices: Notice[] = [];
  for (const [language, some] of Map.groupBy(subscriptions, (one) => one.language)) {
    for (const [startsAt, changes] of Map.groupBy(near, (change) =>
      'before' in change ? change.before.startsAt : null,
    )) {
      const old = startsAt === null ? null : reminderAt(facts.before, startsAt, timetable.zone, language);
      if (startsAt === null || old === null) continue;
      const peers = [...new Set(some.map((one) => one.peer))];
      const { withdrawn, sent } = await withdraw(tx, sayingKey(old), peers, facts.now);
      const fresh = reminderAt(facts.after, startsAt, facts.zone, language);
      if (fresh !== null && withdrawn.length > 0)
        notices.push({ saying: fresh, peers: withdrawn, due: facts.now, deadline: startsAt + LATE });
      const unaware = sent.filter((peer) => !facts.told.has(peer));
      if (unaware.length > 0)
        notices.push(...changes.map((change) => followUp(change, facts.zone, language, unaware, facts.now)));
    }
    for (const startsAt of new Set(near.flatMap(arrival))) {
      // The lesson came so near that its due minute is behind the tick's cursor: nobody else would say it.
      const missed = some.filter(({ lead }) => startsAt - lead * MINUTE < facts.cursor && startsAt > facts.now);
      const fresh = reminderAt(facts.after, startsAt, facts.zone, language);
      if (fresh !== null && missed.length > 0)
        notices.push({
          saying: fresh,
          peers: [...new Set(missed.map((one) => one.peer))],
          due: facts.now,
          deadline: startsAt + LATE,
        });
    }
  }
  await enqueue(tx, notices.map(entryOf), facts.now);
}

/** The start at which a lesson newly stands, if it does. */
function arrival(change: Change): Instant[] {
  if (change.kind === 'cancelled') return [];
  if (change.kind === 'altered' && change.before.startsAt === change.after.startsAt) return [];
  return [change.after.startsAt];
}

function followUp(change: Change, zone: Zone, language: Language, peers: readonly number[], now: Instant): Notice {
  const deadline = Math.max(...sidesOf(change).map((side) => side.endsAt));
  return { saying: { kind: 'follow-up', language, zone, change: changeLine(change) }, peers, due: now, deadline };
}

/** What a reminder of the lessons that begin at this instant says; null when none takes place. */
function reminderAt(all: readonly Occurrence[], startsAt: Instant, zone: Zone, language: Language): Saying | null {
  const lines = all.filter((one) => one.startsAt === startsAt && !one.cancelled && !one.allDay).map(line);
  return lines.length === 0 ? null : reminderSaying(lines, zone, language);
}

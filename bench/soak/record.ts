/** What was accepted, by the emulator's own record, against what was owed; and what a killed bot's database looks like. */
import Database from 'better-sqlite3';
import type { Sandbox } from '../../src/sandbox/index.ts';
import type { Owed } from './seed.ts';

const LEASED = 1;
/** As `seed.ts` names them; the full stop ends the number. */
const SUBJECT = /Предмет \d+–\d+\./;

/** How often each subject reached a dialog. */
function heard(vk: Sandbox, peer: number): Map<string, number> {
  const times = new Map<string, number>();
  for (const { from, text } of vk.messages(peer))
    if (from < 0)
      for (const [subject] of text.matchAll(new RegExp(SUBJECT, 'g')))
        times.set(subject, (times.get(subject) ?? 0) + 1);
  return times;
}

/** `refused` are owed nothing: VK never took a word for them. */
export function compare(vk: Sandbox, owed: readonly Owed[], refused: ReadonlySet<number>) {
  const sum = { owed: 0, delivered: 0, lost: 0, doubled: 0 };
  for (const { peers, subjects } of owed)
    for (const peer of peers) {
      const times = heard(vk, peer);
      sum.delivered += [...times.values()].reduce((all, each) => all + each, 0);
      if (refused.has(peer)) continue;
      sum.owed += subjects.length;
      for (const subject of subjects) {
        const got = times.get(subject) ?? 0;
        if (got === 0) sum.lost += 1;
        sum.doubled += Math.max(0, got - 1);
      }
    }
  return sum;
}

/**
 * Looks at the file of a bot that was just killed: how many batches it had out, and how many of those VK had taken already, in
 * calls that were not answered yet when it was killed (`unanswered`). A batch that VK took after the kill does not count.
 */
export function cutShort(path: string, unanswered: readonly string[]): { leased: number; accepted: number } {
  const database = new Database(path, { readonly: true });
  const sayings = database.prepare('select saying from outbox where state = ?').pluck().all(LEASED) as string[];
  database.close();
  const accepted = sayings.filter((saying) => {
    const subject = SUBJECT.exec(saying)?.[0];
    return subject !== undefined && unanswered.some((asked) => asked.includes(subject));
  });
  return { leased: sayings.length, accepted: accepted.length };
}

/** What still waits or is out, and what came to an end; and whether the file is whole. */
export function standing(path: string): {
  open: number;
  ended: number;
  expired: number;
  tick: number;
  integrity: string;
} {
  const database = new Database(path, { readonly: true });
  const count = (states: string) =>
    database.prepare(`select count(*) from outbox where state in (${states})`).pluck().get() as number;
  const result = {
    open: count('0, 1'),
    ended: count('2, 3, 4, 5'),
    expired: count('3'),
    tick: Number(database.prepare("select value from state where key = 'tick'").pluck().get()),
    integrity: String(database.pragma('integrity_check', { simple: true })),
  };
  database.close();
  return result;
}

/** What every store must do, whatever database is behind it. */
import { afterAll, beforeAll, beforeEach, describe } from 'vitest';
import type { Db, Store } from '../../src/store/index.ts';
import { askedContract } from './contract/asked.ts';
import { catalogueContract } from './contract/catalogue.ts';
import { editorsContract } from './contract/editors.ts';
import { feedsContract } from './contract/feeds.ts';
import { heldContract } from './contract/held.ts';
import { homeworkContract } from './contract/homework.ts';
import { hostsContract } from './contract/hosts.ts';
import { housekeepingContract } from './contract/housekeeping.ts';
import { latenessContract } from './contract/lateness.ts';
import { outagesContract } from './contract/outages.ts';
import { outboxContract } from './contract/outbox.ts';
import { peersContract } from './contract/peers.ts';
import { recentContract } from './contract/recent.ts';
import { remindersContract } from './contract/reminders.ts';
import { setsContract } from './contract/sets.ts';
import { settleContract } from './contract/settle.ts';
import { timetablesContract } from './contract/timetables.ts';
import { transactionContract } from './contract/transaction.ts';
import { turnContract } from './contract/turn.ts';
import { untoldContract } from './contract/untold.ts';
import { wantedContract } from './contract/wanted.ts';

/** Tables in an order in which they can be emptied: who refers comes before who is referred to. */
const TABLES = [
  'subscription',
  'digest',
  'occurrence',
  'occurrence_line',
  'printed',
  'lesson',
  'waiting',
  'untold_day',
  'untold',
  'told',
  'held',
  'homework',
  'editor',
  'listing',
  'university',
  'feed',
  'host',
  'allowance',
  'wanted',
  'outage',
  'peer',
  'timetable',
  'outbox',
  'receipt',
  'recent',
  'expired',
  'lateness',
  'session',
  'state',
  'event',
  'audit',
] as const;

export function storeContract(name: string, open: () => Promise<Store>): void {
  describe(name, () => {
    let store: Store;

    beforeAll(async () => {
      store = await open();
    }, 60_000);
    beforeEach(async () => {
      for (const table of TABLES) await store.db.deleteFrom(table).execute();
    });
    afterAll(async () => {
      await store.close();
    });

    const handle = (): Store => store;
    const db = (): Db => store.db;
    transactionContract(handle);
    timetablesContract(db);
    heldContract(db);
    untoldContract(db);
    feedsContract(db);
    editorsContract(() => store);
    homeworkContract(() => store);
    hostsContract(db);
    askedContract(handle);
    catalogueContract(handle);
    outagesContract(db);
    remindersContract(db);
    peersContract(handle);
    setsContract(handle);
    outboxContract(handle);
    turnContract(handle);
    settleContract(handle);
    latenessContract(handle);
    recentContract(handle);
    housekeepingContract(handle);
    wantedContract(handle);
  });
}

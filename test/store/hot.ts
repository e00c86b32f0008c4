/** The statements that run often, as the store sends them: whose plans are looked at. */
import { newPeer } from '../../src/domain/peer.ts';
import type { Db } from '../../src/store/index.ts';
import * as store from '../../src/store/index.ts';
import { entry, HOUR, lesson, MINUTE, NOW, occurrence, storeLessons } from './make.ts';

async function leased(db: Db): Promise<number> {
  await store.enqueue(db, [entry({ peers: [1, 2], thread: 1 })], NOW);
  const [batch] = await store.claim(db, NOW, 10, MINUTE);
  return batch?.id ?? 0;
}

/** By what is asked; `id()` is a timetable that has lessons and listeners. */
export const hot = (id: () => number): Readonly<Record<string, (db: Db) => Promise<unknown>>> => ({
  dueSittings: async (db) => {
    const span = { from: NOW, to: NOW + HOUR };
    for (const what of ['each', 'first', 'exam'] as const) {
      await store.dueSittings(db, { what, lead: 5, row: 5 }, span, { after: null, limit: 1 });
      await store.dueSittings(db, { what, lead: 5, row: 5 }, span, {
        after: { startsAt: NOW, timetableId: 1 },
        limit: 1,
      });
      await store.timetablesOfPersons(db, { what, lead: 5, row: 5 }, span);
    }
  },
  datedLessons: (db) => store.datedLessons(db, [id()], { from: NOW, to: NOW + HOUR }),
  listenersOf: async (db) => {
    await store.listenersOf(db, [id()]);
    await store.listenersOf(db, [id()], true);
    await store.zonesOf(db, [id()]);
  },
  leadsInUse: (db) => store.leadsInUse(db),
  dueDigests: (db) =>
    store.dueDigests(db, 'evening', { zone: 'Europe/Moscow', weekday: 1, from: '19:00', to: '19:01' }),
  digestZones: (db) => store.digestZones(db, 'evening'),
  subscriptionsOf: (db) => store.subscriptionsOf(db, id()),
  followers: (db) => store.followers(db, id()),
  enqueue: (db) => store.enqueue(db, [entry({ fire: 'plan' })], NOW),
  claim: async (db) => {
    const news = { thread: id(), deadline: NOW + HOUR };
    await store.enqueue(db, [entry({ ...news, fire: 'earlier', peers: [1] })], NOW);
    await store.claim(db, NOW, 25, MINUTE);
    await store.enqueue(db, [entry({ ...news, fire: 'later', due: NOW + 1, peers: [1, 2] })], NOW);
    await store.enqueue(db, [entry({ ...news, fire: 'last', due: NOW + 1, peers: [1] })], NOW);
    await store.claim(db, NOW + 1, 25, MINUTE);
  },
  nextDeadline: (db) => store.nextDeadline(db),
  pending: (db) => store.pending(db, NOW),
  settle: async (db) =>
    store.settle(db, NOW, [
      {
        id: await leased(db),
        sent: [1],
        later: [{ peers: [2], at: NOW }],
        gone: [],
        dead: [{ peer: 9, why: 'x' }],
      },
      { id: await leased(db), sent: [1, 2], later: [], gone: [], dead: [] },
    ]),
  corrections: async (db) => {
    await store.withdrawCorrections(db, id(), [1, 2], NOW);
    await store.whoHeard(db, ['key-1', 'key-2'], [1, 2]);
  },
  withdraw: async (db) => {
    await store.enqueue(db, [entry({ fire: 'w', key: 'w' })], NOW);
    await store.withdraw(db, 'w', [1], NOW);
    await store.withdraw(db, 'w', [2, 3], NOW);
  },
  'what waits for one peer': async (db) => {
    const news = { thread: id(), since: NOW };
    await store.enqueue(db, [entry({ fire: 'q', key: 'q', ...news }), entry({ fire: 'r', key: 'r', ...news })], NOW);
    const [one, other] = await store.queuedFor(db, 1, { keys: ['q', 'r'] });
    for (const [batch, how] of [[one, NOW] as const, [other, 'forget'] as const])
      if (batch !== undefined) await store.unqueue(db, batch, 1, how);
    await store.queuedFor(db, 1, { thread: id() });
    await store.hasHeard(db, 1, { thread: id(), since: NOW });
  },
  lessons: async (db) => {
    await storeLessons(db, id(), { remove: [1], insert: [lesson()] });
    await storeLessons(db, id(), { remove: [], insert: [], update: [lesson()] });
    await store.lessonRows(db, id());
    await store.rowsOn(db, id(), ['2026-09-01', '2026-09-02']);
    await store.hasAny(db, id(), ['a1', 'a2']);
    await store.savePrints(db, id(), ['fyx.a']);
    await store.storedPrints(db, id());
    await store.savePrints(db, id(), []);
    await store.lessonsOf(db, id(), { from: '2026-09-01', to: '2026-09-08' });
  },
  writeOccurrences: (db) => store.writeOccurrences(db, id(), NOW, [occurrence(NOW + HOUR)]),
  catalogue: async (db) => {
    await store.keepUniversity(db, { key: 'demo', name: 'Демо', zone: 'Europe/Moscow', nextCheck: NOW });
    await store.dueUniversities(db, NOW, 5);
    await store.claimUniversity(db, { key: 'demo', nextCheck: NOW }, NOW + MINUTE);
    await store.hurryUniversity(db, 'demo', NOW, NOW);
    await store.keptListings(db, { university: 'demo', kind: 'group', after: '', limit: 10 });
    await store.getListing(db, 1);
    await store.listingOf(db, { origin: 'demo', category: 'group', name: 'ПИ-21' });
    await store.boundFeeds(db, 'demo');
  },
  'a search among listings': async (db) => {
    for (const query of [
      { folded: 'пи21' },
      { key: 'иванов', kind: 'teacher' },
      { digits: '21', kind: 'group' },
      { digits: '', from: 'юр' },
      { from: 'пи' },
      { keyFrom: 'ив', kind: 'teacher' },
    ] as const) {
      await store.findListings(db, query, { home: [], limit: 5 });
      await store.findListings(db, query, { home: ['demo'], limit: 5 });
    }
  },
  told: async (db) => {
    await store.toldOf(db, id(), NOW, 10);
    await store.toldOfDays(db, id(), { since: NOW, from: '2026-09-01', to: '2026-09-08' }, 10);
  },
  held: async (db) => {
    await store.hold(db, id(), [{ peer: 1, since: NOW, due: NOW }]);
    await store.heldOf(db, id());
    await store.heldOf(db, id(), NOW);
    await store.dueHeld(db, NOW, 10);
    await store.putOffHeld(db, id(), NOW);
    await store.bringBack(db, id(), NOW);
    await store.unhold(db, id(), [1]);
    await store.dropHeld(db, 1);
  },
  waiting: async (db) => {
    await store.startWaiting(db, id(), 1, NOW);
    await store.waitingFor(db, id());
    await store.stopWaiting(db, id());
  },
  timetables: async (db) => {
    await store.getTimetable(db, id());
    await store.findExact(db, 'пи21', 1);
    await store.findSimilar(db, '21', 1, 5);
    await store.isVisible(db, id(), 1);
    await store.findBound(db, { origin: 'demo', category: 'group', name: 'ПИ-21' });
    await store.touchTimetable(db, id(), NOW);
    await store.listForgotten(db, NOW, 10);
    await store.listOwned(db, 5);
    await store.bumpRevision(db, id(), 0, NOW);
    await store.timetablesToRoll(db, NOW, 10);
  },
  feeds: async (db) => {
    await store.nextFeed(db, 'ics:', NOW);
    await store.nextFeed(db, 'ics:', NOW, true);
    await store.saveFeed(db, 1, { nextCheck: NOW });
    await store.saveAsking(db, { id: 1, source: 'ics', ask: { url: 'x' } }, { nextCheck: NOW });
    await store.nearFeeds(db);
    await store.feedOf(db, id());
    await store.findFeed(db, 'ics', { url: 'x' });
    await store.claimFeed(db, 1, NOW, NOW + 1);
  },
  hosts: async (db) => {
    await store.addFeed(db, { timetableId: id(), source: 'ics', ask: {}, profile: 'pasted', nextCheck: NOW });
    await store.dueHosts(db, NOW, 10);
    await store.getHost(db, 'a.example');
    await store.saveHost(db, 'a.example', { failures: 1 });
    await store.lookAgain(db, 'a.example', NOW);
    await store.claimsOf(db, 'a.example');
    await store.standingOf(db, id(), NOW);
  },
  allowances: async (db) => {
    await store.fullAt(db, 'address', 1);
    await store.setFullAt(db, 'address', 1, NOW);
  },
  peers: async (db) => {
    await store.getPeer(db, 1);
    await store.savePeer(db, { ...newPeer(2, 'ru', null), timetableId: id(), leads: [1], firstLead: null });
    await store.deletePeer(db, 2);
  },
  state: async (db) => {
    await store.getState(db, 'x');
    await store.setState(db, 'x', '1');
    await store.firstSeen(db, 'x', NOW);
    await store.readSession(db, '1:1', NOW);
    await store.writeSession(db, '1:1', {}, NOW);
    await store.dropSession(db, '1:1');
  },
  changes: async (db) => {
    await store.saveUntold(db, id(), { since: NOW, seen: new Map(), told: new Map() }, NOW);
    await store.dueUntold(db, NOW, 10);
    await store.untoldOf(db, id());
    await store.hasUntold(db, id());
    await store.lookAtUntold(db, id(), NOW);
    await store.dropUntold(db, id());
    await store.writeTold(db, id(), NOW, []);
    await store.toldOf(db, id(), NOW, 10);
  },
  recent: async (db) => {
    await store.enqueue(db, [entry({ fire: 'recent', peers: [1] })], NOW);
    for (let calls = 0; calls < 3; calls += 1) await store.noteRecent(db);
    await store.traced(db, 1);
  },
  sweep: (db) => store.sweep(db, NOW, 10),
});

/** The one door to what is stored: everything here takes a store's handle or a transaction first. */

export { fullAt, setFullAt } from './allowance.ts';
export { holdAlone } from './alone.ts';
export { audit, auditOf, forgetAuthor } from './audit.ts';
export { backUp, putBack } from './backup.ts';
export { openBeside } from './beside.ts';
export type { Batch } from './claim.ts';
export { claim, expire, releaseLeases } from './claim.ts';
export type { DueLead, Place } from './due.ts';
export { dueSittings, timetablesOfPersons } from './due.ts';
export { addEditor, dropEditor, editorsOf, forgetEditor } from './editors.ts';
export { StoreError } from './errors.ts';
export { expiredCounts } from './expired.ts';
export type { Feed } from './feed.ts';
export {
  addFeed,
  asksAlike,
  asksStill,
  claimFeed,
  feedOf,
  findFeed,
  getFeed,
  livingFeeds,
  nextFeed,
} from './feeds.ts';
export { bringBack, dropHeld, dueHeld, heldOf, heldSince, hold, putOffHeld, unhold } from './held.ts';
export { dropHomework, homeworkOf, moveHomework, saveHomework } from './homework.ts';
export type { Host } from './hosts.ts';
export { claimsOf, dropHost, dueHosts, getHost, idleHosts, lookAgain, nearFeeds, saveHost } from './hosts.ts';
export { countSent, latenessSince } from './lateness.ts';
export { leadsInUse } from './leads.ts';
export { dropFromWaiting } from './leave.ts';
export type { LessonChange, LessonRow, StoredLesson, StoredRow } from './lessons.ts';
export { hasAny, lessonHash, lessonRow, lessonRows, lessonsIn, lessonsOf, rowsOn, writeLessons } from './lessons.ts';
export type { FoundListing, KeptListing, Listing, ListingQuery } from './listings.ts';
export { findAsked, findListings, getListing, isKept, keptListings, listingOf, writeListings } from './listings.ts';
export { datedLessons, setRolled, standingOf, timetablesToRoll, writeOccurrences } from './occurrences.ts';
export type { Store } from './open.ts';
export { openStore, openWith } from './open.ts';
export { closeOutage, getOutage, growOutage, listOutages, openOutage, sourceHealth } from './outages.ts';
export { enqueue } from './outbox.ts';
export { deletePeer, followers, getPeer, listenersOf, savePeer, savePeers, takePeers } from './peers.ts';
export { asleepCount, nextDeadline, pending } from './pending.ts';
export type { Role } from './postgres.ts';
export { savePrints, storedPrints } from './prints.ts';
export { noteRecent, traced } from './recent.ts';
export { empty, sweep } from './retention.ts';
export { bumpRevision, lockTimetable } from './revision.ts';
export { saveAsking, saveFeed, setAsk } from './save-feed.ts';
export type { Db } from './schema.ts';
export { findExact, findLike, findSimilar, isVisible, listTimetables } from './search.ts';
export { dropSession, readSession, writeSession } from './sessions.ts';
export type { Outcome } from './settle.ts';
export { receiptsOf, settle, writeHad } from './settle.ts';
export { feedState, feedsInTrouble, sourceStates } from './source-states.ts';
export { firstSeen, getState, setState } from './state.ts';
export type { Digest } from './subscriptions.ts';
export { digestZones, dueDigests, subscriptionsOf } from './subscriptions.ts';
export type { NewTimetable, Timetable } from './timetables.ts';
export {
  createTimetable,
  deleteTimetable,
  disown,
  findBound,
  getTimetable,
  isFollowed,
  listForgotten,
  listOwned,
  renameTimetable,
  setFresh,
  setTerm,
  setZone,
  touchTimetable,
  zonesOf,
} from './timetables.ts';
export { toldOf, toldOfDays, writeTold } from './told.ts';
export type { UniversityRow } from './universities.ts';
export {
  boundFeeds,
  claimUniversity,
  dueUniversities,
  getUniversity,
  hurryUniversity,
  keepUniversity,
  readUniversities,
  saveUniversity,
  switchOffOthers,
} from './universities.ts';
export { dropUntold, dueUntold, hasUntold, lookAtUntold, saveUntold, untoldOf } from './untold.ts';
export { startWaiting, stopWaiting, waitingFor } from './waiting.ts';
export { dropWanted, listWanted, noteWanted, triedAt } from './wanted.ts';
export type { Queued } from './withdraw.ts';
export {
  hasHeard,
  queuedFor,
  unqueue,
  whoHeard,
  withdraw,
  withdrawCorrections,
} from './withdraw.ts';

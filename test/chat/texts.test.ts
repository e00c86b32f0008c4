/** Every sentence in every language keeps VK's limits, and every button can be typed, whatever names come from outside. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { DEFAULT_BELLS } from '../../src/domain/calendar.ts';
import { CHANGE_KINDS } from '../../src/domain/diff.ts';
import type { Saying } from '../../src/domain/notice.ts';
import { type Hidden, newPeer, type Peer, SILENCE } from '../../src/domain/peer.ts';
import type { TimetableRef } from '../../src/domain/view.ts';
import { type BroughtFacts, TEMPLATE } from '../../src/text/brought.ts';
import type { DraftRow, FormAsk, FormSay } from '../../src/text/draft.ts';
import { type Texts, texts } from '../../src/text/index.ts';
import type { Message } from '../../src/text/message.ts';
import { FEEDS_SHOWN, SOURCES_SHOWN } from '../../src/text/sources.ts';
import { WANTED_SHOWN } from '../../src/text/wanted.ts';
import { lessonLine } from '../text/make.ts';
import { checkMessage } from './stage.ts';

const NASTY = `[id1|${'ё'.repeat(300)}] @all *id1\n\u202e«ПИ»`;
const ref: TimetableRef = {
  id: 123456789,
  name: NASTY,
  university: NASTY,
  zone: 'Europe/Moscow',
  kind: 'manual',
  ownerId: 1,
  freshAt: null,
  lateAt: null,
  trouble: null,
};
const refs = Array.from({ length: 12 }, (_, index) => ({ ...ref, id: 999_999_000 + index }));
const day: Message = {
  text: 'д'.repeat(4096),
  buttons: [[{ label: '←', say: '18.11' }], [{ label: 'Неделя', say: 'неделя' }]],
};
const dm: Peer = { ...newPeer(1, 'ru', null), leads: [1440, 90, 15, 1], evening: '19:00' };
const chat = newPeer(2_000_000_001, 'ru', 1);
/** Everything asked for at once, with the longest names. */
function everything(peer: Peer): Peer {
  return {
    ...peer,
    leads: [1440, 90, 15, 1],
    firstLead: 61,
    evening: '19:00',
    morning: '07:30',
    week: { weekday: 7, at: '18:00' },
    horizon: 'all',
    muted: [...CHANGE_KINDS],
    quiet: { from: '23:00', to: '07:00' },
    subgroup: NASTY,
    hidden: Array.from({ length: 30 }, (_, at) => hidden[at % hidden.length] ?? { by: 'slot', name: '1' }),
  };
}
const hidden: Hidden[] = [
  { by: 'subject', name: NASTY },
  { by: 'teacher', name: NASTY },
  { by: 'kind', name: NASTY },
  { by: 'kind', name: 'lab' },
  { by: 'slot', name: '3' },
];
const choices = {
  subgroups: ['1', '2', 'А', 'англ. 1', NASTY, ...Array(20).fill('9')],
  hideable: [...hidden, ...hidden],
};
const TOPICS = ['reminders', 'digests', 'changes', 'kinds', 'quiet', 'zone', 'subgroup', 'hidden'] as const;
const row: DraftRow = {
  weekday: 1,
  number: 1,
  start: null,
  end: null,
  subject: NASTY,
  kind: 'lecture',
  teachers: [NASTY],
  room: NASTY,
  link: 'https://call.example/secret',
  format: 'hybrid',
  subgroup: NASTY,
  weeks: [1, 3],
};
/** «почему» with all it can say, of lessons with the longest names. */
function whys(t: Texts): Message[] {
  const line = lessonLine({ subject: NASTY, teachers: [NASTY], room: NASTY });
  const lesson = { startsAt: 1_800_000_000_000, endsAt: 1_800_000_000_001, line };
  const at = { now: 1_800_000_000_000, zone: 'Europe/Moscow' };
  const common = { language: 'ru', zone: 'Europe/Moscow' } as const;
  const sayings: Saying[] = [
    { ...common, kind: 'reminder', lessons: [line, line] },
    { ...common, kind: 'evening', day: line.day, lessons: [line] },
    { ...common, kind: 'changes', title: NASTY, changes: [{ kind: 'cancelled', before: line }] },
    { ...common, kind: 'follow-up', change: { kind: 'added', after: line } },
    { ...common, kind: 'moved', title: NASTY },
    { ...common, kind: 'held', title: NASTY, reason: 'gap' },
    { ...common, kind: 'sending', news: 'open', why: NASTY, since: at.now },
  ];
  const fates = ['waiting', 'sent', 'expired', 'withdrawn', 'asleep', 'refused'] as const;
  const wanted = { what: 'each', minutes: 15 } as const;
  const past = sayings.flatMap((saying) =>
    fates.map((fate) => {
      const facts = { fire: 'f', due: at.now - 1e9, at: at.now, held: true, takenBack: 'cancelled' as const };
      return { ...facts, saying, fate, wanted: saying.kind === 'reminder' ? wanted : null };
    }),
  );
  const silences = ['subgroup', 'hidden', 'off', 'cancelled', 'all-day', 'not-first'] as const;
  const next = past.slice(0, 3);
  const unannounced = silences.flatMap((silence) => Array.from({ length: 9 }, () => ({ lesson, silence })));
  const reminders = ([...fates, 'ahead', 'untold'] as const).map((fate) => {
    return { wanted, due: at.now, held: true, fate, at: fate === 'sent' ? at.now + 1e7 : null };
  });
  return [
    t.why({ ...at, past, next, unannounced }),
    t.why({ ...at, past: [], next: [], unannounced: [] }),
    t.whyLesson({ ...at, about: { lesson, verdict: { reminders } } }, NASTY),
    ...[...silences, 'joined' as const].map((silence) =>
      t.whyLesson({ ...at, about: { lesson, verdict: { silence } } }, NASTY),
    ),
    t.whyLesson({ ...at, about: null }, NASTY),
    t.whyLesson({ ...at, about: null }, ''),
  ];
}
const term = { start: '2026-09-01', end: '2027-01-31', week1: '2026-08-31' };
const bad = Array.from({ length: 50 }, () => ({ line: NASTY, why: 'no-day' as const }));
const asks: FormAsk[] = [
  { kind: 'lines' },
  { kind: 'bells', usual: DEFAULT_BELLS, missing: [1] },
  { kind: 'bells', usual: [], missing: [9, 10] },
  { kind: 'term', offers: [term, term], again: true },
  {
    kind: 'confirm',
    name: NASTY,
    adding: false,
    count: 200,
    bells: DEFAULT_BELLS,
    term,
    parity: { day: '2026-11-19', odd: true, now: false },
  },
  { kind: 'confirm', name: NASTY, adding: true, count: 1, bells: [], term: null, parity: null },
];
const says: FormSay[] = [
  { kind: 'ask-name', again: true },
  { kind: 'ask-lines', name: NASTY, chat: true },
  { kind: 'no-lines', bad },
  { kind: 'too-many', limit: 200 },
  { kind: 'left' },
  ...asks.map((next): FormSay => ({ kind: 'ask', next })),
  ...asks.map((next): FormSay => ({ kind: 'table', rows: Array.from({ length: 200 }, () => row), bad, next })),
];
const problem = {
  kind: 'changed',
  detail: 'html',
  suggestions: ['https://x.example/a.ics', `https://x.example/${'ж'.repeat(200)}`, 'javascript:alert(1)'],
};

const NOW = Date.parse('2026-11-26T09:00Z');
const AT = { now: NOW, zone: 'Europe/Moscow' };
const trouble = { kind: NASTY, detail: NASTY, since: NOW - 86_400_000 };
const state = {
  key: `ruz:${'u'.repeat(60)}`,
  name: NASTY,
  all: 2000,
  failing: 1999,
  held: 999,
  lacking: 1,
  goodAt: NOW,
  nextCheck: NOW,
  delay: { near: 2000, p95: 3_600_000 },
};
const feed = {
  id: 999_999_999,
  key: state.key,
  name: NASTY,
  held: { reason: 'foreign', since: NOW },
  problem: trouble,
  failures: 999,
  goodAt: null,
  nextCheck: NOW,
} as const;
const wanted = {
  site: `https://${'u'.repeat(190)}`,
  source: 'mmis',
  draft: JSON.stringify({ id: 'x', name: NASTY.slice(0, 80), zone: '?', site: '?', base: 'x'.repeat(500) }),
  people: 1419,
  firstAt: NOW,
  lastAt: NOW,
  timetables: 1204,
  zones: ['Asia/Krasnoyarsk', 'Asia/Novokuznetsk', 'Asia/Yekaterinburg', 'Europe/Kaliningrad', 'Europe/Moscow'],
};
const kept = { at: NOW, why: 'changed html', pages: 50, bytes: 64_000_000 };

/** Everything an operator is shown, each list as full as it gets. */
function sourceScreens(t: Texts): Message[] {
  const full = { page: 2, rest: 1990 };
  return [
    t.sources({ shown: Array(SOURCES_SHOWN).fill(state), ...full }, { all: 2000, troubled: 1, wanted: 100 }, AT),
    t.sources({ shown: Array(SOURCES_SHOWN).fill(state), page: 1, rest: 1 }, { all: 9, troubled: 1, wanted: 100 }, AT),
    t.sources({ shown: [], page: 1, rest: 0 }, { all: 0, troubled: 0, wanted: 0 }, AT),
    t.wantedSites({ shown: Array(WANTED_SHOWN).fill(wanted), ...full }, AT),
    t.wantedSites({ shown: [], page: 1, rest: 0 }, AT),
    t.sourceFeeds(state, { shown: Array(FEEDS_SHOWN).fill(feed), ...full }, AT),
    t.sourceFeeds(
      { ...state, failing: 0, held: 0, lacking: 0, goodAt: null, delay: { near: 1, p95: null } },
      { shown: [], page: 1, rest: 0 },
      AT,
    ),
    ...([null, 'accepted', 'held', 'still', 'busy', 'same', 'changed', 'gone', 'not-held', trouble] as const).map(
      (deed) => t.sourceFeed(feed, kept, deed, AT),
    ),
    t.sourceFeed(feed, kept, { at: NOW, lessons: 120, skipped: 3, verdict: 'gap' }, AT),
    t.sourceFeed({ ...feed, held: null, problem: null, name: '' }, null, { at: NOW, problem: trouble }, AT),
    t.noSource(),
  ];
}

/** For a DM and for a chat: every message of the conversation with the worst names. */
const WEEKS = { start: '2026-09-01', end: '2027-01-31', week1: '2026-08-31' };
const FACTS: readonly BroughtFacts[] = [
  { count: 5, source: 'ics', file: null, changes: null, weeks: null, site: null },
  { count: 1, source: 'table', file: null, changes: null, weeks: WEEKS, site: null },
  { count: 22, source: 'table', file: `${NASTY}.xlsx`, changes: null, weeks: WEEKS, site: null },
  { count: 22, source: 'table', file: `${NASTY}.xlsx`, changes: 0, weeks: null, site: null },
  { count: 22, source: 'table', file: `${NASTY}.xlsx`, changes: 3, weeks: null, site: null },
  { count: 22, source: 'ruz', file: null, changes: null, weeks: null, site: 'https://rasp.example/ruz/main' },
];

function all(t: Texts, peer: Peer): Message[] {
  const here = peer.kind === 'chat';
  const say = (id: number | string) => `показать ${id} неделя 24.11.2026`;
  return [
    t.start(),
    t.greeting(refs),
    t.greeting([]),
    t.askGroup(here),
    t.chosen(ref, day, peer, false),
    t.chosen(ref, day, { ...peer, leads: [], evening: null, changes: false }, true),
    t.several(refs, say),
    t.close([ref], say),
    t.close(refs, say),
    t.notFound(NASTY),
    t.gone(),
    t.refused(),
    t.refused(day),
    t.leadsSet([1440, 61, 2, 1], here),
    t.leadsSet([], here),
    t.leadsBad(),
    t.eveningSet('19:00', here),
    t.eveningSet(null, here),
    t.firstSet(40, here),
    t.firstSet(null, here),
    t.firstBad(),
    ...[true, false].map((on) => t.examsSet(on, here)),
    t.morningSet('07:30', here),
    t.morningSet(null, here),
    t.weekSet({ weekday: 2, at: '18:00' }, here),
    t.weekSet(null, here),
    ...[true, false].map((changes) => t.changesSet({ changes, horizon: 'near', muted: [...CHANGE_KINDS] }, here)),
    t.quietSet({ from: '23:00', to: '07:00' }, here),
    t.quietSet(null, here),
    ...['Asia/Omsk', 'Europe/Vienna', null].map((zone) => t.zoneSet(zone, here)),
    t.zoneUnknown(NASTY),
    ...whys(t),
    ...[NASTY, ''].map((name) => t.subgroupSet(name, here)),
    t.subgroupUnknown(NASTY, []),
    t.subgroupUnknown(NASTY, choices.subgroups),
    ...[...hidden.map((one) => [one]), hidden].map((some) => t.hiddenSet(some, here)),
    ...[...hidden, null].flatMap((one) => [true, false].map((changes) => t.shownAgain(one, changes, here))),
    t.hideWhich(hidden, 'скрыть'),
    t.hideWhich(hidden, 'показывать'),
    t.hideUnknown(NASTY, []),
    t.hideUnknown(NASTY, hidden),
    t.unhideUnknown(NASTY, []),
    t.unhideUnknown(NASTY, hidden),
    t.settings(peer, ref),
    t.settings(everything(peer), ref),
    t.settings({ ...peer, ...SILENCE }, null),
    ...TOPICS.flatMap((topic) =>
      [peer, everything(peer), { ...peer, ...SILENCE }].flatMap((one) => [
        t.settingsTopic(topic, one, choices, 'Готово.'),
        t.settingsTopic(topic, one, { subgroups: [], hideable: [] }),
      ]),
    ),
    t.homeworkList(ref, [], '2026-11-19'),
    t.homeworkList(ref, Array(60).fill(lessonLine({ subject: NASTY, homework: NASTY })), '2026-11-19'),
    ...[0, 7].flatMap((late) =>
      [NASTY, 'Матан'].map((subject) =>
        t.homeworkGiven(lessonLine({ subject, homework: NASTY }), '2026-11-19', { replaced: late > 0, late }),
      ),
    ),
    t.homeworkTaken(lessonLine({ subject: NASTY }), '2026-11-19'),
    ...(['not-yours', 'gone', 'too-long', 'none', 'no-lesson', 'several', 'no-subject'] as const).flatMap((why) => [
      t.homeworkRefused(NASTY, why, [NASTY, NASTY]),
      t.homeworkRefused('', why, []),
    ]),
    t.editorsList(ref, []),
    t.editorsList(
      ref,
      Array.from({ length: 20 }, (_, n) => 9_999_999_900 + n),
    ),
    ...(['appointed', 'already', 'too-many', 'dismissed', 'none', 'not-yours', 'gone', 'nobody'] as const).flatMap(
      (said) => [t.editorsDone(said, ref, 9_999_999_999), t.editorsDone(said, ref, null)],
    ),
    t.stopped(),
    t.forgetAsk(here),
    t.forgotten(here),
    ...FACTS.map((facts) => t.calendarAdded(ref, facts, day, peer, false)),
    t.whichColumn([NASTY, 'ПИ-21'], ''),
    t.whichColumn(Array(50).fill('ПИ-21'), NASTY),
    t.whichColumn([], 'ПИ-21'),
    t.noTable(),
    t.template(null),
    t.template('https://bot.example/template.xlsx'),
    t.calendarFailed(problem),
    t.pageChoices(
      [
        { id: '№999999', name: NASTY, university: NASTY },
        { url: 'https://x.example/a.ics', name: NASTY, university: '' },
      ],
      true,
    ),
    t.pageChoices(
      Array.from({ length: 10 }, (_, id) => ({ id, name: NASTY, university: '' })),
      false,
    ),
    t.strangerSite(NASTY, NASTY),
    t.guestGroup(NASTY, NASTY),
    t.guestZone(NASTY, NASTY, 'Europe/Moscow'),
    t.guestZone(NASTY, NASTY, 'America/Los_Angeles'),
    t.guestZoneUnknown(NASTY),
    t.guestUnknown([], '', NASTY),
    t.guestUnknown([NASTY, 'ПИ-21'], NASTY, NASTY),
    ...['empty', 'changed', 'blocked', 'unreachable', 'too-many', 'not-published'].map((kind) =>
      t.guestFailed({ kind, detail: '', suggestions: [] }, NASTY, NASTY),
    ),
    t.noGuest(),
    t.refreshed({ status: 'changed', changes: 2 }),
    t.refreshed({ status: 'same' }),
    t.refreshed({ status: 'manual' }),
    ...[true, false].flatMap((flag) => [
      t.refreshed({ status: 'held', owned: flag }),
      t.refreshed({ status: 'failed', problem, site: flag }),
    ]),
    t.refreshed({ status: 'file' }),
    t.refreshed({ status: 'wait', seconds: 21 }),
    t.formSaved(ref, peer),
    t.formAdded(ref, 3),
    ...(['too-many', 'not-yours', 'gone', 'problems', 'no-own'] as const).map(t.formRefused),
    t.nothingRunning(),
    t.nothingToCancel(),
    t.help(here),
    t.unknown(['сегодня', 'неделя', 'настройки']),
    ...(['thanks', 'hello', 'bye', 'yes', 'ok', 'fun'] as const).map(t.courtesy),
    t.withStored(day),
    t.withStored(t.start()),
    t.notFound(NASTY, refs, say),
    t.several([{ id: '№1', name: NASTY, university: NASTY, category: 'teacher' }, ...refs], say),
    t.close([{ id: '№2', name: NASTY, university: NASTY, category: 'room' }, ref], say),
    t.notListed('teacher', NASTY, refs, say),
    t.notListed('room', NASTY, [], say),
    t.reading(ref),
    t.followable(day, 12),
    ...['unreachable', 'blocked', 'changed', 'unknown-param', 'not-published', 'refused', 'too-big'].flatMap((kind) => {
      const problem = { kind, detail: '', suggestions: [NASTY, 'ПИ-22'] };
      return [t.unread(ref, problem), t.chosenUnread(ref, problem, peer, false), t.chosenUnread(ref, null, peer, true)];
    }),
    t.addTo(refs, (id) => `добавить пары в ${id}`),
    t.removeWhich(refs, (id) => `удалить расписание ${id}`),
    t.removeAsk(ref),
    t.removeAsk(ref, true),
    t.leftToOthers(ref),
    t.removed(ref),
    ...(['gone', 'not-yours'] as const).map(t.removeRefused),
    t.accepted(NASTY),
    ...(['not-held', 'not-yours', 'held', 'busy'] as const).map(t.acceptRefused),
    ...sourceScreens(t),
    t.calendarFailed({ kind: 'unknown-param', detail: 'group', suggestions: [NASTY, ...Array(40).fill('ПИ-21')] }),
    t.calendarFailed({ kind: 'too-many', detail: '10', suggestions: [] }),
    ...says.map(t.form),
  ];
}

describe.each(['ru', 'en'] as const)('in %s', (language) => {
  test.each([dm, chat])('$kind', (peer) => {
    for (const message of all(texts(language), peer)) {
      checkMessage(message, peer.kind === 'chat');
      expect(message.text).not.toMatch(/\[id1|@all|\*id1|call\.example|\u202e/);
    }
  });

  test('every kind of trouble has a sentence of its own', () => {
    const kinds = [
      'unreachable',
      'blocked',
      'changed',
      'unknown-param',
      'not-published',
      'refused',
      'too-big',
      'too-many',
      'empty',
    ];
    const t = texts(language);
    const said = kinds.map((kind) => t.calendarFailed({ kind, detail: 'something new', suggestions: [] }).text);
    expect(new Set(said).size).toBe(kinds.length);
    expect(said).not.toContain(t.calendarFailed({ kind: 'never heard of', detail: '', suggestions: [] }).text);
  });
});

test('the table shown in words is the beginning of the one that is downloaded', () => {
  const csv = readFileSync(join(import.meta.dirname, '../../scrapers/table/template.csv'), 'utf8').split(/\r?\n/);
  const columns = TEMPLATE[0]?.split(';').length;
  const shown = csv.slice(1, 4).map((row) => row.split(';').slice(0, columns).join(';'));
  expect(TEMPLATE).toEqual(shown);
});

/** What those who run the bot say of sources. Nobody else's words are read so: to others they are words like any. Pure. */
import type { Intent } from './intent.ts';

const ALL = /^(?:источники|sources)(?:\s+(\d{1,4}))?$/iu;
const WANTED = /^(?:источники\s+новые|sources\s+new)(?:\s+(\d{1,4}))?$/iu;
const SOURCE = /^(?:источники|sources)\s+([a-z][a-z0-9-]*(?::[a-z0-9_-]+)?)(?:\s+(\d{1,4}))?$/iu;
const FEED = /^(?:источник|source)\s+(\d{1,9})(?:\s+(\p{L}+))?$/iu;
const DEEDS: readonly (readonly [RegExp, 'accept' | 'retry' | 'replay'])[] = [
  [/^(?:принять|прими|accept)$/iu, 'accept'],
  [/^(?:повторить|повтори|again|retry)$/iu, 'retry'],
  [/^(?:разобрать|разбери|replay)$/iu, 'replay'],
];

/** «источники», «источники 2», «источники новые», «источники ruz:hse 2», «источник 15», «источник 15 принять»; null for anything else. */
export function sourcesOf(said: string): Intent | null {
  const all = ALL.exec(said);
  if (all !== null) return { kind: 'sources', ask: { of: 'all', page: pageOf(all[1]) } };
  const wanted = WANTED.exec(said);
  if (wanted !== null) return { kind: 'sources', ask: { of: 'wanted', page: pageOf(wanted[1]) } };
  const source = SOURCE.exec(said);
  if (source !== null)
    return { kind: 'sources', ask: { of: 'source', key: (source[1] ?? '').toLowerCase(), page: pageOf(source[2]) } };
  const feed = FEED.exec(said);
  if (feed === null) return null;
  const deed = feed[2] === undefined ? null : DEEDS.find(([word]) => word.test(feed[2] ?? ''))?.[1];
  return deed === undefined ? null : { kind: 'sources', ask: { of: 'feed', id: Number(feed[1]), deed } };
}

function pageOf(digits: string | undefined): number {
  return Math.max(1, Number(digits ?? 1));
}

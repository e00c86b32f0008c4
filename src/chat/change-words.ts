/** Which changes are told, as words change it: on and off, how far ahead, of what kinds. Pure. */
import type { ChangeKind } from '../domain/diff.ts';
import type { Horizon } from '../domain/peer.ts';
import type { Intent } from './intent.ts';
import type { Rest } from './settings-phrase.ts';

const KINDS: readonly (readonly [ChangeKind, RegExp])[] = [
  ['cancelled', /^(отмен(?:ы|у|ах|ам|а)?|отменил[аи]?|отменят|отменен\p{L}{0,3}|cancellations?)$/u],
  ['restored', /^(возврат(?:ы|ов|ах|ам)?|restored)$/u],
  ['added', /^(новы(?:е|х|ми|м)|new)$/u],
  ['moved', /^(перенос(?:ы|ов|ах|ам|ами)?|перенесл[аи]|перенесут|moves?)$/u],
  ['room', /^(аудитори(?:и|й|ю|ях|ям)|кабинет(?:ы|ов|ах|а)?|rooms?)$/u],
  ['teacher', /^(преподавател(?:и|ей|я|ях|ям)|препод(?:ы|ов|а)?|учител(?:я|ей|ях)|teachers?)$/u],
  ['subject', /^(предмет(?:ы|ов|ах|а)?|subjects?)$/u],
  ['kind', /^(вид(?:ы|ов|ах|а)?|kinds?)$/u],
  ['format', /^(формат(?:ы|ов|а|ах|е)?|дистант(?:а|е)?|formats?)$/u],
];
/** May stand beside the name of a kind. */
const BESIDE =
  /^(и|или|а|в|во|по|с|со|о|об|про|если|когда|что|пар|пары|пару|парах|занятий|занятия|занятиях|and|of|in|lessons?)$/u;
const HORIZONS: readonly (readonly [Horizon, RegExp])[] = [
  [
    'near',
    /^(?:на|for)\s+(?:(?:сегодня\s+и\s+(?:на\s+)?)?завтра|сегодня|(?:2|два)\s+дня|ближайшие\s+дни|(?:today\s+and\s+)?tomorrow)$/u,
  ],
  ['week', /^(?:на|for)\s+(?:(?:7|семь)\s+дней|(?:1\s+|одну\s+)?неделю|7\s+days|a\s+week)$/u],
  ['all', /^(?:на|for)\s+(?:все(?:\s+дни)?|весь\s+семестр|любой\s+день|все\s+время|all(?:\s+days)?|any\s+day)$/u],
];
/** Says nothing beside a horizon. */
const AROUND = /(?<!\p{L})(?:мне|нам|пожалуйста|только|вперед|в\s+расписании|о|об|ahead|me|please|only)(?!\p{L})/gu;

/** Whether a word names a kind of change. */
export function isChangeKind(word: string): boolean {
  return KINDS.some(([, pattern]) => pattern.test(word));
}

/** «не присылать изменения», «изменения на 7 дней», «не присылать изменения аудиторий», «присылать только отмены». */
export function readChanges({ said, bare, text, off, on, question }: Rest): Intent | null {
  const plain = bare.replace(AROUND, ' ').replace(/\s+/g, ' ').trim();
  const horizon = HORIZONS.find(([, pattern]) => pattern.test(plain))?.[0];
  if (horizon !== undefined) {
    if (question || off) return { kind: 'settings', topic: 'changes' };
    return { kind: 'changes', on: true, horizon };
  }
  if (plain === 'все' || plain === 'all') return everyChange({ said, off, on, question });
  const kinds = kindsIn(plain);
  if (kinds !== null) {
    if (question) return { kind: 'settings', topic: 'kinds' };
    const only = /(?<!\p{L})(?:только|only)(?!\p{L})/u.test(bare);
    // «изменения аудиторий» may ask for them to be shown.
    if (!off && !on && !only) return { kind: 'settings', topic: 'kinds' };
    if (only && off) return { kind: 'settings', topic: 'kinds' };
    return { kind: 'changes', on: !off, kinds, ...(only ? { only } : {}) };
  }
  // So far ahead can not be looked.
  if (/^на\s+\d{1,3}\s+(?:дн\p{L}{1,2}|день|недел\p{L}+)$|^на\s+(?:месяц|полгода|год)$/u.test(plain))
    return { kind: 'settings', topic: 'changes' };
  if (text === 'только') return { kind: 'settings' };
  if (text.replace(/^(?:в|in)$/, '') !== '') return null;
  if (question) return { kind: 'settings', topic: 'changes' };
  return off || on ? { kind: 'changes', on: !off } : null;
}

/** «не пиши про замены», «присылай замены»: as colleges call all changes. Without a verb they are asked for. */
export function readReplacements(rest: Rest): Intent | null {
  return rest.asks ? readChanges(rest) : null;
}

/** «изменения все», «присылать все изменения»; bare «все изменения» may ask to see them. */
function everyChange({ said, off, on, question }: Pick<Rest, 'said' | 'off' | 'on' | 'question'>): Intent {
  if (question || off)
    return off && !question ? { kind: 'changes', on: false } : { kind: 'settings', topic: 'changes' };
  if (!on && /^(?:все|all)\s/.test(said)) return { kind: 'settings', topic: 'changes' };
  return { kind: 'changes', on: true, horizon: 'all', kinds: KINDS.map(([kind]) => kind) };
}

/** The kinds named, when nothing else is said; null otherwise. */
function kindsIn(plain: string): ChangeKind[] | null {
  const words = plain.split(/[\s,]+/).filter((word) => word !== '' && !BESIDE.test(word));
  const kinds = words.map((word) => KINDS.find(([, pattern]) => pattern.test(word))?.[0]);
  const known = kinds.filter((kind) => kind !== undefined);
  return known.length > 0 && known.length === kinds.length ? [...new Set(known)] : null;
}

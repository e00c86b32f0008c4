/** What is meant by the words after «скрыть»: a subject, a teacher, a kind of lesson or a pair of the day. Pure. */
import { mentioned } from '../domain/mention.ts';
import type { Hidden } from '../domain/peer.ts';
import { ordinalOf } from './hide-words.ts';

/** One thing, one of several, or none with those nearest to it. */
export type Target =
  | { readonly found: 'one'; readonly hidden: Hidden }
  | { readonly found: 'several' | 'none'; readonly options: readonly Hidden[] };

/** Lesson kinds as people call them. */
const KINDS: readonly (readonly [string, RegExp])[] = [
  ['lecture', /^(?:лекци\p{L}+|лекций|lectures?)$/u],
  ['practice', /^(?:практик\p{L}*|практическ\p{L}+|practices?)$/u],
  ['lab', /^(?:лаб(?:ы|у|а)?|лабораторн\p{L}+|labs?)$/u],
  ['seminar', /^(?:семинар\p{L}*|seminars?)$/u],
  ['graded-test', /^зачет\p{L}* с оценкой$/u],
  ['test', /^(?:зачет\p{L}*|tests?)$/u],
  ['exam', /^(?:экзамен\p{L}*|exams?)$/u],
  ['consultation', /^(?:консультаци\p{L}+|consultations?)$/u],
  ['class-hour', /^классн\p{L}+ час\p{L}*$/u],
  ['meeting', /^(?:собрани\p{L}+|meetings?)$/u],
];
const BY: readonly (readonly [Hidden['by'], RegExp])[] = [
  ['teacher', /^(?:преподавател\p{L}+|препод\p{L}?|учител\p{L}+|teacher)\s+/u],
  ['subject', /^(?:предмет\p{L}?|дисциплин\p{L}|subject)\s+/u],
  ['kind', /^(?:вид\p{L}?|kind)\s+/u],
];
const SLOT = /^(\S+)\s+(?:пар[уаые]|урок)$/u;
const OFFERED = 5;

/** «физру и английский», «лекции, 1 пару»: several at once, where each is one thing and all together are none. */
export function targetsOf(
  what: string,
  among: readonly Hidden[],
): Target | { readonly found: 'all'; readonly all: readonly Hidden[] } {
  const target = targetOf(what, among);
  const parts = what.split(/\s*,\s*|\s+(?:и|and)\s+/u).filter((part) => part !== '');
  if (target.found === 'one' || parts.length < 2) return target;
  const each = parts.map((part) => targetOf(part, among)).flatMap((one) => (one.found === 'one' ? [one.hidden] : []));
  return each.length === parts.length ? { found: 'all', all: each } : target;
}

/** Finds among what there is (of the timetable, or of what is hidden) what the words mean. Expects folded words. */
export function targetOf(what: string, among: readonly Hidden[]): Target {
  const slot = ordinalOf(SLOT.exec(what)?.[1] ?? '');
  // A pair need not stand in the timetable today: it may tomorrow.
  if (slot !== null) return { found: 'one', hidden: { by: 'slot', name: slot } };
  const kind = KINDS.find(([, pattern]) => pattern.test(what))?.[0];
  const ofKind = among.find(({ by, name }) => by === 'kind' && name === kind);
  if (ofKind !== undefined) return { found: 'one', hidden: ofKind };
  const said = BY.find(([, pattern]) => pattern.test(what));
  const name = said === undefined ? what : what.replace(said[1], '');
  const groups = said === undefined ? (['subject', 'teacher', 'kind'] as const) : [said[0]];
  const found: Hidden[] = [];
  const near: Hidden[] = [];
  for (const by of groups) {
    const names = among.filter((one) => one.by === by).map((one) => one.name);
    const whole = mentioned(name, names);
    // «физ-ра» is «физра».
    const hit = whole.found === 'none' && name.includes('-') ? mentioned(name.replaceAll('-', ''), names) : whole;
    if (hit.found === 'one') found.push({ by, name: hit.name });
    else if (hit.found === 'several') found.push(...hit.names.map((one) => ({ by, name: one })));
    else near.push(...hit.near.map((one) => ({ by, name: one })));
  }
  const [only] = found;
  if (only !== undefined && found.length === 1) return { found: 'one', hidden: only };
  if (found.length > 1) return { found: 'several', options: found.slice(0, OFFERED) };
  return { found: 'none', options: near.slice(0, OFFERED) };
}

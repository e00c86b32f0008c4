/** How what a peer asked for is named inside Russian sentences: minutes, days, kinds of change, what is hidden. */
import type { Weekday } from '../../domain/calendar.ts';
import { CHANGE_KINDS, type ChangeKind } from '../../domain/diff.ts';
import type { Hidden, Horizon, Quiet } from '../../domain/peer.ts';
import { plural } from '../format.ts';
import { KIND_SAID } from '../hidden.ts';

export const ON_WEEKDAY: Readonly<Record<Weekday, string>> = {
  1: 'в понедельник',
  2: 'во вторник',
  3: 'в среду',
  4: 'в четверг',
  5: 'в пятницу',
  6: 'в субботу',
  7: 'в воскресенье',
};
const HORIZONS: Readonly<Record<Horizon, string>> = {
  near: 'на сегодня и завтра',
  week: 'на 7 дней вперёд',
  all: 'на любой день',
};
/** Kinds of change in the genitive: «кроме отмен». */
const OF_KINDS: Readonly<Record<ChangeKind, string>> = {
  cancelled: 'отмен',
  restored: 'возвратов',
  added: 'новых пар',
  moved: 'переносов',
  room: 'аудиторий',
  teacher: 'преподавателей',
  subject: 'предметов',
  kind: 'видов занятий',
  format: 'формата',
};

/** In the nominative: «только отмены». */
const KINDS: Readonly<Record<ChangeKind, string>> = {
  cancelled: 'отмены',
  restored: 'возвраты',
  added: 'новые пары',
  moved: 'переносы',
  room: 'аудитории',
  teacher: 'преподаватели',
  subject: 'предметы',
  kind: 'виды занятий',
  format: 'формат',
};

/** The shorter list of the two is said: what is told, or what is not. */
export function changesText(horizon: Horizon | null, muted: readonly ChangeKind[]): string {
  if (horizon === null) return 'не присылаю';
  const told = CHANGE_KINDS.filter((kind) => !muted.includes(kind));
  const isFew = told.length > 0 && told.length < muted.length;
  const which = isFew
    ? `, только ${listed(told.map((kind) => KINDS[kind]))}`
    : muted.length > 0
      ? `, кроме ${listed(muted.map((kind) => OF_KINDS[kind]))}`
      : '';
  return `сообщаю сразу, ${HORIZONS[horizon]}${which}`;
}

export function quietText({ from, to }: Quiet): string {
  return `с ${from} до ${to}`;
}

export function leadsText(leads: readonly number[]): string {
  return listed(leads.map((lead) => `за ${minutesText(lead)}`));
}

export function minutesText(minutes: number): string {
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  const parts = [
    hours === 0 ? '' : `${hours} ${plural(hours, ['час', 'часа', 'часов'])}`,
    rest === 0 ? '' : `${rest} ${plural(rest, ['минуту', 'минуты', 'минут'])}`,
  ];
  return parts.filter((part) => part !== '').join(' ');
}

/** «а, б и в». */
export function listed(names: readonly string[]): string {
  return names.join(', ').replace(/, (?=[^,]*$)/, ' и ');
}

export function hiddenName({ by, name }: Hidden): string {
  if (by === 'slot') return `${name}-я пара`;
  return by === 'kind' ? (KIND_SAID[name] ?? name) : name;
}

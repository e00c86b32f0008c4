/** What the bot says to those who made a timetable or brought a calendar, in Russian. */
import type { TimetableRef } from '../../domain/view.ts';
import { clean } from '../format.ts';
import type { Message } from '../message.ts';
import { column } from '../offer.ts';

/** «добавить пары» beside somebody else's timetable: which of one's own is meant. */
export function addTo(refs: readonly TimetableRef[], say: (id: number) => string): Message {
  return {
    text: 'Пары в расписание добавляет тот, кто его создал. В какое из своих добавить?',
    buttons: column(refs, say),
  };
}

export function removeWhich(refs: readonly TimetableRef[], say: (id: number) => string): Message {
  return { text: 'Какое расписание удалить?', buttons: column(refs, say) };
}

/** `others`: it is of a site, and not only this person follows it. */
export function removeAsk(ref: TimetableRef, others = false): Message {
  return {
    text: others
      ? `Расписанием «${clean(ref.name)}» с этого сайта пользуешься не только ты. Уберу его у тебя, у остальных оно останется. Точно?`
      : `Удалю «${clean(ref.name)}» для всех, кто им пользуется, и вернуть его будет нельзя. Точно?`,
    buttons: [
      [{ label: 'Да, удалить расписание', say: `да, удалить расписание ${ref.id}`, color: 'negative' }],
      [{ label: 'Отмена', say: 'отмена' }],
    ],
  };
}

export function removed(ref: TimetableRef): Message {
  return { text: `Готово, расписания «${clean(ref.name)}» больше нет.` };
}

export function leftToOthers(ref: TimetableRef): Message {
  return { text: `Готово, «${clean(ref.name)}» больше не твоё. Кто им пользуется, у тех оно осталось.` };
}

export function removeRefused(why: 'not-yours' | 'gone'): Message {
  if (why === 'gone') return { text: 'Этого расписания уже нет.' };
  return { text: 'Удалить расписание может только тот, кто его создал.' };
}

export function accepted(name: string): Message {
  return {
    text: `Принял: «${clean(name)}» теперь такое, как на сайте.`,
    buttons: [[{ label: 'Неделя', say: 'неделя' }]],
  };
}

const NOT_ACCEPTED = {
  'not-held': 'Принимать нечего: расписание и так такое, как на сайте.',
  'not-yours': 'Принять может тот, кто добавил этот календарь.',
  held: 'Пока не принял: на сайте с тех пор всё снова изменилось, и тоже странно. Посмотри туда и, если там верно, напиши «принять» ещё раз.',
  busy: 'Как раз читаю этот календарь. Напиши «принять» ещё раз через минуту.',
} as const;

export function acceptRefused(why: keyof typeof NOT_ACCEPTED): Message {
  return { text: NOT_ACCEPTED[why] };
}

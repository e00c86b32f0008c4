/** The words of «почему», in Russian. */
import { whyTexts } from '../why.ts';
import { minutesText } from './wishes.ts';
import { WORDS } from './words.ts';

const BEFORE = {
  each: 'до пары',
  first: 'до первой пары дня',
  exam: 'до экзамена или консультации',
  meeting: 'до собрания',
} as const;
const SAID = {
  evening: (day: string) => `пары на ${day}`,
  morning: (day: string) => `пары на ${day}`,
  week: (day: string) => `неделя с ${day}`,
  homework: (day: string) => `домашка на ${day}`,
  changes: (count: string) => `изменения (${count})`,
  'follow-up': (subject: string) => `поправка: ${subject}`,
  ready: (title: string) => `расписание «${title}»`,
  unread: (title: string) => `расписание «${title}»`,
  moved: (title: string) => (title === '' ? 'беседа' : `беседа с расписанием «${title}»`),
  held: (title: string) => `расписание «${title}»`,
  calendar: (title: string) => `календарь «${title}»`,
  source: (name: string) => `источник ${name}`,
  sending: () => 'об отправке в VK',
} as const;

export const { why, whyLesson } = whyTexts({
  lesson: WORDS,
  near: { yesterday: 'вчера', today: 'сегодня', tomorrow: 'завтра' },
  heads: { past: 'Что присылал, последнее сверху:', next: 'Дальше пришлю:', unannounced: 'Сегодня не напоминаю:' },
  noPast: 'За последнее время ничего не присылал.',
  noNext: 'Дальше присылать нечего: всё выключено или пар впереди нет.',
  lessonAt: (subject, day, clock) => (day === null ? `${subject} в ${clock}` : `${subject}, ${day} в ${clock}`),
  more: (count) => `и ещё ${count}`,
  said: (kind, detail) => SAID[kind](detail),
  wanted: ({ what, minutes }) =>
    minutes === 0 ? 'к самому началу пары' : `за ${minutes === 1440 ? 'день' : minutesText(minutes)} ${BEFORE[what]}`,
  because: {
    evening: 'каждый вечер',
    morning: 'каждое утро',
    week: 'раз в неделю',
    homework: 'накануне',
    changes: 'расписание изменилось',
    'follow-up': 'напоминание стало неверным',
    ready: 'его ждали',
    unread: 'его ждали',
    moved: 'она переехала в MAX',
    held: 'чтение показалось странным',
    calendar: 'он перестал читаться или снова читается',
    source: 'с ним беда или она кончилась',
    sending: 'VK её останавливал',
  },
  late: (minutes) => `на ${minutesText(minutes).replace(/ минут[уы]?$/, ' мин')} позже`,
  held: 'после тихих часов',
  fate(fate, why) {
    switch (fate) {
      case 'waiting':
        return 'отправляю';
      case 'expired':
        return 'не отправил: стало поздно';
      case 'asleep':
        return 'не дошло: мне было запрещено сюда писать';
      case 'refused':
        return 'не дошло: VK не принял сообщение';
      case 'withdrawn':
        if (why === 'cancelled') return 'не отправил: пару отменили';
        return why === 'changed' ? 'не отправил: расписание изменилось' : 'не отправил: настройки изменились';
    }
  },
  silences: {
    subgroup: 'пара другой подгруппы',
    hidden: 'скрыто в настройках',
    off: 'напоминания перед парами выключены',
    cancelled: 'пару отменили',
    'all-day': 'занятие на весь день, без часа начала',
    joined: 'напоминаю вместе с парой перед ней',
    'not-first': 'напоминаю только к первой паре дня',
  },
  about: (subject, day, clock) => `${subject}, ${day} в ${clock}`,
  notReminded: (reason) => `Не напоминал: ${reason}.`,
  sentAt: (clock) => `отправил в ${clock}`.replace(/ в (?=\p{L})/u, ' '),
  comes: (clock) => `пришлю в ${clock}`.replace(/ в (?=\p{L})/u, ' '),
  untold: 'не присылал: тогда настройки или расписание были другими',
  noLesson: (name) =>
    name === ''
      ? 'Ни вчера, ни сегодня, ни в ближайшие дни пар не вижу, напоминать не о чем.'
      : `Пары «${name}» в эти дни не вижу. Спроси так: «почему не напомнил про матан».`,
  labels: {
    why: 'Что присылал',
    missed: 'Почему не напомнил?',
    settings: 'Настройки',
    hidden: 'Скрытое',
    subgroup: 'Подгруппа',
    remind: 'Напоминать за 15 минут',
  },
});

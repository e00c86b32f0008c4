/** What is said of one lesson that is cancelled by hand, and of not being woken, in Russian. */
import { strikeTexts } from '../strike.ts';
import { listed } from './wishes.ts';
import { WORDS } from './words.ts';

export const { strikeAsk, struck, strikeRefused, strikeRefusedBriefly, strikeNoMove, wakeAsk } = strikeTexts({
  lesson: WORDS,
  no: 'Отмена',
  verbs: { cancel: 'Отменить', restore: 'Вернуть' },
  ask: (deed, lesson, name, typed) =>
    `${deed === 'cancel' ? 'Отменить' : 'Вернуть'}: ${lesson}? Скажу всем, кто следит за «${name}». Ответь кнопкой или словами: «${typed}».`,
  which: (deed, day) => `Какую пару ${deed === 'cancel' ? 'отменить' : 'вернуть'}? Есть ${day}:`,
  done: (deed, lesson, name) =>
    `${deed === 'cancel' ? 'Отменил' : 'Вернул'}: ${lesson}. Через несколько минут скажу всем, кто следит за «${name}».`,
  refused(why, name, names) {
    switch (why) {
      case 'site':
        return `Пары «${name}» приходят с сайта или из файла, отменяют и переносят их там: увижу и скажу. Если пара не нужна только тебе, напиши «скрыть» и предмет.`;
      case 'not-yours':
        return `Отменить пару в «${name}» может тот, кто составил это расписание. Если она не нужна только тебе, напиши «скрыть» и предмет.`;
      case 'gone':
        return `Такой пары в «${name}» уже нет. Что есть, покажет «неделя».`;
      case 'no-lesson':
        return names.length === 0
          ? 'Таких пар в эти дни нет. Назови предмет и день: «отмени физику завтра», «верни физику завтра».'
          : `Такой пары тогда нет. Есть ${listed(names.map((one) => `«${one}»`))}.`;
    }
  },
  briefly: (why) =>
    why === 'gone' ? 'Такой пары уже нет.' : 'Отменить и вернуть пару может тот, кто составил это расписание.',
  noMove: 'Переносить и менять одну пару пока не умею. Отменить могу: «отмени физику завтра».',
  wake: (until, morning) =>
    `Молчать ночью, до ${until}? Что придёт за это время, скажу потом, а о паре, которая начнётся раньше, – вовремя.${morning ? ' Или не присылать пары по утрам?' : ''}`,
  buttons: {
    yes: (deed) => (deed === 'cancel' ? 'Да, отменить' : 'Да, вернуть'),
    quiet: (until) => `Тихо с 23:00 до ${until}`,
    hours: 'Другие тихие часы',
    noMorning: 'Утром не присылать',
    noFirst: 'К первой паре не напоминать',
  },
});

/** The words of homework, in Russian. */
import { homeworkTexts } from '../homework.ts';
import { listed } from './wishes.ts';
import { WORDS } from './words.ts';

export const { homeworkList, homeworkGiven, homeworkTaken, homeworkAsk, homeworkRefused } = homeworkTexts({
  lesson: WORDS,
  title: (name) => `Домашка · ${name}`,
  nothing: 'Впереди ничего не записано. Тот, кто ведёт расписание, записывает так: «дз матан: №5–7».',
  given(subject, day, { replaced }, told) {
    const next = {
      before: 'Покажу рядом с парой и напомню накануне.',
      late: 'Покажу рядом с парой и через три минуты допишу тем, кому о ней пора было сказать.',
      not: 'Покажу рядом с парой.',
    };
    return `${replaced ? 'Заменил' : 'Записал'}: ${subject}, ${day}. ${next[told]}`;
  },
  taken: (subject, day) => `Убрал домашку: ${subject}, ${day}.`,
  refused(subject, why, names) {
    switch (why) {
      case 'not-yours':
        return 'Домашку записывает тот, кто добавил это расписание, и старосты, которых он назначил; у расписания университета их назначает оператор бота. Своё можно составить так: «создать расписание ПИ-21».';
      case 'gone':
        return 'Этого расписания больше нет. Напиши группу, например ПИ-21, и найду новое.';
      case 'too-long':
        return 'Слишком длинно: домашка умещается в 300 знаков. Сократи и пришли снова.';
      case 'no-subject':
        return 'По какому предмету? Напиши вместе с ним: «дз матан: №5–7».';
      case 'none':
        return `Домашки по предмету «${subject}» впереди не записано.`;
      case 'several':
        return `«${subject}» – это ${names.map((name) => `«${name}»`).join(' или ')}? Назови точнее: «дз ${names[0] ?? 'матан'}: №5–7».`;
      case 'no-lesson':
        return names.length === 0
          ? `Не вижу пары «${subject}», записать домашку некуда.`
          : `Не вижу пары «${subject}», к которой это записать. Есть ${listed(names.map((name) => `«${name}»`))}.`;
    }
  },
  ask: (subject, day) => `Записать домашку? ${subject}, ${day}.`,
  how: (day, button) =>
    `Если да, ${button ? 'нажми кнопку или ' : ''}напиши с двоеточием: «дз предмет на ${day}: что задано».`,
  write: 'Записать',
  take: 'Убрать',
});

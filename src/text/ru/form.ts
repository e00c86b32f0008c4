/** The words of the dialogue about lessons typed by hand, in Russian. */
import { dialogue } from '../form.ts';
import { plural } from '../format.ts';
import { WORDS } from './words.ts';

const EXAMPLE = 'Пн 1 матан лек Иванов 404Л\nВт 2 физика лаб\nСр 3 англ нечёт\nЧт 10:00-11:30 право';

/** The next thing the dialogue says, in Russian. */
export const form = dialogue({
  lesson: WORDS,
  weekdays: {
    1: 'Понедельник',
    2: 'Вторник',
    3: 'Среда',
    4: 'Четверг',
    5: 'Пятница',
    6: 'Суббота',
    7: 'Воскресенье',
  },
  labels: {
    cancel: 'Отмена',
    next: 'Дальше',
    usualBells: 'Звонки как обычно',
    save: 'Сохранить',
    correct: 'Исправить',
    otherWay: 'Наоборот',
  },
  name: (again) =>
    again
      ? 'Такое название не подойдёт: нужны буквы и не больше 40 знаков. Как назвать расписание? Например: ПИ-21'
      : 'Как назвать расписание? Например: ПИ-21',
  lines: (name, chat) =>
    `Расписание «${name}». Пришли пары, сколько угодно строк сразу:\n\n${EXAMPLE}\n\nНомер пары или время, предмет; вид, преподаватель и аудитория, если есть.${chat ? ' Отвечай на это сообщение, иначе я не увижу.' : ''}`,
  noLines: 'Не вижу здесь пар.',
  likeThis: `Нужно так:\n${EXAMPLE}`,
  tooMany: (limit) => `Больше ${limit} пар в одно расписание не помещается. Эти строки я не взял, прежние на месте.`,
  left: 'Хорошо, ничего не сохранил.',
  understood: (count) => `Понял так, ${pairs(count)}:`,
  moreRows: (count) => `…и ещё ${pairs(count)}`,
  pair: (number) => `${number} пара`,
  parity: { odd: 'нечётные недели', even: 'чётные недели' },
  weeks: (numbers) => `недели ${numbers}`,
  bad: 'Не понял:',
  why: {
    'no-day': 'не вижу дня недели',
    'no-time': 'не вижу номера пары или времени',
    'no-end': 'не вижу, когда кончается: напиши 10:00-11:30',
    'bad-time': 'такого времени не бывает',
    'no-subject': 'не вижу предмета',
    'too-long': 'слишком длинная строка',
  },
  quoted: (line) => `«${line}»`,
  moreBad: (count) => `…и ещё ${count} ${plural(count, ['строка', 'строки', 'строк'])}`,
  askMore:
    'Пришли строки, которые надо поправить или добавить. Лишнюю убирает «убрать 3», всё сразу «заново». Когда всё верно, напиши «дальше».',
  usualBells: (bells) => `Звонки как обычно?\n${bells}\n\nЕсли у вас иначе, напиши: 1 8:30-10:00, 2 10:10-11:40`,
  missingBells: (numbers, example) => `Когда идёт ${numbers} пара? Напиши так: ${example}`,
  term: (again) =>
    `${again ? 'Не понял даты. Когда идут занятия?' : 'С какого и по какое число идут занятия?'} Нажми кнопку или напиши: с 1.09 по 28.12`,
  span: (start, end) => `С ${start} по ${end}`,
  saving: (name, count, adding) =>
    adding ? `Добавляю в «${name}»: ${pairs(count)}.` : `«${name}»: ${pairs(count)} в неделю.`,
  savingTerm: (start, end) => `Занятия с ${start} по ${end}.`,
  savingBells: (bells) => `Звонки: ${bells}.`,
  savingParity: (odd, day) =>
    `${day === null ? 'Сейчас' : `Первая неделя, с ${day},`} ${odd ? 'нечётная' : 'чётная'} неделя. Если нет, нажми «Наоборот».`,
  askSave: 'Сохранить?',
});

function pairs(count: number): string {
  return `${count} ${plural(count, ['пара', 'пары', 'пар'])}`;
}

/** What the dialogue about lessons typed by hand says, in Russian. */
import type { Bell, Day, Weekday } from '../../domain/calendar.ts';
import type { KnownKind, Weeks } from '../../domain/lesson.ts';
import type { BadLine, DraftRow, FormAsk, FormSay } from '../draft.ts';
import { clean, dayMonth, plural, short, fit as within } from '../format.ts';
import type { Button, Message } from '../message.ts';
import { WORDS } from './words.ts';

const WEEKDAYS = ['', 'Понедельник', 'Вторник', 'Среда', 'Четверг', 'Пятница', 'Суббота', 'Воскресенье'] as const;
const EXAMPLE = 'Пн 1 матан лек Иванов 404Л\nВт 2 физика лаб\nСр 3 англ нечёт\nЧт 10:00-11:30 право';
const CANCEL: Button = { label: 'Отмена', say: 'отмена', color: 'secondary' };
/** A message holds 4096 characters; the question after the table must fit too. */
const TABLE_LIMIT = 2800;
const BAD_SHOWN = 8;

/** The next thing the dialogue says. */
export function form(say: FormSay): Message {
  switch (say.kind) {
    case 'ask-name':
      return {
        text: say.again
          ? 'Такое название не подойдёт: нужны буквы и не больше 40 знаков. Как назвать расписание? Например: ПИ-21'
          : 'Как назвать расписание? Например: ПИ-21',
        buttons: [[CANCEL]],
      };
    case 'ask-lines':
      return {
        text: `Расписание «${clean(say.name)}». Пришли пары, сколько угодно строк сразу:\n\n${EXAMPLE}\n\nНомер пары или время, предмет; вид, преподаватель и аудитория, если есть.${say.chat ? ' Отвечай на это сообщение, иначе я не увижу.' : ''}`,
        buttons: [[CANCEL]],
      };
    case 'no-lines':
      return {
        text: `${say.bad.length > 0 ? badLines(say.bad) : 'Не вижу здесь пар.'}\n\nНужно так:\n${EXAMPLE}`,
        buttons: [[CANCEL]],
      };
    case 'table': {
      const parts = [table(say.rows), say.bad.length > 0 ? badLines(say.bad) : '', question(say.next)];
      return { text: within(parts.filter((part) => part !== '').join('\n\n')), buttons: buttons(say.next) };
    }
    case 'ask':
      return { text: question(say.next), buttons: buttons(say.next) };
    case 'too-many':
      return {
        text: `Больше ${say.limit} пар в одно расписание не помещается. Эти строки я не взял, прежние на месте.`,
      };
    case 'left':
      return { text: 'Хорошо, ничего не сохранил.' };
  }
}

function table(rows: readonly DraftRow[]): string {
  const lines: string[] = [];
  let day: Weekday | null = null;
  let length = 0;
  for (const [index, row] of rows.entries()) {
    const heading = row.weekday === day ? '' : `${lines.length > 0 ? '\n' : ''}${WEEKDAYS[row.weekday]}\n`;
    const text = `${heading}${index + 1}) ${rowText(row)}`;
    length += text.length + 1;
    if (length > TABLE_LIMIT) {
      lines.push(`\n…и ещё ${pairs(rows.length - index)}`);
      break;
    }
    lines.push(text);
    day = row.weekday;
  }
  return `Понял так, ${pairs(rows.length)}:\n\n${lines.join('\n')}`;
}

function rowText(row: DraftRow): string {
  const number = row.number === null ? '' : `${row.number} пара`;
  const when =
    row.start === null ? number : [number, `${row.start}–${row.end}`].filter((part) => part !== '').join(', ');
  const kind = row.kind === '' ? '' : ` (${kindName(row.kind)})`;
  const remote = row.format === 'onsite' ? '' : WORDS.remote;
  const rest = [
    row.teachers.join(', '),
    row.room,
    remote,
    row.subgroup === '' ? '' : WORDS.subgroup(row.subgroup),
    weeksText(row.weeks),
  ];
  return `${when}: ${short(row.subject, 90)}${kind}${rest.map((part) => (part === '' ? '' : ` · ${short(part, 60)}`)).join('')}`;
}

function weeksText(weeks: Weeks): string {
  if (weeks === 'every') return '';
  if (weeks === 'odd') return 'нечётные недели';
  return weeks === 'even' ? 'чётные недели' : `недели ${weeks.join(', ')}`;
}

const WHY: Readonly<Record<BadLine['why'], string>> = {
  'no-day': 'не вижу дня недели',
  'no-time': 'не вижу номера пары или времени',
  'no-end': 'не вижу, когда кончается: напиши 10:00-11:30',
  'bad-time': 'такого времени не бывает',
  'no-subject': 'не вижу предмета',
  'too-long': 'слишком длинная строка',
};

function badLines(bad: readonly BadLine[]): string {
  const shown = bad.slice(0, BAD_SHOWN).map(({ line, why }) => `• «${short(line, 80)}» — ${WHY[why]}`);
  const more = bad.length > BAD_SHOWN ? [`• …и ещё ${lineCount(bad.length - BAD_SHOWN)}`] : [];
  return ['Не понял:', ...shown, ...more].join('\n');
}

function question(next: FormAsk): string {
  switch (next.kind) {
    case 'lines':
      return 'Пришли строки, которые надо поправить или добавить. Лишнюю убирает «убрать 3», всё сразу «заново». Когда всё верно, напиши «дальше».';
    case 'bells':
      return next.usual.length > 0
        ? `Звонки как обычно?\n${bellLines(next.usual)}\n\nЕсли у вас иначе, напиши: 1 8:30-10:00, 2 10:10-11:40`
        : `Когда идёт ${next.missing.join(', ')} пара? Напиши так: ${next.missing.map((number) => `${number} 20:30-22:00`).join(', ')}`;
    case 'term': {
      const start = next.again ? 'Не понял даты. Когда идут занятия?' : 'С какого и по какое число идут занятия?';
      return `${start} Нажми кнопку или напиши: с 1.09 по 28.12`;
    }
    case 'confirm':
      return confirmText(next);
  }
}

function confirmText(next: Extract<FormAsk, { kind: 'confirm' }>): string {
  const { term, parity } = next;
  const week = parity === null ? '' : parity.odd ? 'нечётная' : 'чётная';
  const when = parity === null || parity.now ? 'Сейчас' : `Первая неделя, с ${date(parity.day)},`;
  const lines = [
    next.adding
      ? `Добавляю в «${clean(next.name)}»: ${pairs(next.count)}.`
      : `«${clean(next.name)}»: ${pairs(next.count)} в неделю.`,
    term === null ? '' : `Занятия с ${date(term.start)} по ${date(term.end)}.`,
    next.bells.length === 0
      ? ''
      : `Звонки: ${next.bells.map(({ number, start, end }) => `${number}) ${start}–${end}`).join(', ')}.`,
    week === '' ? '' : `${when} ${week} неделя. Если нет, нажми «Наоборот».`,
    'Сохранить?',
  ];
  return lines.filter((line) => line !== '').join('\n');
}

function buttons(next: FormAsk): Button[][] {
  switch (next.kind) {
    case 'lines':
      return [[{ label: 'Дальше', say: 'дальше', color: 'primary' }, CANCEL]];
    case 'bells':
      return [
        ...(next.usual.length > 0
          ? [[{ label: 'Звонки как обычно', say: 'звонки как обычно', color: 'primary' } as const]]
          : []),
        [CANCEL],
      ];
    case 'term':
      return [...next.offers.map((offer) => [termButton(offer)]), [CANCEL]];
    case 'confirm':
      return [
        [
          { label: 'Сохранить', say: 'сохранить', color: 'positive' },
          { label: 'Исправить', say: 'исправить' },
        ],
        [...(next.parity === null ? [] : [{ label: 'Наоборот', say: 'наоборот' }]), CANCEL],
      ];
  }
}

function termButton({ start, end }: { start: Day; end: Day }): Button {
  const span = `с ${date(start)} по ${date(end)}`;
  return { label: `С${span.slice(1)}`, say: span, color: 'primary' };
}

function bellLines(bells: readonly Bell[]): string {
  return bells.map(({ number, start, end }) => `${number}) ${start}–${end}`).join('\n');
}

function kindName(kind: string): string {
  return Object.hasOwn(WORDS.kinds, kind) ? WORDS.kinds[kind as KnownKind] : kind;
}

/** «1 сентября», without a year: the dialogue speaks of the term around now. */
function date(day: Day): string {
  return dayMonth(day, day, 'ru');
}

function pairs(count: number): string {
  return `${count} ${plural(count, ['пара', 'пары', 'пар'])}`;
}

function lineCount(count: number): string {
  return `${count} ${plural(count, ['строка', 'строки', 'строк'])}`;
}

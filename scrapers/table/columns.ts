/** The names of columns: what the first row of a table calls them, in any order, case and with common other words. */

/** Cells as printed, trimmed; a row's place in the list of rows + 1 is its number in a spreadsheet program. */
export type Row = readonly string[];

/** Names as they are compared: small letters without ё, spaces and signs. The first of each is the template's own. */
const NAMES = {
  group: ['группа', 'группы', 'гр', 'учебнаягруппа', 'класс', 'group'],
  day: ['день', 'деньнедели', 'деньдата', 'деньилидата', 'day', 'weekday'],
  date: ['дата', 'датазанятия', 'число', 'date'],
  weeks: ['недели', 'неделя', 'номеранедель', 'нед', 'четность', 'четностьнедели', 'weeks', 'week'],
  number: ['пара', 'номерпары', 'пары', 'урок', 'номерурока', 'номер', 'number'],
  start: ['начало', 'время', 'времяначала', 'началозанятия', 'времязанятия', 'с', 'start', 'time'],
  end: ['конец', 'окончание', 'времяокончания', 'конецзанятия', 'до', 'end'],
  subject: [
    'предмет',
    'дисциплина',
    'занятие',
    'название',
    'наименование',
    'наименованиедисциплины',
    'subject',
    'course',
  ],
  kind: ['вид', 'видзанятия', 'тип', 'типзанятия', 'форма', 'kind', 'type'],
  teacher: [
    'преподаватель',
    'преподаватели',
    'преподавательи',
    'фиопреподавателя',
    'фио',
    'учитель',
    'teacher',
    'teachers',
  ],
  room: ['аудитория', 'аудитории', 'ауд', 'кабинет', 'каб', 'место', 'номераудитории', 'room'],
  link: ['ссылка', 'ссылканазанятие', 'ссылканаподключение', 'адрес', 'подключение', 'link', 'url'],
  subgroup: ['подгруппа', 'подгруппы', 'подгр', 'пг', 'subgroup'],
  note: ['примечание', 'примечания', 'комментарий', 'заметка', 'note', 'comment'],
  cancelled: ['отмена', 'отменено', 'отменена', 'cancelled', 'canceled'],
  changed: ['изменение', 'изменено', 'замена', 'перенос', 'changed'],
  termStart: ['началосеместра', 'семестрс', 'termstart'],
  termEnd: ['конецсеместра', 'окончаниесеместра', 'семестрпо', 'termend'],
} as const;

export type Column = keyof typeof NAMES;
/** Where each column stands; those that the table lacks are absent. */
export type Columns = ReadonlyMap<Column, number>;

/** Titles, stamps of approval and the lines of the semester may stand above the header, so many rows at most. */
export const HEADER_WITHIN = 30;
/** Fewer known words than this are a sentence that happens to hold one of them. */
const ENOUGH = 3;

const BY_NAME: ReadonlyMap<string, Column> = new Map(
  (Object.keys(NAMES) as Column[]).flatMap((column) => NAMES[column].map((name) => [name, column] as const)),
);

/** The columns that the cells name; of two equal ones the first counts. */
export function recognised(cells: Row): Columns {
  const found = new Map<Column, number>();
  for (const [index, cell] of cells.entries()) {
    const column = BY_NAME.get(plain(cell));
    if (column !== undefined && !found.has(column)) found.set(column, index);
  }
  return found;
}

/** The header and its place; null when none of the first rows is one. */
export function findHeader(rows: readonly Row[]): { readonly at: number; readonly columns: Columns } | null {
  const candidates = rows.slice(0, HEADER_WITHIN).map((row, at) => ({ at, columns: recognised(row) }));
  const best = candidates.reduce(
    (most, one) => (one.columns.size > (most?.columns.size ?? 0) ? one : most),
    candidates[0],
  );
  return best === undefined || best.columns.size < ENOUGH ? null : best;
}

/** The columns without which there are no lessons, by the template's names, that a table lacks. */
export function missing(columns: Columns): readonly string[] {
  const day = columns.has('day') || columns.has('date');
  return [
    ...(day ? [] : [NAMES.day[0]]),
    ...(columns.has('start') ? [] : [NAMES.start[0]]),
    ...(columns.has('subject') ? [] : [NAMES.subject[0]]),
  ];
}

/** A word as names are compared. */
export function plain(text: string): string {
  return text
    .toLowerCase()
    .replaceAll('ё', 'е')
    .replace(/[^\p{L}\d]/gu, '');
}

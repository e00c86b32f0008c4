/** What the bot says to who brings a calendar or a table, as an address or as a file, in Russian. */
import type { Peer } from '../../domain/peer.ts';
import type { PageChoice, TimetableRef } from '../../domain/view.ts';
import { type BroughtFacts, choiceButtons, groupButtons, groupNames, pageButtons, TEMPLATE } from '../brought.ts';
import { dayMonth, plural, short } from '../format.ts';
import type { Button, Message } from '../message.ts';
import { byClocksOf } from '../places.ts';
import { before, named, REMIND, STORED, silent } from './talk.ts';
import { type TroubleFacts, trouble } from './trouble.ts';

const TEMPLATE_BUTTON: Button = { label: 'Шаблон таблицы', say: 'шаблон' };
export const CREATE: Button = { label: 'Создать вместе с группой', say: 'создать вместе с группой' };
const TERM_ROW = '«Семестр;01.09.2026;31.01.2027»';

export function calendarAdded(
  ref: TimetableRef,
  facts: BroughtFacts,
  day: Message,
  peer: Peer,
  told: boolean,
): Message {
  const stored = told ? '' : `\n${STORED}`;
  const head = `${readWords(ref, facts)}${weeksWords(facts)}${silent(peer)}${stored}`;
  return before(head, day, peer.leads.length > 0 ? [] : [[REMIND]]);
}

function readWords(ref: TimetableRef, { count, source, file, changes, site }: BroughtFacts): string {
  const found = `${count} ${plural(count, ['занятие', 'занятия', 'занятий'])}`;
  if (changes !== null) {
    const what = `${changes} ${plural(changes, ['изменение', 'изменения', 'изменений'])}`;
    return `Обновил ${named(ref)} из файла: ${changes === 0 ? 'ничего не изменилось' : what}.`;
  }
  if (file !== null)
    return `Прочитал файл: ${named(ref)}, ${found}. Пришлёшь новый с тем же названием, скажу, что изменилось.`;
  if (site !== null)
    return `Прочитал расписание ${named(ref)} с сайта ${short(new URL(site).host, 60)}: ${found}. Время – ${byClocksOf(ref.zone, 'ru')}. Буду следить за ним.`;
  if (source === 'table') return `Прочитал таблицу ${named(ref)}: ${found}. Буду следить за ней.`;
  return `Прочитал календарь ${named(ref)}: ${found}. Буду следить за ним.`;
}

/** A table of weekdays has no dates of its own: which were taken is said, and how to say others. */
function weeksWords({ weeks }: BroughtFacts): string {
  if (weeks === null) return '';
  const [first, last] = [dayMonth(weeks.week1, weeks.start, 'ru'), dayMonth(weeks.end, weeks.start, 'ru')];
  return ` Неделя 1, нечётная, – с ${first}, занятия до ${last}. Не так? Впиши над таблицей строку ${TERM_ROW} со своими датами и пришли снова.`;
}

export function calendarFailed(problem: TroubleFacts): Message {
  const table = problem.kind === 'changed' && problem.detail === 'not-a-table';
  return { text: trouble(problem), buttons: table ? [[TEMPLATE_BUTTON]] : pageButtons(problem, CREATE) };
}

/** The page that was pasted leads to several timetables; `more` than there is room for. */
export function pageChoices(choices: readonly PageChoice[], more: boolean): Message {
  const rest = more ? ' Здесь не все: напиши название, найду.' : '';
  return { text: `На странице несколько расписаний. Какое твоё?${rest}`, buttons: choiceButtons(choices) };
}

/** The page is of an engine we know and of a university we do not; operators see it in their list. */
export function strangerSite(engine: string, host: string): Message {
  return {
    text: `Это сайт на движке «${short(engine, 40)}» (${short(host, 60)}): такие я читаю, но этого университета у меня ещё нет. Передал тем, кто меня ведёт. А пока можно ввести пары самим – создадим расписание вместе с группой.`,
    buttons: [[CREATE]],
  };
}

/** A table of several groups; `said` is the one named that is not among them, '' when none was. */
export function whichColumn(groups: readonly string[], said: string): Message {
  if (groups.length === 0) return { text: trouble({ kind: 'unknown-param', detail: 'group', suggestions: [] }) };
  const head = said === '' ? 'В таблице несколько групп' : `Группы «${short(said, 40)}» в таблице нет. Есть`;
  return {
    text: `${head}: ${groupNames(groups)}.\n\nНапиши, какая группа нужна.`,
    buttons: groupButtons(groups),
  };
}

/** A group was taken of a table that nobody remembers. */
export function noTable(): Message {
  return { text: 'Пришли таблицу ещё раз, файлом или адресом, и выбери группу.', buttons: [[TEMPLATE_BUTTON]] };
}

/** The table to fill in: where it is, or its first rows where nobody can download from us. */
export function template(url: string | null): Message {
  const rules =
    'Одна строка – одно занятие. День – «пн» или дата «14.09.2026»; недели – пусто, «чёт», «нечёт» или «1-5,9». Над заголовком строка «Семестр» с первым и последним днём.';
  const send = 'Заполни в Excel или Google Таблицах и пришли мне файлом .xlsx, .xls или .csv.';
  if (url !== null) return { text: `Заготовка таблицы: ${url}\n\n${rules}\n\n${send}` };
  return { text: `${rules}\n\nСтолбцы и пример:\nСеместр;01.09.2026;31.01.2027\n${TEMPLATE.join('\n')}\n\n${send}` };
}

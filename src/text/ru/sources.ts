/** The words of trouble with sources, in Russian. */
import { plural } from '../format.ts';
import { type SourceWords, sourceTexts } from '../sources.ts';
import { WORDS } from './words.ts';

function timetables(count: number): string {
  return `${count} ${plural(count, ['расписание', 'расписания', 'расписаний'])}`;
}

export const SOURCE_WORDS: SourceWords = {
  lesson: WORDS,
  doubts: {
    empty: 'впереди пусто, хотя занятия были',
    unreadable: 'много строк не прочитано',
    shrunk: 'пропало больше трети занятий',
    gap: 'пропала целая неделя',
    shifted: 'все занятия сдвинулись на одно и то же время',
    week: 'все занятия переехали на другую неделю',
    foreign: 'занятия другие, будто это другая группа',
  },
  troubles: {
    unreachable: 'сайт не отвечает',
    blocked: 'сайт не пускает',
    changed: 'страница не той формы',
    'unknown-param': 'такого на сайте нет',
    'not-published': 'ещё не опубликовано',
    refused: 'этот адрес читать нельзя',
    'too-big': 'ответ слишком большой',
    failed: 'прочитать не получилось',
  },
  pasted: 'Присланные календари',
  labels: {
    accept: 'Принять',
    again: 'Повторить',
    replay: 'Разобрать сохранённое',
    back: '← Назад',
    next: 'Дальше →',
    more: 'Подробнее',
    week: 'Неделя',
  },
  broken: (name, sum, why) => `Источник ${name}: ${sum}. Причина: ${why}. Прежние расписания остаются, пробую дальше.`,
  back: (name, all, since) => `Источник ${name} снова в порядке: ${timetables(all)}. Беда началась ${since}.`,
  failing: (title, since, why) =>
    `Расписание «${title}» не читается с ${since}: ${why}. Показываю прежнее расписание и пробую дальше. Если адрес сменился, пришли новый.`,
  readAgain: (title) => `Расписание «${title}» снова читается.`,
  sum: ({ all, failing, held, lacking }) =>
    [
      failing === 0 ? '' : `не читается ${failing} из ${all}`,
      held === 0 ? '' : `придержано ${held} из ${all}`,
      lacking === 0 ? '' : `своя причина у ${lacking} из ${all}`,
    ]
      .filter((part) => part !== '')
      .join(', '),
  head: (all, troubled) =>
    `${all} ${plural(all, ['источник', 'источника', 'источников'])}, ${troubled === 0 ? 'все в порядке' : `с бедой ${troubled}`}.`,
  timetables,
  read: (good, next) => `${good === null ? 'ещё не читалось' : `прочитано ${good}`}, проверка ${next}`,
  delay: (near, minutes) =>
    `изменения на сегодня–завтра (${timetables(near)}) ${minutes === null ? 'доходят, а за сколько – ещё не измерено' : `доходят за ${minutes} мин в 95 % случаев`}`,
  more: (count) => `…и ещё ${count}.`,
  held: (why, since) => `придержано с ${since}: ${why}`,
  fails: (why, since, times) =>
    `не читается с ${since}: ${why}, ${times} ${plural(times, ['раз', 'раза', 'раз'])} подряд`,
  well: () => 'в порядке',
  kept: (at, why, pages, kilobytes) =>
    `Сохранено ${at}: ${pages} ${plural(pages, ['страница', 'страницы', 'страниц'])}, ${kilobytes} КБ; ${why}`,
  replayed: (at, lessons, skipped, doubt) =>
    `Сохранённое от ${at} читается: ${lessons} ${plural(lessons, ['занятие', 'занятия', 'занятий'])}${skipped === 0 ? '' : `, не понято строк: ${skipped}`}. ${doubt === null ? 'Сомнений нет.' : `Сомнение: ${doubt}.`}`,
  replayFailed: (at, why) => `Сохранённое от ${at} не читается: ${why}.`,
  deeds: {
    accepted: 'Принято: расписание теперь такое, как на сайте.',
    'not-held': 'Принимать нечего.',
    held: 'Не принято: с тех пор сайт изменился ещё раз, посмотри снова.',
    still: 'Прочитано, но сомнение осталось.',
    busy: 'Этот источник читают прямо сейчас. Повтори через минуту.',
    same: 'Прочитано, ничего не изменилось.',
    changed: 'Прочитано, расписание обновлено.',
    gone: 'Сохранённых страниц уже нет.',
    none: 'Такого источника нет.',
  },
  retryFailed: (why) => `Не прочитано: ${why}.`,
  wanted: {
    head: (count) => `Просят добавить ${count} ${plural(count, ['сайт', 'сайта', 'сайтов'])}.`,
    label: 'Просят добавить',
    none: 'Новых сайтов никто не присылал.',
    how: 'Эти сайты на движках, которые я умею читать. Чтобы добавить, положи файл, впиши название и пояс вместо «?» и перезапусти меня.',
    site: (site, people, last) =>
      `• ${site} – ${people} ${plural(people, ['человек', 'человека', 'человек'])}, последний раз ${last}`,
    tried: (timetables, zones) =>
      `Уже читаю там ${timetables} ${plural(timetables, ['расписание', 'расписания', 'расписаний'])} для тех, кто просил; пояс, как они сказали: ${zones}`,
  },
};

export const { sources, wantedSites, sourceFeeds, sourceFeed, noSource } = sourceTexts(SOURCE_WORDS);

/** Why a calendar could not be read, in Russian: what happened and what to do. */
import { plural, short } from '../format.ts';

/** A failed reading as the flows report it; `kind` and `detail` are those of the source, or our own 'too-many', 'too-often' (detail: seconds) and 'empty'. */
export type TroubleFacts = { readonly kind: string; readonly detail: string; readonly suggestions: readonly string[] };

const BY_DETAIL: Readonly<Record<string, string>> = {
  'changed html':
    'По этому адресу страница сайта, и ссылок на календарь (.ics) или таблицу (.xlsx, .csv) на ней нет. Найди «Экспорт» или «iCal» и пришли адрес, который там дают, или файл. Нет ничего – расписание можно создать вместе с группой.',
  'changed empty': 'Сайт ответил пустым файлом. Если в календаре точно есть занятия, попробуй через час.',
  'changed cut': 'Файл пришёл обрезанным, а половине верить нельзя. Пришли адрес ещё раз через пару минут.',
  'changed not-a-calendar':
    'Это не календарь: внутри нет ни одного события в формате iCal. Проверь, что копируешь адрес .ics.',
  'changed not-a-table':
    'Это не таблица с парами: в первых строках нужны названия столбцов, хотя бы «день», «начало» и «предмет», а других видов таблиц я знаю немного. Попробуй мою заготовку: «шаблон».',
  'changed quotes': 'В таблице не сходятся кавычки, прочитать её нельзя. Сохрани её в CSV заново и пришли адрес снова.',
  'changed pdf': 'Это PDF, такое я не читаю. Пришли то же таблицей: .xlsx, .xls или .csv.',
  'changed not-a-workbook': 'Это не книга Excel. Сохрани таблицу как .xlsx и пришли её.',
  'changed protected': 'Книга под паролем. Сними пароль и пришли снова.',
  'changed redirects': 'Сайт гоняет по кругу с адреса на адрес. Скопируй конечный адрес из браузера.',
  'changed encoding': 'Файл сжат так, что прочитать его нельзя. Попробуй другой адрес экспорта.',
  'unreachable timeout': 'Сайт не ответил вовремя. Попробуй ещё раз через несколько минут.',
  'unreachable http-429': 'Сайт просит не спрашивать так часто. Попробуй ещё раз через несколько минут.',
  'unreachable busy': 'Сайт просит не спрашивать так часто. Попробуй ещё раз через несколько минут.',
  'unreachable crowd':
    'Об этом сайте сейчас спрашивают очень многие, а я читаю по странице в секунду. Попробуй ещё раз через несколько минут.',
  'unreachable dns': 'Такого сайта не нашлось. Проверь адрес: возможно, опечатка.',
  'unreachable tls': 'У сайта неисправен сертификат, безопасно прочитать его нельзя. Сообщи об этом владельцу сайта.',
  'refused private-address':
    'Этот адрес ведёт во внутреннюю сеть, туда я не хожу. Нужен адрес, который открывается из интернета.',
  'refused scheme': 'Такой адрес я не читаю. Нужен начинающийся с https://, http:// или webcal://.',
  'refused port': 'По этому порту я не хожу. Нужен обычный адрес, без «:число» после имени сайта.',
  'refused credentials':
    'В адресе логин или пароль, такие я не храню. Найди в календаре «секретный адрес» или «адрес для подписки».',
  'refused address': 'Это не похоже на адрес. Скопируй его целиком, от https:// до конца.',
  'unknown-param url': 'Это не похоже на адрес. Скопируй его целиком, от https:// до конца.',
  'too-big body': 'Файл больше 5 МБ, такой большой я не читаю. Выгрузи календарь одной группы.',
  'too-big rule':
    'В календаре повторение, которое разрастается без конца. Проверь правила повтора и пришли адрес снова.',
  'too-big events': 'В календаре слишком много событий. Выгрузи календарь одной группы.',
  'too-big occurrences': 'В календаре слишком много занятий. Выгрузи календарь одной группы.',
  'too-big rows': 'В таблице слишком много строк. Оставь в ней одну группу и пришли адрес снова.',
  'too-big bytes': 'Файл больше 5 МБ, такой большой я не читаю. Оставь в нём одну группу и пришли снова.',
  'too-big unpacked': 'Книга распаковывается во что-то огромное, читать её не стану. Скопируй таблицу в новую книгу.',
  'too-big columns': 'В таблице слишком много столбцов. Оставь в ней одну группу и пришли снова.',
  'too-big merges': 'В таблице слишком много слитых клеток. Скопируй нужное в новую книгу и пришли снова.',
  'unknown-param bells':
    'В таблице нет времени пар, одни номера: когда напоминать, я бы не знал. Перенеси пары в мою заготовку: «шаблон».',
  'empty past': 'Это расписание прошлого семестра: занятий впереди в нём нет. Пришли новое.',
  'too-big time': 'Календарь читался слишком долго. Выгрузи календарь одной группы.',
};

const BY_KIND: Readonly<Record<string, string>> = {
  unreachable: 'Сайт сейчас не отвечает. Попробуй ещё раз через несколько минут.',
  blocked: 'Сайт не пускает без входа. Найди в календаре «общий доступ» или «секретный адрес iCal» и пришли его.',
  changed: 'Сайт ответил не календарём. Проверь адрес: нужен экспорт iCal (.ics).',
  'unknown-param': 'По этому адресу ничего нет: возможно, он устарел. Скопируй новый из своего календаря.',
  'not-published': 'Расписание ещё не опубликовано. Попробуй позже.',
  refused: 'Этот адрес я читать не могу. Нужен обычный адрес из интернета, начинающийся с https://.',
  'too-big': 'Этот календарь слишком большой. Выгрузи календарь одной группы.',
  'too-many': 'У тебя уже много календарей, больше добавить не могу. Лишний можно убрать: «удалить расписание».',
  empty: 'Календарь прочитан, но занятий в нём нет. Добавь их в календарь и пришли адрес снова.',
};

const SUGGESTED = 5;
const CHOICE = 'По этому адресу страница сайта, и на ней несколько календарей или таблиц. Какая ссылка твоя?';

/** One or two sentences for a problem. */
export function trouble(problem: TroubleFacts): string {
  if (problem.kind === 'unknown-param' && problem.detail === 'group') return noGroup(problem.suggestions);
  if (problem.kind === 'too-many' && /^\d+$/.test(problem.detail)) return tooMany(Number(problem.detail));
  if (problem.kind === 'changed' && problem.detail === 'html' && problem.suggestions.length > 0) return CHOICE;
  if (problem.kind === 'too-often') return tooOften(Math.ceil(Number(problem.detail) / 60));
  const general = BY_KIND[problem.kind] ?? 'Не получилось прочитать календарь. Попробуй позже.';
  return BY_DETAIL[`${problem.kind} ${problem.detail}`] ?? general;
}

/** The source has several groups, or none of that name; it names those it has. */
function noGroup(suggestions: readonly string[]): string {
  if (suggestions.length === 0) return 'Такой группы в этом расписании нет. Проверь название.';
  const named = suggestions.slice(0, SUGGESTED).map((name) => `«${short(name, 40)}»`);
  const more = suggestions.length > SUGGESTED ? ' и другие' : '';
  return `Не понял, какая группа нужна. В этом расписании есть ${named.join(', ')}${more}.`;
}

function tooMany(limit: number): string {
  const calendars = `${limit} ${plural(limit, ['календарь', 'календаря', 'календарей'])}`;
  return `У тебя уже ${calendars}, больше добавить не могу. Лишний можно убрать: «удалить расписание».`;
}

function tooOften(minutes: number): string {
  const after = `${minutes} ${plural(minutes, ['минуту', 'минуты', 'минут'])}`;
  return `Много адресов подряд, я не успеваю читать. Пришли этот ещё раз через ${after}.`;
}

/** Why a calendar could not be read, in Russian: what happened and what to do. */
import type { Button } from '../message.ts';

/** A failed reading as the flows report it; `kind` and `detail` are those of the source, or our own 'too-many' and 'empty'. */
export type TroubleFacts = { readonly kind: string; readonly detail: string; readonly suggestions: readonly string[] };

/** A payload holds 255 bytes; a longer address is left to copying. */
const ADDRESS_LIMIT = 200;

const BY_DETAIL: Readonly<Record<string, string>> = {
  'changed html':
    'По этому адресу страница сайта, а не календарь. Найди на ней «Экспорт» или «iCal» и пришли адрес, который там дают.',
  'changed empty': 'Сайт ответил пустым файлом. Если в календаре точно есть занятия, попробуй через час.',
  'changed cut': 'Календарь пришёл обрезанным, а половине верить нельзя. Пришли адрес ещё раз через пару минут.',
  'changed not-a-calendar':
    'Это не календарь: внутри нет ни одного события в формате iCal. Проверь, что копируешь адрес .ics.',
  'changed redirects': 'Сайт гоняет по кругу с адреса на адрес. Скопируй конечный адрес из браузера.',
  'changed encoding': 'Файл сжат так, что прочитать его нельзя. Попробуй другой адрес экспорта.',
  'unreachable timeout': 'Сайт не ответил вовремя. Попробуй ещё раз через несколько минут.',
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
  'too-many': 'У тебя уже много календарей, больше добавить не могу. Пользуйся теми, что есть.',
  empty: 'Календарь прочитан, но занятий в нём нет. Добавь их в календарь и пришли адрес снова.',
};

/** One or two sentences for a problem. */
export function trouble(problem: TroubleFacts): string {
  const general = BY_KIND[problem.kind] ?? 'Не получилось прочитать календарь. Попробуй позже.';
  return BY_DETAIL[`${problem.kind} ${problem.detail}`] ?? general;
}

/** Calendar addresses found on the page that was pasted instead, as buttons. */
export function suggestedAddresses(problem: TroubleFacts): Button[][] {
  const short = problem.suggestions.filter(
    (url) => Buffer.byteLength(url) <= ADDRESS_LIMIT && /^(?:https?|webcal):/i.test(url),
  );
  return short.slice(0, 3).map((url) => [{ label: `📅 …${url.slice(-32)}`, say: url }]);
}

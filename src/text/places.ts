/** Zones by the cities people know them by: on settings, and behind a time that is told by other clocks than the timetable's. */
import type { Zone } from '../domain/calendar.ts';
import type { Language } from '../domain/peer.ts';

/** «Омск», «по Омску», «Omsk». */
const PLACES: Readonly<Record<Zone, readonly [name: string, by: string, english: string]>> = {
  'Europe/Kaliningrad': ['Калининград', 'по Калининграду', 'Kaliningrad'],
  'Europe/Moscow': ['Москва', 'по Москве', 'Moscow'],
  'Europe/Simferopol': ['Симферополь', 'по Симферополю', 'Simferopol'],
  'Europe/Kirov': ['Киров', 'по Кирову', 'Kirov'],
  'Europe/Volgograd': ['Волгоград', 'по Волгограду', 'Volgograd'],
  'Europe/Astrakhan': ['Астрахань', 'по Астрахани', 'Astrakhan'],
  'Europe/Saratov': ['Саратов', 'по Саратову', 'Saratov'],
  'Europe/Ulyanovsk': ['Ульяновск', 'по Ульяновску', 'Ulyanovsk'],
  'Europe/Samara': ['Самара', 'по Самаре', 'Samara'],
  'Asia/Yekaterinburg': ['Екатеринбург', 'по Екатеринбургу', 'Yekaterinburg'],
  'Asia/Omsk': ['Омск', 'по Омску', 'Omsk'],
  'Asia/Novosibirsk': ['Новосибирск', 'по Новосибирску', 'Novosibirsk'],
  'Asia/Barnaul': ['Барнаул', 'по Барнаулу', 'Barnaul'],
  'Asia/Tomsk': ['Томск', 'по Томску', 'Tomsk'],
  'Asia/Novokuznetsk': ['Новокузнецк', 'по Новокузнецку', 'Novokuznetsk'],
  'Asia/Krasnoyarsk': ['Красноярск', 'по Красноярску', 'Krasnoyarsk'],
  'Asia/Irkutsk': ['Иркутск', 'по Иркутску', 'Irkutsk'],
  'Asia/Chita': ['Чита', 'по Чите', 'Chita'],
  'Asia/Yakutsk': ['Якутск', 'по Якутску', 'Yakutsk'],
  'Asia/Khandyga': ['Хандыга', 'по Хандыге', 'Khandyga'],
  'Asia/Vladivostok': ['Владивосток', 'по Владивостоку', 'Vladivostok'],
  'Asia/Ust-Nera': ['Усть-Нера', 'по Усть-Нере', 'Ust-Nera'],
  'Asia/Sakhalin': ['Сахалин', 'по Сахалину', 'Sakhalin'],
  'Asia/Magadan': ['Магадан', 'по Магадану', 'Magadan'],
  'Asia/Srednekolymsk': ['Среднеколымск', 'по Среднеколымску', 'Srednekolymsk'],
  'Asia/Kamchatka': ['Камчатка', 'по Камчатке', 'Kamchatka'],
  'Asia/Anadyr': ['Анадырь', 'по Анадырю', 'Anadyr'],
  'Europe/Minsk': ['Минск', 'по Минску', 'Minsk'],
  'Europe/Chisinau': ['Кишинёв', 'по Кишинёву', 'Chisinau'],
  'Asia/Almaty': ['Алматы', 'по Алматы', 'Almaty'],
  'Asia/Tashkent': ['Ташкент', 'по Ташкенту', 'Tashkent'],
  'Asia/Bishkek': ['Бишкек', 'по Бишкеку', 'Bishkek'],
  'Asia/Dushanbe': ['Душанбе', 'по Душанбе', 'Dushanbe'],
  'Asia/Ashgabat': ['Ашхабад', 'по Ашхабаду', 'Ashgabat'],
  'Asia/Yerevan': ['Ереван', 'по Еревану', 'Yerevan'],
  'Asia/Tbilisi': ['Тбилиси', 'по Тбилиси', 'Tbilisi'],
  'Asia/Baku': ['Баку', 'по Баку', 'Baku'],
  'Europe/Istanbul': ['Стамбул', 'по Стамбулу', 'Istanbul'],
  'Asia/Dubai': ['Дубай', 'по Дубаю', 'Dubai'],
  'Asia/Shanghai': ['Пекин', 'по Пекину', 'Beijing'],
  'Europe/Belgrade': ['Белград', 'по Белграду', 'Belgrade'],
  'Europe/Berlin': ['Берлин', 'по Берлину', 'Berlin'],
  'Europe/Prague': ['Прага', 'по Праге', 'Prague'],
  'Europe/Paris': ['Париж', 'по Парижу', 'Paris'],
  'Europe/London': ['Лондон', 'по Лондону', 'London'],
  'America/New_York': ['Нью-Йорк', 'по Нью-Йорку', 'New York'],
};

/** Zones that most people of Russia live in; the others are typed. */
export const ZONES: readonly Zone[] = [
  'Europe/Kaliningrad',
  'Europe/Moscow',
  'Europe/Samara',
  'Asia/Yekaterinburg',
  'Asia/Omsk',
  'Asia/Novosibirsk',
  'Asia/Irkutsk',
  'Asia/Vladivostok',
];

/** What a zone is called: by its city, or as IANA names it where we know none. */
export function placeOfZone(zone: Zone, language: Language): string {
  const [name, , english] = PLACES[zone] ?? [zone, zone, zone];
  return language === 'ru' ? name : english;
}

/** Whose clocks a time is told by: «по Омску», «Omsk time». */
export function byClocksOf(zone: Zone, language: Language): string {
  const [, by, english] = PLACES[zone] ?? [zone, `по часам ${zone}`, zone];
  return language === 'ru' ? by : `${english} time`;
}

/** «время по Омску», «Omsk time»: behind the name of what is told by other clocks than the timetable's. */
export function clocksOf(zone: Zone, language: Language): string {
  return language === 'ru' ? `время ${byClocksOf(zone, language)}` : byClocksOf(zone, language);
}

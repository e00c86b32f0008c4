/** By whose clocks times are told and counted, as words change it: «мой часовой пояс Омск», «время по Москве», «мск+4». Pure. */
import type { Zone } from '../domain/calendar.ts';
import type { Intent } from './intent.ts';
import { plain } from './words.ts';

/** Cities by the beginning of their names, in any case; those of one zone that people name, the large ones of Russia all. */
const CITIES: readonly (readonly [Zone, RegExp])[] = [
  ['Europe/Kaliningrad', /^(?:калининград|kaliningrad)/u],
  ['Europe/Simferopol', /^(?:симферопол|крым|севастопол|simferopol)/u],
  ['Europe/Kirov', /^(?:киров(?:у|а|е)?$|kirov)/u],
  ['Europe/Volgograd', /^(?:волгоград|volgograd)/u],
  ['Europe/Astrakhan', /^(?:астрахан|astrakhan)/u],
  ['Europe/Saratov', /^(?:саратов|saratov)/u],
  ['Europe/Ulyanovsk', /^(?:ульяновск|ulyanovsk)/u],
  ['Europe/Samara', /^(?:самар(?!канд)|тольятти|ижевск|удмурт|samara(?!kand))/u],
  [
    'Europe/Moscow',
    /^(?:москв|москов|мск$|moscow|msk$|питер|петербург|санкт|спб$|казан|нижн\p{L}+ новгород|ростов|воронеж|краснодар|сочи|тул[аеуы]$|рязан|ярослав|твер|пенз|липецк|курск|белгород|брянск|мурманск|архангельск|ставропол|махачкал|грозн|чебоксар)/u,
  ],
  [
    'Asia/Yekaterinburg',
    /^(?:екатеринбург|екб$|урал|перм|челябинск|тюмен|уф[аеуы]$|башкир|оренбург|сургут|магнитогорск|курган|нижневартовск|yekaterinburg|ekaterinburg)/u,
  ],
  ['Asia/Omsk', /^(?:омск|omsk)/u],
  ['Asia/Novosibirsk', /^(?:новосиб|нск$|novosibirsk)/u],
  ['Asia/Barnaul', /^(?:барнаул|алта|barnaul)/u],
  ['Asia/Tomsk', /^(?:томск|tomsk)/u],
  ['Asia/Novokuznetsk', /^(?:новокузнецк|кемеров|кузбасс|novokuznetsk|kemerovo)/u],
  ['Asia/Krasnoyarsk', /^(?:красноярск|абакан|норильск|кызыл|krasnoyarsk)/u],
  ['Asia/Irkutsk', /^(?:иркутск|братск|улан|бурят|irkutsk)/u],
  ['Asia/Chita', /^(?:чит[аеуы]$|забайкал|chita)/u],
  ['Asia/Yakutsk', /^(?:якутск|благовещенск|yakutsk)/u],
  ['Asia/Vladivostok', /^(?:владивосток|влад$|хабаровск|приморь|комсомольск|уссурийск|vladivostok|khabarovsk)/u],
  ['Asia/Sakhalin', /^(?:сахалин|южно|sakhalin)/u],
  ['Asia/Magadan', /^(?:магадан|magadan)/u],
  ['Asia/Srednekolymsk', /^(?:среднеколымск|srednekolymsk)/u],
  ['Asia/Kamchatka', /^(?:камчат|петропавловск|kamchatka)/u],
  ['Asia/Anadyr', /^(?:анадыр|чукот|anadyr)/u],
  ['Europe/Minsk', /^(?:минск|беларус|белорус|minsk)/u],
  ['Europe/Chisinau', /^(?:кишинев|молдов|chisinau)/u],
  ['Asia/Almaty', /^(?:алмат|алма-ат|астан|казах|нур-султан|almaty|astana)/u],
  ['Asia/Tashkent', /^(?:ташкент|узбек|самарканд|tashkent|samarkand)/u],
  ['Asia/Bishkek', /^(?:бишкек|кирги|кыргыз|bishkek)/u],
  ['Asia/Dushanbe', /^(?:душанбе|таджик|dushanbe)/u],
  ['Asia/Ashgabat', /^(?:ашхабад|ашгабат|туркмен|ashgabat)/u],
  ['Asia/Yerevan', /^(?:ереван|армени|армян|yerevan)/u],
  ['Asia/Tbilisi', /^(?:тбилис|грузи|батуми|tbilisi)/u],
  ['Asia/Baku', /^(?:баку|азербайдж|baku)/u],
  ['Europe/Istanbul', /^(?:стамбул|турци|турец|анкар|анталь|istanbul)/u],
  ['Asia/Dubai', /^(?:дуба[йяюе]|оаэ$|dubai)/u],
  ['Asia/Shanghai', /^(?:пекин|кита|шанха|beijing|shanghai)/u],
  ['Europe/Belgrade', /^(?:белград|серби|belgrade)/u],
  ['Europe/Berlin', /^(?:берлин|германи|немец|мюнхен|berlin|germany|munich)/u],
  ['Europe/Prague', /^(?:праг|чехи|prague)/u],
  ['Europe/Paris', /^(?:париж|франци|paris)/u],
  ['Europe/London', /^(?:лондон|англи|london)/u],
  ['America/New_York', /^(?:нью.?йорк|new.?york)/u],
];

/** Zones of Russia by their distance from Moscow, in hours, from -1. */
const FROM_MOSCOW: readonly Zone[] = [
  'Europe/Kaliningrad',
  'Europe/Moscow',
  'Europe/Samara',
  'Asia/Yekaterinburg',
  'Asia/Omsk',
  'Asia/Krasnoyarsk',
  'Asia/Irkutsk',
  'Asia/Yakutsk',
  'Asia/Vladivostok',
  'Asia/Magadan',
  'Asia/Kamchatka',
];
const MOSCOW_IS_AHEAD = 3;
const OFFSET = /^(мск|msk|utc|gmt) ?([+-]) ?(\d{1,2})$/u;

const ZONE = /(?<!\p{L})(?:часов(?:ой|ого|ому|ые) пояс(?:а|у|ом)?|time ?zone)(?!\p{L})/u;
const BY = /^(?:(?:показыва\p{L}+|пиши|считай|show|use) )?(?:мо[её] )?(?:время|time)(?: по| in) (.+)$/u;
const OWN_TIME = /^(\p{L}+(?:ое|ому)) время$/u;
/** The timetable's clocks. */
const HOME =
  /^(?:как )?(?:в |по )?(?:университет\p{L}*|вуз\p{L}*|расписани\p{L}*|универ\p{L}*|учеб\p{L}*|школ\p{L}*|колледж\p{L}*|timetable|university|default)$|^(?:по умолчанию|сбросить|убрать|обычн\p{L}+|reset|off)$/u;
/** Words around the name. */
const AROUND =
  /(?<!\p{L})(?:мой|моя|мо[её]|у меня|наш|это|по|в|во|на|г|город[ае]?|время|времени|my|is|the|of|in|to|set|поставь|сделай|смени(?:ть)?|поменя[йт]ь?|выбери|будет|=|пожалуйста)(?!\p{L})/gu;
const MOST = 40;
/** As they are spelled: in other letters the same clocks would be another zone, and the timetable another one. */
const NAMES: ReadonlySet<Zone> = new Set(Intl.supportedValuesOf('timeZone'));

/** «мой часовой пояс Омск», «время по Москве», «часовой пояс университета»; null when the words are about something else. */
export function zoneWordsOf(said: string): Intent | null {
  const words = plain(said)
    .replace(/[«»"()!,;:]/g, ' ')
    .replace(/[.?\s]+$/, '')
    .replace(/\s[–—-](?=\s)/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  const question = said.includes('?');
  const asked = ZONE.test(words);
  // «мск+4» says all by itself.
  if (OFFSET.test(words) && !question) return { kind: 'zone', zone: zoneNamed(words) ?? undefined, said: words };
  const name = asked ? words.replace(ZONE, ' ') : (BY.exec(words)?.[1] ?? OWN_TIME.exec(words)?.[1]);
  if (name === undefined) return null;
  const left = name.replace(AROUND, ' ').replace(/\s+/g, ' ').trim();
  if (asked && (question || left === '' || /^(?:как(?:ой|ие)|which|what)/u.test(left)))
    return { kind: 'settings', topic: 'zone' };
  if (question) return null;
  if (HOME.test(left) || HOME.test(name.trim())) return { kind: 'zone', zone: null, said: left };
  const zone = zoneNamed(left);
  // «время по звонку» may be about anything: only a city makes it a zone.
  if (zone === null && !asked) return null;
  return left.length > MOST ? null : { kind: 'zone', zone: zone ?? undefined, said: left };
}

/** The zone that an answer to «по какому времени» names: «Омск», «по Москве», «в Перми», «мск+4», «Asia/Omsk»; null for what names none. */
export function zoneSaid(said: string): Zone | null {
  if (NAMES.has(said)) return said;
  const words = plain(said)
    .replace(/[«»"()!,;:.?]/g, ' ')
    .replace(ZONE, ' ')
    .replace(AROUND, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return words.length > MOST ? null : zoneNamed(words);
}

/** The zone of a city in any case, or of «мск+4», «utc+7»; null for what names none. */
function zoneNamed(name: string): Zone | null {
  const offset = OFFSET.exec(name);
  if (offset !== null) {
    const [, base = '', sign, hours] = offset;
    const ahead = Number(hours) * (sign === '-' ? -1 : 1) - (/^(?:мск|msk)$/u.test(base) ? 0 : MOSCOW_IS_AHEAD);
    return FROM_MOSCOW[ahead + 1] ?? null;
  }
  return CITIES.find(([, pattern]) => pattern.test(name))?.[0] ?? null;
}

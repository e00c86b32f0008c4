/** Clocks as they are typed and said: «20-00», «20 00», «в восемь», «полвосьмого» become «20:00», «8», «7:30». Pure. */

/** After these a pair of numbers is a clock, not a range or a list: «тихо 23-07» and «за 5-10 минут» stay as they are. */
const BEFORE = '(?:в|во|к|ко|с|со|до|по|после|утром|вечером|ночью|at|from|till|until)';
/** Minutes as people say them: full hours, quarters, fives. */
const PARTED = new RegExp(
  `(?<=(?:^|[\\s,])${BEFORE}\\s+)([01]?\\d|2[0-3])(?:\\s?[-–—]\\s?|\\s)([0-5][05])(?![-–—:.\\p{L}]|\\s?\\d|\\s*(?:мин|час|дн))`,
  'gu',
);
const WORDS: Readonly<Record<string, number>> = {
  ...{ час: 1, часа: 1, два: 2, двух: 2, три: 3, трех: 3, четыре: 4, четырех: 4, пять: 5, пяти: 5, шесть: 6, шести: 6 },
  ...{ семь: 7, семи: 7, восемь: 8, восьми: 8, девять: 9, девяти: 9, десять: 10, десяти: 10 },
  ...{ одиннадцать: 11, одиннадцати: 11, двенадцать: 12, двенадцати: 12 },
};
const SAID = new RegExp(
  `(?<=(?:^|[\\s,])${BEFORE}\\s+)(${Object.keys(WORDS).join('|')})(?![\\p{L}-]|\\s+(?:мин|дн|недел|пар))`,
  'gu',
);
const ORDINALS: Readonly<Record<string, number>> = {
  ...{ первого: 1, второго: 2, третьего: 3, четвертого: 4, пятого: 5, шестого: 6 },
  ...{ седьмого: 7, восьмого: 8, девятого: 9, десятого: 10, одиннадцатого: 11, двенадцатого: 12 },
};
const HALF = new RegExp(`(?<!\\p{L})(?:половин[еуы]|пол)[\\s-]*(${Object.keys(ORDINALS).join('|')})(?!\\p{L})`, 'gu');

/** Expects folded text. */
export function clocksSpelled(folded: string): string {
  return folded
    .replace(/(?<!\p{L})полуночи(?!\p{L})/gu, '00:00')
    .replace(/(?<!\p{L})полудня(?!\p{L})/gu, '12:00')
    .replace(HALF, (_, hour: string) => `${((ORDINALS[hour] ?? 1) + 11) % 12 || 12}:30`)
    .replace(SAID, (hour) => String(WORDS[hour]))
    .replace(PARTED, '$1:$2');
}

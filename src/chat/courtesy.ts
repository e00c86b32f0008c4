/** Courtesies: words that ask for nothing and still deserve a kind word back. Pure. */
import { plain } from './words.ts';

export type Courtesy = 'thanks' | 'hello' | 'bye' | 'yes' | 'ok' | 'fun';

/** One word of each kind; the first kind found in the phrase is answered. */
const KINDS: readonly (readonly [Courtesy, RegExp])[] = [
  ['thanks', /^(спасиб\p{L}*|пасиб\p{L}*|спс|благодар\p{L}+|thanks|thank|thx|сенкс|❤|❤️|🙏)$/u],
  [
    'hello',
    /^(прив|привет\p{L}*|здравствуй(те)?|здрасте|здаров\p{L}*|здоров[оа]|добр(ый|ое|ого|ой)|хай|ку|hi|hello|hey|👋)$/u,
  ],
  ['bye', /^(пока|покеда|прощай(те)?|bye|goodbye)$/u],
  ['yes', /^(да|ага|угу|она|yes|yep)$/u],
  [
    'ok',
    /^(ок|окей|оки|ладно|хорошо|понял[аи]?|понятно|ясно|принято|круто|класс\p{L}?|супер|отлично|норм|нет|неа|ok|okay|good|cool|no|👍|👌|🔥|💪|✅|😊|🙂)$/u,
  ],
  ['fun', /^(а?х?(?:ах|ха)+а?|лол|кек|хех|хе|ржу|lol|kek|haha|😂|🤣|😁|😄|😅|💀)$/u],
];
/** What may stand beside one and adds nothing. */
const BESIDE =
  /^(большое|огромное|тебе|вам|вас|всем|бот|ботик|звонок|день|утро|вечер|ночи|дня|очень|так|тогда|все|ну|you|very|much|so|bot)$/u;
const WHOLE: ReadonlyMap<string, Courtesy> = new Map([
  ['до свидания', 'bye'],
  ['до встречи', 'bye'],
  ['до завтра', 'bye'],
  ['спокойной ночи', 'bye'],
]);

/** What kind of courtesy the words are, nothing else being in them; null when they ask for something. */
export function courtesyOf(text: string): Courtesy | null {
  const said = plain(text)
    .replace(/[^\p{L}\d\p{Extended_Pictographic}\s]+/gu, ' ')
    .trim();
  const whole = WHOLE.get(said.replace(/\s+/g, ' '));
  if (whole !== undefined) return whole;
  const words = said.split(/\s+|(?<=\p{Extended_Pictographic})(?=\p{Extended_Pictographic})/u);
  const kinds = words.map(kindOf);
  if (kinds.some((kind) => kind === null)) return null;
  return KINDS.map(([kind]) => kind).find((kind) => kinds.includes(kind)) ?? null;
}

/** Whether a single word is a courtesy or a word that goes with one. */
export function isCourteous(word: string): boolean {
  return kindOf(plain(word)) !== null;
}

function kindOf(word: string): Courtesy | 'beside' | null {
  const found = KINDS.find(([, pattern]) => pattern.test(word));
  if (found !== undefined) return found[0];
  return BESIDE.test(word) ? 'beside' : null;
}

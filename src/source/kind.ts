/** Words by which sites name the kind of a lesson and its being held at a distance. */
import type { KnownKind } from '../domain/lesson.ts';

const KINDS: readonly (readonly [RegExp, KnownKind])[] = [
  [/^(?:л|лк|лек|лекц|лекци[яи]|лекционн\S*(?: зан\S*)?|lec|lectures?)$/, 'lecture'],
  [
    /^(?:п|пр|пз|п з|прак|практ|практика|(?:пр|практ|практическ\S*) (?:зан|раб)\S*|практическ\S*|practice|practical)$/,
    'practice',
  ],
  [/^(?:лаб|лабы|лр|л р|лабораторн\S*|(?:лаб|лабораторн\S*) (?:раб|зан)\S*|lab|labs|laboratory(?: work)?)$/, 'lab'],
  [/^(?:сем|семинар\S*|(?:сем|семинарск\S*) зан\S*|seminar)$/, 'seminar'],
  [/^(?:зачо|диф ?зач\S*|дифф зач\S*|дифференц\S* зач\S*|зач\S* с оц\S*|graded test)$/, 'graded-test'],
  [/^(?:зач|зачет|test|credit)$/, 'test'],
  [/^(?:экз|экзамен|exam|examination)$/, 'exam'],
  [/^(?:конс|консульт|консультаци[яи]|consultation)$/, 'consultation'],
  [/^(?:кл час|классный час)$/, 'class-hour'],
  [/^(?:собрание|родительское собрание)$/, 'meeting'],
];

/** A known kind for a word that names one («лек.», «Л/р», «практ. занятие», «Lecture»); null otherwise. */
export function knownKind(text: string): KnownKind | null {
  const word = text
    .slice(0, 80)
    .toLowerCase()
    .replaceAll('ё', 'е')
    .replace(/[\s./-]+/g, ' ')
    .trim();
  return KINDS.find(([pattern]) => pattern.test(word))?.[1] ?? null;
}

/** «лек Физика» names a kind, «Практика чтения» and «Семинар по истории» name a subject. */
export function isShortKind(word: string): boolean {
  return /^(?:лек|лекц|лк|пр|пз|п\/з|лаб|лр|л\/р|сем|зач|экз|конс|практ|прак)\.?$/i.test(word);
}

const DISTANCE = new RegExp(
  `^(?:${[
    'до|д/о|дот|сдо(?:-\\d+)?|эиос|вкс|он-?лайн|on-?line|дист|дистант\\S*|д\\.?\\s?а\\.?',
    'zoom|зум|(?:ms |microsoft )?teams|google meet|(?:яндекс[. ]?)?телемост|сферум|discord|дискорд|big ?blue ?button|bbb',
    'вебинар\\S*|webinar|видеоконференц\\S*|виртуальн\\S*(?: аудитори\\S*)?',
    'дистанц\\S*(?: (?:обучени|формат|режим|заняти)\\S*)?|(?:онлайн|дистанционный)[ -]формат',
    'с (?:использованием|применением) (?:информационно-коммуникационных|дистанционных образовательных) технологий',
  ].join('|')})\\.?$`,
  'i',
);
const BEGINS = /^(?:дистанционн?о(?=[\s,(:;–-])|(?:онлайн|online|zoom|дист\.)\s*[,(:;])/i;

/** True when a room, a comment or a mark says that the lesson is held at a distance. */
export function isDistance(text: string): boolean {
  const said = text
    .slice(0, 300)
    .trim()
    .replace(/^[([]|[)\]]$/g, '')
    .trim();
  return DISTANCE.test(said) || BEGINS.test(said);
}

/** Takes apart «пр Программирование, п/г 1»: the engine writes kind, subject and subgroup into one field. */

export type Title = { readonly kind: string; readonly subject: string; readonly subgroup: string };

const KIND = /^(лек|пра|пр|лаб|сем|зчо|зач|экз|конс|кп|кр|фв)(?:\.\s*|\s+)(?=\S)/i;
/** Abbreviations that only this engine writes; the others are understood for every site. */
const SPELLED: Readonly<Record<string, string>> = { пра: 'пр', зчо: 'зачет с оценкой' };
const SUBGROUP = /[\s,;]+п\/?г\.?\s*№?\s*(\d{1,2})\s*$/i;

/** `numbered` is the field «номерПодгруппы»: it is 0 even where the title names a subgroup, so the title wins. */
export function titleOf(printed: string, numbered = 0): Title {
  const text = printed.replace(/"{2,}/g, '"').trim();
  const subgrouped = SUBGROUP.exec(text);
  const bare = subgrouped === null ? text : text.slice(0, subgrouped.index);
  const word = KIND.exec(bare);
  const kind = word?.[1] ?? '';
  return {
    kind: SPELLED[kind.toLowerCase()] ?? kind,
    subject: word === null ? bare : bare.slice(word[0].length),
    subgroup: subgrouped?.[1] ?? (numbered > 0 ? String(numbered) : ''),
  };
}

/** All groups and, where the site gives them, teachers. */
import { jsonOf, type Listed, type Page, rowsOf, textOf } from '#source';

/** `number` tells groups of one `fullNumber` apart («0491/1», «0491/2»). The teachers' list may fail alone. @throws SourceError */
export function listed([groups, teachers]: readonly Page[]): readonly Listed[] {
  const found = rowsOf(jsonOf(groups), 'groups').map(
    ({ id, number, fullNumber }): Listed => ({
      kind: 'group',
      name: textOf(number) || textOf(fullNumber),
      ask: { kind: 'group', id: textOf(id) },
    }),
  );
  return [...found, ...teachersOf(teachers)].filter(({ name, ask }) => name !== '' && ask.id !== '');
}

/** Names and ids only: the same rows hold personal data. */
function teachersOf(page: Page | undefined): readonly Listed[] {
  if (page === undefined || page.status !== 200) return [];
  return rowsOf(jsonOf(page), 'teachers').map(({ id, surname, name, midname, initials }) => ({
    kind: 'teacher',
    // Who has no father's name has a dash or a blank for it.
    name: [surname, name, midname].map(textOf).filter(hasLetter).join(' ') || textOf(initials),
    ask: { kind: 'teacher', id: textOf(id) },
  }));
}

function hasLetter(text: string): boolean {
  return /\p{L}/u.test(text);
}

/** Which of the groups of a table is meant. */
import { SourceError } from '#source';
import { plain } from './columns.ts';

/** Groups named to a person whose own was not found. */
const MAX_SUGGESTED = 50;

/** Latin letters that look like Russian ones get into names of groups unseen. */
const LOOK_ALIKES = ['ABCEHKMOPTXYaceopxy', 'АВСЕНКМОРТХУасеорху'] as const;

/** The look-alikes as Russian letters. */
function inRussian(name: string): string {
  const [latin, russian] = LOOK_ALIKES;
  return name.replace(/[ABCEHKMOPTXYaceopxy]/g, (letter) => russian[latin.indexOf(letter)] ?? letter);
}

/** The name that the pattern captures in a cell; null when it is not found. «ЩАКО - 01 - 22» is printed with spaces for the eye. */
export function groupIn(text: string, pattern: RegExp): string | null {
  const name = pattern.exec(inRussian(text.replace(/\s+/g, ' ').trim()))?.[1];
  return name === undefined ? null : name.replace(/\s*-\s*/g, '-').trim();
}

/** A group's name as names are compared: without signs and case, look-alikes as Russian letters. */
export function foldGroup(name: string): string {
  return plain(inRussian(name.toUpperCase()));
}

/**
 * The group asked for as the table writes it, or the only one; '' when there is none at all and none was asked for.
 * @throws SourceError unknown-param/group with the groups there are
 */
export function chooseGroup(all: readonly string[], asked: string): string {
  const names = new Map<string, string>();
  for (const name of all) if (!names.has(foldGroup(name))) names.set(foldGroup(name), name);
  const wanted = asked.trim() === '' ? [...names.keys()] : [foldGroup(asked)];
  const [key = ''] = wanted;
  if (wanted.length > 1 || (asked.trim() !== '' && !names.has(key)))
    throw new SourceError(
      'unknown-param',
      'group',
      wanted.length > 1 ? 'the table has several groups and none was asked for' : 'the table has no such group',
      [...names.values()].slice(0, MAX_SUGGESTED),
    );
  return names.get(key) ?? '';
}

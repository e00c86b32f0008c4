/** Takes «предмет, практическое занятие, факультатив ↵ Подгруппа 2» apart. */
import { knownKind } from '#source';

export type Title = {
  readonly subject: string;
  readonly kind: string;
  readonly subgroup: string;
  /** What stands after the kind, and other lines. */
  readonly marks: readonly string[];
};

/** The subject itself may hold commas: the kind is the last part that names one, never the first. */
export function titleOf(printed: string): Title {
  // A line break that went through Excel is written in words.
  const [title = '', ...lines] = printed.split(/\s*(?:_x000d_|[\r\n])+\s*/i).filter((line) => line.trim() !== '');
  const subgroups = lines.map((line) => /^подгруппа\s+(.+)$/i.exec(line.trim())?.[1] ?? '');
  const others = lines.filter((_, index) => subgroups[index] === '');
  const parts = title.split(/,\s+/);
  const at = parts.findLastIndex((part, index) => index > 0 && knownKind(part) !== null);
  const subgroup = subgroups.find((name) => name !== '') ?? '';
  if (at === -1) return { subject: title, kind: '', subgroup, marks: others };
  const marks = [...parts.slice(at + 1), ...others];
  return { subject: parts.slice(0, at).join(', '), kind: parts[at] ?? '', subgroup, marks };
}

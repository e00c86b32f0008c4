/** Takes «предмет, практическое занятие, факультатив ↵ Подгруппа 2» apart. */
import { knownKind } from '#source';

export type Title = {
  readonly subject: string;
  readonly kind: string;
  readonly subgroup: string;
  /** What stands after the kind, and other lines. */
  readonly marks: readonly string[];
};

/** An exam stays an exam, whoever holds it: what else is said about it is a mark. */
const HELD = /^(?:(итоговый)\s+)?(зач[её]т|экзамен|консультация)(?:\s+(групповая)|\s*\(([^()]+)\))?$/i;
/** Forms of lessons this university has beside the kinds that all have. */
const OWN =
  /^(?:контрольная работа|коллоквиум|урок|текущий контроль|показ работ|аттестационное испытание|апелляционная комиссия|защита выпускной работы(?:\s*\(.+\))?|сам\.\s*работа(?:\s.+)?)$/i;

/** The subject itself may hold commas: the kind is the last part that names one, never the first. */
export function titleOf(printed: string): Title {
  // A line break that went through Excel is written in words.
  const [title = '', ...lines] = printed.split(/\s*(?:_x000d_|[\r\n])+\s*/i).filter((line) => line.trim() !== '');
  const subgroups = lines.map((line) => /^подгруппа\s+(.+)$/i.exec(line.trim())?.[1] ?? '');
  const others = lines.filter((_, index) => subgroups[index] === '');
  const parts = title.split(/,\s+/);
  const at = parts.findLastIndex((part, index) => index > 0 && formOf(part) !== null);
  const subgroup = subgroups.find((name) => name !== '') ?? '';
  if (at === -1) return { subject: title, kind: '', subgroup, marks: others };
  const form = formOf(parts[at] ?? '');
  const marks = [...(form?.marks ?? []), ...parts.slice(at + 1), ...others];
  return { subject: parts.slice(0, at).join(', '), kind: form?.kind ?? '', subgroup, marks };
}

/** The kind a part names and what else it says of it; null when it names none. */
function formOf(part: string): { readonly kind: string; readonly marks: readonly string[] } | null {
  const held = HELD.exec(part.trim());
  if (held !== null) {
    const [, final = '', kind = '', together = '', bracket = ''] = held;
    return { kind, marks: [final, together, bracket].filter((mark) => mark !== '') };
  }
  return knownKind(part) !== null || OWN.test(part.trim()) ? { kind: part, marks: [] } : null;
}

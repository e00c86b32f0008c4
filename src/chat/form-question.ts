/** What the dialogue about lessons still has to ask, and how the question stands. Pure. */
import { type Bell, type Day, DEFAULT_BELLS, type Term, weekNumber } from '../domain/calendar.ts';
import type { DraftRow, FormAsk } from '../text/draft.ts';
import { usualTerms } from './dates.ts';

export type LessonForm = {
  readonly kind: 'lessons';
  readonly step: 'name' | 'lines' | 'bells' | 'term' | 'confirm';
  /** The timetable the lessons are added to; null makes a new one. */
  readonly timetableId: number | null;
  readonly name: string;
  readonly chat: boolean;
  readonly rows: readonly DraftRow[];
  readonly bells: readonly Bell[];
  readonly term: Term | null;
};

/** The first question still open. */
export function advance(form: LessonForm): LessonForm {
  if (missingBells(form).length > 0) return { ...form, step: 'bells' };
  if (form.timetableId === null && form.term === null) return { ...form, step: 'term' };
  return { ...form, step: 'confirm' };
}

export function question(form: LessonForm, today: Day, again = false): FormAsk {
  if (form.step === 'bells') {
    const missing = missingBells(form);
    return { kind: 'bells', usual: DEFAULT_BELLS.filter((bell) => missing.includes(bell.number)), missing };
  }
  if (form.step === 'term') return { kind: 'term', offers: usualTerms(today), again };
  const bells = form.bells.filter((bell) => form.rows.some((row) => row.start === null && row.number === bell.number));
  const confirm = {
    name: form.name,
    adding: form.timetableId !== null,
    count: form.rows.length,
    bells,
    term: form.term,
  };
  return { kind: 'confirm', ...confirm, parity: parityOf(form, today) };
}

function parityOf(form: LessonForm, today: Day): Extract<FormAsk, { kind: 'confirm' }>['parity'] {
  const { term } = form;
  if (term === null || !form.rows.some((row) => row.weeks === 'odd' || row.weeks === 'even')) return null;
  const now = today >= term.start && today <= term.end;
  const day = now ? today : term.start;
  return { day, now, odd: Math.abs(weekNumber(day, term.week1)) % 2 === 1 };
}

/** Pair numbers whose times nobody has said yet. */
function missingBells(form: LessonForm): number[] {
  const used = form.rows.flatMap((row) => (row.start === null && row.number !== null ? [row.number] : []));
  return [...new Set(used)]
    .filter((number) => form.bells.every((bell) => bell.number !== number))
    .sort((a, b) => a - b);
}

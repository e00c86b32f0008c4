/** The dialogue that turns pasted lines into a timetable: pure, one step a message, its state is plain JSON. */

import { addDays, type Bell, type Day, DEFAULT_BELLS, mondayOf, weekNumber } from '../domain/calendar.ts';
import type { Lesson } from '../domain/lesson.ts';
import type { BadLine, DraftRow, FormAsk, FormSay } from '../text/draft.ts';
import { termOf, untilOf, usualTerms } from './dates.ts';
import { advance, type LessonForm, question } from './form-question.ts';
import { mergeRows, parseLines } from './lesson-lines.ts';
import { hasLetters } from './line-parts.ts';
import { stripAddress, understand } from './understand.ts';
import { clockWord, plain } from './words.ts';

export type Step =
  | { readonly kind: 'say'; readonly form: LessonForm | null; readonly say: FormSay }
  /** Everything is known and confirmed. */
  | { readonly kind: 'save'; readonly form: LessonForm }
  /** The words are no answer to the form: they are a question or a command of their own. */
  | { readonly kind: 'other' };

/** A week of a large group is about 60 lessons; both parities and subgroups fit. */
const ROWS_LIMIT = 200;
/** As much as a button can carry. */
const NAME_LIMIT = 40;
const YES = new Set(['да', 'верно', 'все верно', 'сохранить', 'сохрани', 'ок', 'save', 'yes', 'ok']);
const USUAL = new Set(['звонки как обычно', 'как обычно', 'обычные', 'usual bells']);

/** Begins the dialogue; `lines` are lessons that came in the same message, `bells` those the timetable has already. */
export function beginForm(
  draft: { timetableId: number | null; name: string; lines: string; chat: boolean; bells?: readonly Bell[] },
  today: Day,
): Extract<Step, { kind: 'say' }> {
  const { timetableId, chat, bells = [] } = draft;
  const blank: LessonForm = {
    kind: 'lessons',
    step: 'name',
    timetableId,
    name: '',
    chat,
    rows: [],
    bells,
    term: null,
  };
  const name = draft.name.trim();
  if (!hasLetters(name) || name.length > NAME_LIMIT) {
    return { kind: 'say', form: blank, say: { kind: 'ask-name', again: name !== '' } };
  }
  const form: LessonForm = { ...blank, step: 'lines', name };
  if (draft.lines === '') return { kind: 'say', form, say: { kind: 'ask-lines', name, chat } };
  return takeLines(form, parseLines(draft.lines), today);
}

export function stepForm(form: LessonForm, text: string, today: Day): Step {
  const said = stripAddress(text);
  const folded = plain(said).replace(/[\s.!?]+$/, '');
  if (folded === 'отмена' || folded === 'отменить' || folded === 'cancel')
    return { kind: 'say', form: null, say: { kind: 'left' } };
  if (form.step === 'name') return takeName(form, said, today);
  const dropped = /^(?:убрать|убери|удалить|удали|remove) (\d{1,3})$/.exec(folded);
  if (dropped !== null) return dropRow(form, Number(dropped[1]));
  if (folded === 'заново')
    return { kind: 'say', form: cleared(form), say: { kind: 'ask-lines', name: form.name, chat: form.chat } };
  const lines = parseLines(said);
  if (lines.rows.length > 0) return takeLines(form, lines, today);
  return answerStep(form, { said, folded, bad: lines.bad }, today);
}

function takeName(form: LessonForm, said: string, today: Day): Step {
  // «/» alone is no name and no command.
  if (said !== '' && isCommand(said)) return { kind: 'other' };
  const [name = '', ...lines] = said.split('\n');
  return beginForm({ timetableId: form.timetableId, name, lines: lines.join('\n'), chat: form.chat }, today);
}

function answerStep(
  form: LessonForm,
  { said, folded, bad }: { said: string; folded: string; bad: BadLine[] },
  today: Day,
): Step {
  if (form.step === 'confirm') {
    if (YES.has(folded)) return { kind: 'save', form };
    if (folded === 'исправить' || folded === 'edit') return show({ ...form, step: 'lines' }, [], { kind: 'lines' });
    if ((folded === 'наоборот' || folded === 'swap') && form.term !== null) {
      const flipped = weekNumber(form.term.start, form.term.week1) === 1 ? -7 : 0;
      return ask({ ...form, term: { ...form.term, week1: addDays(mondayOf(form.term.start), flipped) } }, today);
    }
  }
  const dates = form.timetableId === null ? datesSaid(form, folded, today) : null;
  if (dates !== null && form.step !== 'lines') {
    return ask({ ...form, term: { ...dates, week1: mondayOf(dates.start) } }, today);
  }
  const usual = USUAL.has(folded) || (form.step === 'bells' && YES.has(folded));
  const bells = usual ? DEFAULT_BELLS : parseBells(said);
  if (bells.length > 0 && form.rows.some((row) => row.start === null)) {
    const known = usual ? [...bells, ...form.bells] : [...form.bells, ...bells];
    return ask({ ...form, bells: [...new Map(known.map((bell) => [bell.number, bell])).values()] }, today);
  }
  if (form.step === 'lines' && form.rows.length > 0 && (folded === 'дальше' || folded === 'next' || YES.has(folded))) {
    return ask(form, today);
  }
  if (isCommand(said)) return { kind: 'other' };
  if (form.step === 'lines') return { kind: 'say', form, say: { kind: 'no-lines', bad } };
  return ask(form, today, true);
}

/** «с … по …», «до …» from the usual start, and «да» to the dates of the first button. */
function datesSaid(form: LessonForm, folded: string, today: Day): { start: Day; end: Day } | null {
  const words = folded.split(' ');
  if (form.step === 'term' && YES.has(folded)) return usualTerms(today)[0] ?? null;
  return termOf(words, today) ?? (form.step === 'term' ? untilOf(words, today) : null);
}

/** Whether the words are a command of their own and not a bad answer: a weekday or a strange word may be a lesson gone wrong. */
function isCommand(said: string): boolean {
  const intent = understand(said);
  if (intent.kind === 'group' || intent.kind === 'form') return false;
  if (intent.kind === 'day' && intent.when.kind === 'weekday') return false;
  return !('which' in intent) || intent.which.of !== 'name';
}

function takeLines(
  form: LessonForm,
  lines: { rows: DraftRow[]; bad: BadLine[] },
  today: Day,
): Extract<Step, { kind: 'say' }> {
  const rows = mergeRows(form.rows, lines.rows);
  if (rows.length > ROWS_LIMIT) return { kind: 'say', form, say: { kind: 'too-many', limit: ROWS_LIMIT } };
  const kept: LessonForm = { ...form, rows, step: 'lines' };
  if (rows.length === 0) return { kind: 'say', form: kept, say: { kind: 'no-lines', bad: lines.bad } };
  if (lines.bad.length > 0) return show(kept, lines.bad, { kind: 'lines' });
  const next = advance(kept);
  return show(next, [], question(next, today));
}

function dropRow(form: LessonForm, number: number): Step {
  const rows = form.rows.filter((_, index) => index !== number - 1);
  if (rows.length === 0)
    return { kind: 'say', form: cleared(form), say: { kind: 'ask-lines', name: form.name, chat: form.chat } };
  return show({ ...form, rows, step: 'lines' }, [], { kind: 'lines' });
}

function cleared(form: LessonForm): LessonForm {
  return { ...form, step: 'lines', rows: [] };
}

function show(form: LessonForm, bad: readonly BadLine[], next: FormAsk): Extract<Step, { kind: 'say' }> {
  return { kind: 'say', form, say: { kind: 'table', rows: form.rows, bad, next } };
}

function ask(form: LessonForm, today: Day, again = false): Step {
  const next = advance(form);
  return { kind: 'say', form: next, say: { kind: 'ask', next: question(next, today, again) } };
}

const BELL =
  /(?<!\d)(\d{1,2})\s*(?:-?я\s*)?(?:пара|урок)?\s*[.):–—-]*\s*(\d{1,2}[:.]\d{2})\s*(?:-|–|—|до)\s*(\d{1,2}[:.]\d{2})(?!\d)/giu;

/** «1 8:30-10:00, 2 10:10-11:40»; pairs that end before they start are left out and asked for again. */
export function parseBells(text: string): Bell[] {
  return [...text.matchAll(BELL)].flatMap((match) => {
    const [number, start, end] = [Number(match[1]), clockWord(match[2] ?? ''), clockWord(match[3] ?? '')];
    return number >= 1 && start !== null && end !== null && start < end ? [{ number, start, end }] : [];
  });
}

/** The finished form as lessons; every row has its times by now. */
export function lessonsFrom(form: LessonForm): Lesson[] {
  return form.rows.map((row) => {
    const bell = form.bells.find(({ number }) => number === row.number);
    const start = row.start ?? bell?.start;
    const end = row.end ?? bell?.end;
    if (start === undefined || end === undefined) throw new Error(`a row of pair ${row.number} has no times`);
    return {
      subject: row.subject,
      kind: row.kind,
      teachers: row.teachers,
      place: { room: row.room, link: row.link, format: row.format },
      subgroup: row.subgroup,
      number: row.number,
      note: '',
      cancelled: false,
      times: { on: 'weekly', weekday: row.weekday, weeks: row.weeks, start, end },
      sourceId: '',
    };
  });
}

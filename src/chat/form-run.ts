/** Carries a running dialogue one step on and saves what it made. */
import { DEFAULT_BELLS } from '../domain/calendar.ts';
import { addByHand, createByHand } from '../flows/edit.ts';
import { getRef, todayIn } from '../flows/view.ts';
import { type Context, may, refuse, reply } from './command.ts';
import type { LessonForm } from './form-question.ts';
import { lessonsFrom, stepForm } from './lesson-form.ts';
import type { Answer } from './turn.ts';

/** The dialogue's answer, or null when the words are a command of their own. */
export async function runForm(form: LessonForm, context: Context): Promise<Answer | null> {
  const { turn, world, t } = context;
  const step = stepForm(form, turn.text, todayIn(world, world.zone));
  if (step.kind === 'other') return null;
  if (step.kind === 'say') return reply(t.form(step.say), step.form);
  if (!(await may(context))) return refuse(context);
  return step.form.timetableId === null ? create(step.form, context) : add(step.form, step.form.timetableId, context);
}

async function create(form: LessonForm, { turn, world, peer, t }: Context): Promise<Answer> {
  const { name, bells, term } = form;
  if (term === null) throw new Error('a timetable is saved before its dates are known');
  const made = await createByHand(world, {
    name,
    by: turn.sender,
    peer: turn.peer,
    bells: bells.length > 0 ? bells : DEFAULT_BELLS,
    term,
    lessons: lessonsFrom(form),
    event: turn.id,
  });
  if (made.ok) return reply(t.formSaved(made.timetable, peer));
  return 'why' in made ? reply(t.formRefused(made.why)) : reply(t.formRefused('problems'), { ...form, step: 'lines' });
}

async function add(form: LessonForm, timetableId: number, { turn, world, t }: Context): Promise<Answer> {
  const outcome = await addByHand(world, { timetableId, by: turn.sender, lessons: lessonsFrom(form), event: turn.id });
  if (!outcome.ok) {
    return 'why' in outcome
      ? reply(t.formRefused(outcome.why))
      : reply(t.formRefused('problems'), { ...form, step: 'lines' });
  }
  const ref = await getRef(world, timetableId, turn.sender);
  return reply(ref === null ? t.formRefused('gone') : t.formAdded(ref, outcome.added));
}

/** What was asked and may be answered by the next words: one running dialogue of one person in one conversation, plain JSON. */
import type { Zone } from '../domain/calendar.ts';
import type { ListedKind } from '../domain/listed.ts';
import type { OfferId } from '../domain/view.ts';
import type { Guest } from '../flows/guest.ts';
import type { LessonForm } from './form-question.ts';

/**
 * No timetable is chosen yet. `asked` for the one turn after we asked which group: the next words may be a name whatever
 * they look like, and `guess` is what «да» would choose. Without it: this person knows what is stored, no more. `among` are
 * keys of universities: the address of their site was pasted, and a group of theirs is asked for.
 */
type GroupForm = {
  readonly kind: 'group';
  readonly guess: OfferId | null;
  readonly asked?: true;
  readonly among?: readonly string[];
  /** The words are first looked for among these: a teacher was asked for their own name. */
  readonly sort?: ListedKind;
};

/** A table of several groups was brought, as `chat/bring.ts` reads it: the next words may name one of them. */
type TableForm = { readonly kind: 'table'; readonly url: string; readonly title: string | null };

/**
 * A site of a known engine that is no university of ours was brought. `group` is '' until it is said, or where the address names
 * whose timetable it is; `zone` null until it is said.
 */
export type GuestForm = Guest & { readonly kind: 'guest'; readonly group: string; readonly zone: Zone | null };

export type Form = LessonForm | GroupForm | TableForm | GuestForm;

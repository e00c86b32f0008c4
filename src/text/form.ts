/** How the dialogue about lessons typed by hand is laid out in any language. The words buttons say stay those of the dialogue. */
import type { Bell, Day, Weekday } from '../domain/calendar.ts';
import type { KnownKind, Weeks } from '../domain/lesson.ts';
import type { BadLine, DraftRow, FormAsk, FormSay } from './draft.ts';
import { clean, dayMonth, fit, short, type Words } from './format.ts';
import type { Button, Message } from './message.ts';

/** A message holds 4096 characters; the question after the table must fit too. */
const TABLE_LIMIT = 2800;
const BAD_SHOWN = 8;

/** The words and sentences a language gives to the dialogue; days, names and lists come in already written. */
export type FormWords = {
  readonly lesson: Words;
  readonly weekdays: Readonly<Record<Weekday, string>>;
  readonly labels: Readonly<Record<'cancel' | 'next' | 'usualBells' | 'save' | 'correct' | 'otherWay', string>>;
  /** Asks for a name; `again` when the one given will not do. */
  name(again: boolean): string;
  /** Asks for lines; in a chat only replies are seen. */
  lines(name: string, chat: boolean): string;
  readonly noLines: string;
  /** Shows how lines are typed. */
  readonly likeThis: string;
  tooMany(limit: number): string;
  readonly left: string;
  /** Stands above the table of so many lessons. */
  understood(count: number): string;
  /** How many lessons of the table are not shown (≥ 1). */
  moreRows(count: number): string;
  /** «3 пара». */
  pair(number: number): string;
  readonly parity: Readonly<Record<'odd' | 'even', string>>;
  /** «недели 1, 3, 5». */
  weeks(numbers: string): string;
  readonly bad: string;
  readonly why: Readonly<Record<BadLine['why'], string>>;
  quoted(line: string): string;
  /** How many lines that gave no lesson are not shown (≥ 1). */
  moreBad(count: number): string;
  readonly askMore: string;
  /** Offers usual bells, one a line. */
  usualBells(bells: string): string;
  /** Asks when the pairs with these numbers are, with an example of an answer. */
  missingBells(numbers: string, example: string): string;
  /** Asks for the term; `again` when what was typed is no pair of dates. */
  term(again: boolean): string;
  /** A term on its button. */
  span(start: string, end: string): string;
  /** What will be saved, and the lines below it: the term, the bells, the parity of this week or of the first one, from `day`. */
  saving(name: string, count: number, adding: boolean): string;
  savingTerm(start: string, end: string): string;
  savingBells(bells: string): string;
  savingParity(odd: boolean, day: string | null): string;
  readonly askSave: string;
};

/** The dialogue in a language's words: the next thing it says. */
export function dialogue(words: FormWords): (say: FormSay) => Message {
  return (say) => said(say, words);
}

function said(say: FormSay, words: FormWords): Message {
  switch (say.kind) {
    case 'ask-name':
      return { text: words.name(say.again), buttons: [[cancel(words)]] };
    case 'ask-lines':
      return { text: words.lines(clean(say.name), say.chat), buttons: [[cancel(words)]] };
    case 'no-lines':
      return {
        text: `${say.bad.length > 0 ? badLines(say.bad, words) : words.noLines}\n\n${words.likeThis}`,
        buttons: [[cancel(words)]],
      };
    case 'table': {
      const bad = say.bad.length > 0 ? [badLines(say.bad, words)] : [];
      const parts = [table(say.rows, words), ...bad, question(say.next, words)];
      return { text: fit(parts.join('\n\n')), buttons: buttons(say.next, words) };
    }
    case 'ask':
      return { text: question(say.next, words), buttons: buttons(say.next, words) };
    case 'too-many':
      return { text: words.tooMany(say.limit) };
    case 'left':
      return { text: words.left };
  }
}

function table(rows: readonly DraftRow[], words: FormWords): string {
  const lines: string[] = [];
  let day: Weekday | null = null;
  let length = 0;
  for (const [index, row] of rows.entries()) {
    const heading = row.weekday === day ? '' : `${lines.length > 0 ? '\n' : ''}${words.weekdays[row.weekday]}\n`;
    const text = `${heading}${index + 1}) ${rowText(row, words)}`;
    length += text.length + 1;
    if (length > TABLE_LIMIT) {
      lines.push(`\n${words.moreRows(rows.length - index)}`);
      break;
    }
    lines.push(text);
    day = row.weekday;
  }
  return `${words.understood(rows.length)}\n\n${lines.join('\n')}`;
}

function rowText(row: DraftRow, words: FormWords): string {
  const number = row.number === null ? '' : words.pair(row.number);
  const when =
    row.start === null ? number : [number, `${row.start}–${row.end}`].filter((part) => part !== '').join(', ');
  const kind = row.kind === '' ? '' : ` (${kindName(row.kind, words.lesson)})`;
  const rest = [
    row.teachers.join(', '),
    row.room,
    row.format === 'onsite' ? '' : words.lesson.remote,
    row.subgroup === '' ? '' : words.lesson.subgroup(row.subgroup),
    weeksText(row.weeks, words),
  ];
  return `${when}: ${short(row.subject, 90)}${kind}${rest.map((part) => (part === '' ? '' : ` · ${short(part, 60)}`)).join('')}`;
}

function weeksText(weeks: Weeks, words: FormWords): string {
  if (weeks === 'every') return '';
  return weeks === 'odd' || weeks === 'even' ? words.parity[weeks] : words.weeks(weeks.join(', '));
}

function badLines(bad: readonly BadLine[], words: FormWords): string {
  const shown = bad
    .slice(0, BAD_SHOWN)
    .map(({ line, why }) => `• ${words.quoted(short(line, 80))} — ${words.why[why]}`);
  const more = bad.length > BAD_SHOWN ? [`• ${words.moreBad(bad.length - BAD_SHOWN)}`] : [];
  return [words.bad, ...shown, ...more].join('\n');
}

function question(next: FormAsk, words: FormWords): string {
  switch (next.kind) {
    case 'lines':
      return words.askMore;
    case 'bells': {
      if (next.usual.length > 0) return words.usualBells(bellList(next.usual, '\n'));
      const example = next.missing.map((number) => `${number} 20:30-22:00`).join(', ');
      return words.missingBells(next.missing.join(', '), example);
    }
    case 'term':
      return words.term(next.again);
    case 'confirm':
      return confirmText(next, words);
  }
}

function confirmText(next: Extract<FormAsk, { kind: 'confirm' }>, words: FormWords): string {
  const { term, parity, bells } = next;
  const { language } = words.lesson;
  return [
    words.saving(clean(next.name), next.count, next.adding),
    ...(term === null ? [] : [words.savingTerm(date(term.start, language), date(term.end, language))]),
    ...(bells.length === 0 ? [] : [words.savingBells(bellList(bells, ', '))]),
    ...(parity === null ? [] : [words.savingParity(parity.odd, parity.now ? null : date(parity.day, language))]),
    words.askSave,
  ].join('\n');
}

function buttons(next: FormAsk, words: FormWords): Button[][] {
  const { labels } = words;
  switch (next.kind) {
    case 'lines':
      return [[{ label: labels.next, say: 'дальше', color: 'primary' }, cancel(words)]];
    case 'bells': {
      const usual: Button = { label: labels.usualBells, say: 'звонки как обычно', color: 'primary' };
      return [...(next.usual.length > 0 ? [[usual]] : []), [cancel(words)]];
    }
    case 'term':
      return [...next.offers.map((offer) => [termButton(offer, words)]), [cancel(words)]];
    case 'confirm':
      return [
        [
          { label: labels.save, say: 'сохранить', color: 'positive' },
          { label: labels.correct, say: 'исправить' },
        ],
        [...(next.parity === null ? [] : [{ label: labels.otherWay, say: 'наоборот' }]), cancel(words)],
      ];
  }
}

function cancel({ labels }: FormWords): Button {
  return { label: labels.cancel, say: 'отмена', color: 'secondary' };
}

function termButton({ start, end }: { start: Day; end: Day }, words: FormWords): Button {
  return {
    label: words.span(date(start, words.lesson.language), date(end, words.lesson.language)),
    say: `с ${date(start, 'ru')} по ${date(end, 'ru')}`,
    color: 'primary',
  };
}

function bellList(bells: readonly Bell[], between: string): string {
  return bells.map(({ number, start, end }) => `${number}) ${start}–${end}`).join(between);
}

function kindName(kind: string, { kinds }: Words): string {
  return Object.hasOwn(kinds, kind) ? kinds[kind as KnownKind] : kind;
}

/** «1 сентября», without a year: the dialogue speaks of the term around now. */
function date(day: Day, language: Words['language']): string {
  return dayMonth(day, day, language);
}

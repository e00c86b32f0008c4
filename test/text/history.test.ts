/** Golden texts of the history of changes, in both languages; pages and their buttons. */
import { describe, expect, test } from 'vitest';
import { addDays, instantOf } from '../../src/domain/calendar.ts';
import type { HistoryPart } from '../../src/domain/history.ts';
import type { ChangeLine, Run } from '../../src/domain/notice.ts';
import type { HistoryView } from '../../src/domain/view.ts';
import { en } from '../../src/text/en.ts';
import { ru } from '../../src/text/ru.ts';
import { lessonLine, timetable } from './make.ts';

const ZONE = 'Asia/Novosibirsk';
const now = instantOf('2026-11-23', '09:00', ZONE);
const was = lessonLine({ subject: 'Матан', start: '10:00', end: '11:30' });
const at = (day: string, clock: string) => instantOf(day, clock, ZONE);

function view(parts: readonly HistoryPart[], patch: Partial<HistoryView> = {}): HistoryView {
  return { timetable: timetable(), days: 14, zone: ZONE, today: '2026-11-23', parts, unheard: 0, ...patch };
}

const off = (n: number): ChangeLine => ({ kind: 'cancelled', before: { ...was, day: addDays('2026-11-24', n) } });
const run: Run = { from: '2026-11-24', to: '2026-12-22', every: 1, parity: null, except: [], open: true };
const room: ChangeLine = { kind: 'altered', before: was, after: { ...was, room: '510М' }, what: ['room'] };
const moved: ChangeLine = {
  kind: 'altered',
  before: was,
  after: { ...was, day: '2026-11-26', endDay: '2026-11-26', start: '12:00', end: '13:30' },
  what: ['time'],
};
const PARTS: readonly HistoryPart[] = [
  { at: at('2026-11-23', '08:12'), lines: [room, moved] },
  { at: at('2026-11-22', '21:40'), lines: [off(2)] },
  { at: at('2026-11-17', '12:00'), lines: [{ ...room, run }] },
];

describe('the history of changes', () => {
  test('says when each became known, the lesson by its day, what it was and is', () => {
    expect(ru.historyText(view(PARTS, { unheard: 2 }), { page: 1, now }).text).toMatchInlineSnapshot(`
      "Изменения за 14 дней · ПИ-21

      Стало известно сегодня в 08:12
      • завтра, 10:00 Матан (лек.) — ауд. 404Л → 510М
      • завтра, Матан (лек.), 404Л — перенесена: 10:00 → чт 26.11 12:00

      Стало известно вчера в 21:40
      • чт 26.11, 10:00 Матан (лек.), 404Л — отменена

      Стало известно 17 ноября в 12:00
      • каждый вторник, с 24 ноября: 10:00 Матан (лек.) — ауд. 404Л → 510М

      Ещё 2 – о скрытом."
    `);
    expect(en.historyText(view(PARTS, { unheard: 2 }), { page: 1, now }).text).toMatchInlineSnapshot(`
      "Changes of 14 days · ПИ-21

      Known since today, 08:12
      • tomorrow, 10:00 Матан (lecture) — room 404Л → 510М
      • tomorrow, Матан (lecture), 404Л — moved: 10:00 → Thu 26.11 12:00

      Known since yesterday, 21:40
      • Thu 26.11, 10:00 Матан (lecture), 404Л — cancelled

      Known since 17 November, 12:00
      • every Tuesday, from 24 November: 10:00 Матан (lecture) — room 404Л → 510М

      2 more of what is hidden."
    `);
  });

  test('honest when there is none, and when what is known is old', () => {
    expect(ru.historyText(view([]), { page: 1, now }).text).toMatchInlineSnapshot(`
      "Изменения за 14 дней · ПИ-21

      За 14 дней изменений я не видел."
    `);
    const trouble = { kind: 'unreachable', detail: 'http-502', since: now };
    const old = { timetable: timetable({ trouble }), days: 1, unheard: 3 };
    expect(ru.historyText(view([], old), { page: 1, now }).text).toMatchInlineSnapshot(`
      "Изменения за 1 день · ПИ-21

      За 1 день поменялось только скрытое: 3.

      расписание от 23 ноября, 12:00"
    `);
    expect(en.historyText(view([], old), { page: 1, now }).text).toMatchInlineSnapshot(`
      "Changes of 1 day · ПИ-21

      In 1 day only what is hidden has changed: 3.

      timetable as of 23 November, 12:00"
    `);
  });

  test('ten are a page; a button leads on and another back', () => {
    const many = view([
      { at: now, lines: [0, 1, 2, 3, 4, 5, 6].map(off) },
      { at: now - 60_000, lines: [7, 8, 9, 10, 11].map(off) },
    ]);
    const [first, second, third] = [1, 2, 3].map((page) => ru.historyText(many, { page, now }));
    expect(first?.text).toMatch(/1–10 из 12$/);
    expect(first?.text.match(/•/g)).toHaveLength(10);
    expect(first?.buttons?.[0]).toEqual([{ label: 'Показать ещё', say: 'изменения, страница 2', edit: true }]);
    expect(second?.text).toMatch(/11–12 из 12$/);
    expect(second?.buttons?.[0]).toEqual([{ label: '← Новее', say: 'изменения', edit: true }]);
    expect(third).toEqual(second);
  });

  test('another timetable stays in every button, and its settings are not offered', () => {
    const many = view([{ at: now, lines: Array.from({ length: 11 }, (_, n) => off(n)) }], { days: 7 });
    const says = (about: string) =>
      ru
        .historyText(many, { page: 1, now, about })
        .buttons?.flat()
        .map((button) => 'say' in button && button.say);
    expect(says('показать 12')).toEqual(['показать 12 изменения за 7 дн., страница 2', 'показать 12 неделя']);
    expect(says('')).toEqual(['изменения за 7 дн., страница 2', 'неделя', 'настройки изменений']);
  });

  test('names from outside mention nobody', () => {
    const subject = '[id1|Аня] @all *id2';
    const line: ChangeLine = { kind: 'cancelled', before: { ...was, subject } };
    const { text } = ru.historyText(view([{ at: now, lines: [line] }]), { page: 1, now });
    expect(text).not.toMatch(/\[id1|@all|\*id2/);
  });
});

/** Wishes as people type and say them: half asleep, from a phone, by voice; and what they must not be taken for. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { understand } from '../../src/chat/understand.ts';
import { createByHand } from '../../src/flows/edit.ts';
import { writeTold } from '../../src/store/index.ts';
import { occurrence } from '../domain/arbitrary.ts';
import { lesson } from '../support/make.ts';
import { openStage, type Stage } from './stage.ts';

const leads = (...minutes: number[]) => ({ kind: 'leads', leads: minutes });
const first = (lead: number | null) => ({ kind: 'first', lead });
const evening = (at: string | null | undefined) => ({ kind: 'evening', at });
const morning = (at: string | null | undefined) => ({ kind: 'morning', at });
const due = (at: string | null | undefined) => ({ kind: 'due', at });
const quiet = (from: string, to: string) => ({ kind: 'quiet', quiet: { from, to } });
const only = (...kinds: string[]) => ({ kind: 'changes', on: true, kinds, only: true });
const topic = (name: string) => ({ kind: 'settings', topic: name });
const missed = { kind: 'why', missed: true, name: '', when: null };
const sent = { kind: 'why', missed: false, name: '', when: null };
const own = { of: 'own' };
const tomorrow = { kind: 'day', when: { kind: 'offset', days: 1 }, which: own };
const history = { kind: 'history', which: own, days: 14, page: 1 };
const settings = { kind: 'settings' };
const stop = { kind: 'stop' };

const SAID: Readonly<Record<string, readonly (readonly [string, object])[]>> = {
  'a clock as it is typed and said': [
    ['вечером 20-00', evening('20:00')],
    ['вечером в 20 00', evening('20:00')],
    ['вечером в 8 30', evening('20:30')],
    ['вечером в восемь', evening('20:00')],
    ['утром 7-30', morning('07:30')],
    ['утром в 7 30', morning('07:30')],
    ['утром в семь', morning('07:00')],
    ['утром в половине восьмого', morning('07:30')],
    ['утром в полвосьмого', morning('07:30')],
    ['утром в 8 утра', morning('08:00')],
    ['неделю в вс в 18 00', { kind: 'ahead', week: { weekday: 7, at: '18:00' } }],
    ['домашку в 18-00', due('18:00')],
    ['тихо с 23-00 до 7-00', quiet('23:00', '07:00')],
    ['тихо с 23 00 до 7 00', quiet('23:00', '07:00')],
    ['тихо с одиннадцати до семи', quiet('23:00', '07:00')],
    ['тихо с полуночи до 7', quiet('00:00', '07:00')],
    // These are no clocks.
    ['тихо 23-07', quiet('23:00', '07:00')],
    ['тихо с 23-07', quiet('23:00', '07:00')],
    ['напоминать за 15 и 10', leads(15, 10)],
    ['напоминать за 5-10 минут', { kind: 'leads', leads: 'unclear' }],
  ],
  'a night, though its evening is said as a morning': [
    ['тихо с 11 до 7', quiet('23:00', '07:00')],
    ['тихо с 10 до 8', quiet('22:00', '08:00')],
    ['тихо с 11 утра до 7 утра', quiet('11:00', '07:00')],
    ['тихо с 9 до 12', quiet('09:00', '12:00')],
    ['тихо с 0 до 8', quiet('00:00', '08:00')],
  ],
  reminders: [
    ['напоминалки за 10 минут', leads(10)],
    ['предупреждай меня за 15 минут до пары', leads(15)],
    ['поставь напоминание за 10 минут', leads(10)],
    ['сделай напоминания за полчаса', leads(30)],
    ['хочу, чтобы напоминания приходили за 10 минут', leads(10)],
    ['за 15 минут до пары', leads(15)],
    ['отключи напоминалки', leads()],
    ['удали напоминания', leads()],
    ['отмени напоминания', leads()],
    ['к 1 паре за 40 минут', first(40)],
    ['к 1-й паре за час', first(60)],
    ['к первой паре не надо', first(null)],
    ['напоминать за 1 минуту до пары', leads(1)],
    // One of several: which ones stay is not said.
    ['убери напоминание за 15 минут', topic('reminders')],
    ['напоминай только к первой паре за час', topic('reminders')],
    ['напоминай об экзаменах за 3 дня', topic('reminders')],
    ['напоминай вечером', evening(undefined)],
    ['напоминай утром', morning(undefined)],
  ],
  'digests named by what they tell': [
    ['в 8 вечера присылай', evening('20:00')],
    ['присылай расписание на завтра в 20:00', evening('20:00')],
    ['присылай пары на завтра в 9 вечера', evening('21:00')],
    ['присылай расписание на завтра', evening('19:00')],
    ['не присылай расписание на завтра', evening(null)],
    ['кидай расписание каждый вечер', evening('19:00')],
    ['скидывай расписание на завтра вечером', evening('19:00')],
    ['присылай мне по утрам пары на сегодня', morning('07:00')],
    ['присылай расписание каждый день в 7 утра', morning('07:00')],
    ['присылай расписание', topic('digests')],
    ['отключи рассылку', topic('digests')],
    ['рассылка в 20:00', topic('digests')],
    ['домашку вечером', due(undefined)],
    ['домашку присылай в 7 вечера', due('19:00')],
    ['напоминай о дз', due(undefined)],
    // Wanted once, and now.
    ['пришли расписание на завтра', tomorrow],
    ['скинь пары на завтра', tomorrow],
    ['напомни дз', { kind: 'homework', deed: 'list', what: '', when: null, text: '' }],
  ],
  changes: [
    ['изменения только отмены', only('cancelled')],
    ['изменения: только отмены и переносы', only('cancelled', 'moved')],
    ['только отмены и переносы', only('cancelled', 'moved')],
    ['присылай только изменения аудитории', only('room')],
    ['только изменения аудиторий', only('room')],
    ['пиши, только если пару отменили', only('cancelled')],
    ['говори, если отменят пару', { kind: 'changes', on: true, kinds: ['cancelled'] }],
    ['изменения по аудиториям не нужны', { kind: 'changes', on: false, kinds: ['room'] }],
    ['хочу получать изменения', { kind: 'changes', on: true }],
    ['не хочу получать изменения', { kind: 'changes', on: false }],
    ['присылай замены', { kind: 'changes', on: true }],
    ['не пиши про замены', { kind: 'changes', on: false }],
    ['замены', history],
    ['есть замены', history],
    ['отмены', history],
    ['замены на завтра', tomorrow],
    ['отмены завтра', tomorrow],
    // Which ones, and how far ahead, is asked.
    ['изменения отмены и переносы', topic('kinds')],
    ['только аудитории', topic('kinds')],
    ['изменения на 3 дня', topic('changes')],
    ['изменения на месяц', topic('changes')],
    ['присылай только изменения', settings],
  ],
  quiet: [
    ['не шуми с 23 до 7', quiet('23:00', '07:00')],
    ['тихий час с 13 до 15', quiet('13:00', '15:00')],
    ['отмени тихие часы', { kind: 'quiet', quiet: null }],
    ['не пиши ночью', topic('quiet')],
    ['по ночам не присылай', topic('quiet')],
    ['не пиши после 10 вечера', topic('quiet')],
    ['не пиши до 8', topic('quiet')],
    // Not to be had for a day: what can be is shown.
    ['не присылай сегодня', settings],
    ['не пиши до завтра', settings],
    ['пауза на неделю', settings],
  ],
  'what is hidden': [
    ['скрыть физ-ру', { kind: 'hide', what: 'физ-ру' }],
    ['убери физ-ру из расписания', { kind: 'hide', what: 'физ-ру' }],
    ['удали физру', { kind: 'hide', what: 'физру' }],
    ['скрыть все лекции', { kind: 'hide', what: 'лекции' }],
    ['скрой физру и инглиш', { kind: 'hide', what: 'физру и инглиш' }],
    ['поменяй подгруппу на 1', { kind: 'subgroup', name: '1' }],
    ['2п/г', { kind: 'subgroup', name: '2' }],
  ],
  'why nothing came': [
    ['чё не напомнил', missed],
    ['ты не напомнил', missed],
    ['не пришло напоминание', missed],
    ['не приходят уведомления', missed],
    ['где напоминание', missed],
    ['че молчишь', sent],
    ['почему ты не прислал изменения', sent],
    ['ты не напомнил про физику', { ...missed, name: 'физику' }],
  ],
  'asked, not wished': [
    ['пришли изменения', history],
    ['скинь изменения', history],
    ['скинь замены на завтра', tomorrow],
    ['кинь дз', { kind: 'homework', deed: 'list', what: '', when: null, text: '' }],
    ['как включить напоминания', topic('reminders')],
    ['здравствуйте, как включить напоминания', topic('reminders')],
    ['как отключить уведомления', settings],
    ['как скрыть предмет', topic('hidden')],
    ['как поменять группу', { kind: 'group', name: '', asked: true }],
    ['обнови расписание, пожалуйста', { kind: 'refresh' }],
    ['во сколько завтра первая пара', tomorrow],
    ['сколько завтра пар', tomorrow],
    ['завтра ко второй', tomorrow],
    ['мои пары завтра', tomorrow],
    ['когда следующая пара', { kind: 'nearest', which: own }],
    ['напоминайте о собраниях за час', { kind: 'meetings', on: true }],
  ],
  'everything at once': [
    ['настройки уведомлений', settings],
    ['какие настройки', settings],
    ['что включено', settings],
    ['включи всё', settings],
    ['больше не пиши', stop],
    ['отпиши меня', stop],
    ['отключи всё', stop],
    ['уведомления выкл', stop],
  ],
};
const SWITCHES = new Set([
  ...['leads', 'first', 'evening', 'morning', 'ahead', 'due', 'quiet', 'changes', 'hide', 'stop', 'exams', 'meetings'],
]);

/** Not where the hour or the minutes are asked for only. */
function switches(words: string): boolean {
  const intent = understand(words);
  const isAsked = ('at' in intent && intent.at === undefined) || ('leads' in intent && intent.leads === 'unclear');
  return SWITCHES.has(intent.kind) && !isAsked;
}

for (const [what, phrases] of Object.entries(SAID))
  describe(what, () => {
    test.each(phrases)('«%s»', (words, intent) => {
      for (const typed of [words, words.toUpperCase(), `/${words}`, `${words}.`, `${words}!`, ` ${words} `])
        expect(understand(typed)).toEqual(intent);
    });

    test.each(phrases)('«%s?» asked switches nothing', (words) => {
      expect(switches(`${words}?`), JSON.stringify(understand(`${words}?`))).toBe(false);
    });
  });

test.each([
  'отмени',
  'убери всё',
  'удали всё',
  'удали группу',
  'удали расписание',
  'убери пары',
  'только важное',
  'мне только замены',
  'первая пара 40 минут опоздала',
  'первая пара отменена',
  'в 20 00',
  'пары в 12 30',
  'сегодня вечером пары есть',
  'присылайте ребенку',
  'я не хожу на физру',
  'ИС-20-05 завтра',
  'каникулы',
])('«%s» switches nothing', (words) => {
  expect(switches(words), JSON.stringify(understand(words))).toBe(false);
});

describe('in conversation', () => {
  const ANYA = 11;
  let stage: Stage;
  const on = (weekday: 1 | 5, subject: string, teacher: string, kind = 'lecture') =>
    lesson({
      ...{ subject, kind, teachers: [teacher] },
      times: { on: 'weekly', weekday, weeks: 'every', start: weekday === 1 ? '10:00' : '13:30', end: '15:00' },
    });

  beforeEach(async () => {
    stage = await openStage();
    const made = await createByHand(stage.world, {
      ...{ name: 'ПИ-21', by: 99, peer: 99, bells: [] },
      term: { start: '2026-09-01', end: '2027-01-31', week1: '2026-08-31' },
      lessons: [on(1, 'Физика', 'Петров П. П.'), on(5, 'Физическая культура и спорт', 'Зайцева О. П.', 'practice')],
    });
    if (!made.ok) throw new Error('not made');
    await stage.ask(ANYA, ANYA, 'ПИ-21');
  });
  afterEach(() => stage.close());

  test.each<[string, string[], string]>([
    [
      'скрыть физ-ру',
      ['Физическая культура и спорт'],
      'Скрыл: Физическая культура и спорт. Не напоминаю и не показываю.',
    ],
    ['скрыть петрова', ['Петров П. П.'], 'Скрыл: Петров П. П. Не напоминаю и не показываю.'],
    [
      'скрой физ-ру и лекции',
      ['Физическая культура и спорт', 'lecture'],
      'Скрыл: Физическая культура и спорт, лекции. Не напоминаю и не показываю.',
    ],
  ])('«%s»', async (words, names, answer) => {
    expect((await stage.ask(ANYA, ANYA, words)).text).toBe(answer);
    expect((await stage.peer(ANYA)).hidden.map(({ name }) => name)).toEqual(names);
  });

  test('of two things one that is not there hides neither', async () => {
    expect((await stage.ask(ANYA, ANYA, 'скрой физру и химию')).text).toContain('«физру и химию» в расписании нет');
    expect((await stage.peer(ANYA)).hidden).toEqual([]);
  });

  test('what is shown again says where to look for what has changed meanwhile, if anything has', async () => {
    await stage.ask(ANYA, ANYA, 'скрыть физику');
    await stage.ask(ANYA, ANYA, 'скрыть физру');
    const { timetableId } = await stage.peer(ANYA);
    const before = occurrence('2026-11-23', '10:00', { subject: 'Физика' });
    await writeTold(stage.world.store.db, timetableId ?? 0, stage.world.now() - 1, [{ kind: 'cancelled', before }]);
    expect((await stage.ask(ANYA, ANYA, 'показать физру')).text).not.toContain('поменялось');
    expect((await stage.ask(ANYA, ANYA, 'показать физику')).text).toBe(
      'Снова показываю: Физика. За последние 14 дней там кое-что поменялось, посмотри: «изменения».',
    );
    expect((await stage.ask(ANYA, ANYA, 'изменения')).text).toContain('Физика');
  });
});

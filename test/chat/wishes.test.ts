/** Words that change what is sent and shown, hundreds of them, and the many that must not. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { understand } from '../../src/chat/understand.ts';
import { CHANGE_KINDS } from '../../src/domain/diff.ts';

const leads = (...minutes: number[]) => ({ kind: 'leads', leads: minutes });
const first = (lead: number | null | undefined | 'unclear') => ({ kind: 'first', lead });
const evening = (at: string | null | undefined) => ({ kind: 'evening', at });
const morning = (at: string | null | undefined) => ({ kind: 'morning', at });
const ahead = (weekday: number, at: string) => ({ kind: 'ahead', week: { weekday, at } });
const noWeek = { kind: 'ahead', week: null };
const exams = (on: boolean) => ({ kind: 'exams', on });
const quiet = (from: string, to: string) => ({ kind: 'quiet', quiet: { from, to } });
const loud = { kind: 'quiet', quiet: null };
const changes = (on: boolean, more: object = {}) => ({ kind: 'changes', on, ...more });
const near = changes(true, { horizon: 'near' });
const week = changes(true, { horizon: 'week' });
const anyDay = changes(true, { horizon: 'all' });
const kinds = (on: boolean, ...list: string[]) => changes(on, { kinds: list });
const only = (...list: string[]) => changes(true, { kinds: list, only: true });
const subgroup = (name: string) => ({ kind: 'subgroup', name });
const hide = (what: string) => ({ kind: 'hide', what });
const unhide = (what: string) => ({ kind: 'unhide', what });
const topic = (name: string) => ({ kind: 'settings', topic: name });

const SETTINGS: readonly (readonly [string, object])[] = [
  // Before each lesson.
  ['напоминать за 15 и 1 минуту', leads(15, 1)],
  ['за 15 и 1 минуту напоминать', leads(15, 1)],
  ['напоминай мне за 10 минут до пары', leads(10)],
  ['напоминай за 10 минут до начала занятий', leads(10)],
  ['не напоминать', leads()],
  ['не напоминай больше', leads()],
  ['не надо напоминать', leads()],
  ['выключи напоминания', leads()],
  ['напоминания отключить', leads()],
  ['без напоминаний', leads()],
  ['remind me 10 minutes before lessons', leads(10)],
  ['do not remind me', { kind: 'leads', leads: 'unclear' }],
  // The first lesson of the day.
  ['к первой паре за 40 минут', first(40)],
  ['за 40 минут к первой паре', first(40)],
  ['за 40 минут до первой пары', first(40)],
  ['к первой паре за полчаса', first(30)],
  ['к первой паре за час', first(60)],
  ['к первой паре за полтора часа', first(90)],
  ['напоминать к первой паре за 40 минут', first(40)],
  ['напоминай о первой паре за 40 минут', first(40)],
  ['напоминай за 40 минут до первой пары', first(40)],
  ['перед первой парой за 40 минут', first(40)],
  ['на первую пару за 40 мин', first(40)],
  ['напоминай перед первым уроком за час', first(60)],
  ['к первой паре не напоминать', first(null)],
  ['не напоминай о первой паре', first(null)],
  ['не напоминать к первой паре', first(null)],
  ['выключи напоминание о первой паре', first(null)],
  ['напоминать к первой паре', first(undefined)],
  ['к первой паре за 40 и 20 минут', first('unclear')],
  ['first lesson 40 minutes before', first(40)],
  ['remind of the first lesson 40 minutes before', first(40)],
  // The evening before.
  ['вечером в 20:00', evening('20:00')],
  ['вечером в 20', evening('20:00')],
  ['в 20:00 вечером', evening('20:00')],
  ['присылай вечером в 21:15', evening('21:15')],
  ['присылай пары на завтра вечером в 9', evening('21:00')],
  ['каждый вечер в 20', evening('20:00')],
  ['не присылай вечером', evening(null)],
  ['выключи вечер', evening(null)],
  ['вечером не надо', evening(null)],
  ['вечер выкл', evening(null)],
  ['evening 20:30', evening('20:30')],
  ['evening off', evening(null)],
  // In the morning.
  ['утром в 7:30', morning('07:30')],
  ['утром в 7', morning('07:00')],
  ['в 7:30 утром', morning('07:30')],
  ['каждое утро в 7:30', morning('07:30')],
  ['по утрам в 7:30', morning('07:30')],
  ['присылай утром в 7:30', morning('07:30')],
  ['присылай пары утром', morning('07:00')],
  ['присылай утром пары на сегодня в 8', morning('08:00')],
  ['присылай пары в 7 утра', morning('07:00')],
  ['утром вкл', morning('07:00')],
  ['утром не присылать', morning(null)],
  ['не присылай утром', morning(null)],
  ['выключи утро', morning(null)],
  ['выключи утреннюю рассылку', morning(null)],
  ['утром в 19', morning(undefined)],
  ['утром', morning(undefined)],
  ['morning 7:30', morning('07:30')],
  ['morning off', morning(null)],
  // The week ahead.
  ['неделю в воскресенье в 18', ahead(7, '18:00')],
  ['неделю в воскресенье в 18:30', ahead(7, '18:30')],
  ['неделя в воскресенье в 18', ahead(7, '18:00')],
  ['неделю по воскресеньям в 18:00', ahead(7, '18:00')],
  ['в воскресенье в 18 неделю', ahead(7, '18:00')],
  ['неделю в субботу в 6 вечера', ahead(6, '18:00')],
  ['присылать неделю в пятницу', ahead(5, '18:00')],
  ['присылай неделю в воскресенье в 20', ahead(7, '20:00')],
  ['присылай расписание на неделю по пятницам в 15:00', ahead(5, '15:00')],
  ['присылай неделю', ahead(7, '18:00')],
  ['не присылать неделю', noWeek],
  ['неделю не присылать', noWeek],
  ['неделю выкл', noWeek],
  ['week on saturday at 12:00', ahead(6, '12:00')],
  // Exams.
  ['экзамены присылать', exams(true)],
  ['присылай экзамены', exams(true)],
  ['напоминай об экзаменах', exams(true)],
  ['напоминать об экзаменах и консультациях', exams(true)],
  ['напоминать об экзаменах за день и за час', exams(true)],
  ['экзамены не присылать', exams(false)],
  ['не напоминай об экзаменах', exams(false)],
  ['не присылать экзамены', exams(false)],
  ['экзамены выкл', exams(false)],
  ['exams off', exams(false)],
  ['remind me about exams', exams(true)],
  // Quiet hours.
  ['тихо с 23 до 7', quiet('23:00', '07:00')],
  ['с 23 до 7 тихо', quiet('23:00', '07:00')],
  ['тихо с 23:30 до 7:15', quiet('23:30', '07:15')],
  ['тихо 23-7', quiet('23:00', '07:00')],
  ['тихо 23:00–07:00', quiet('23:00', '07:00')],
  ['тихо от 22 до 8', quiet('22:00', '08:00')],
  ['тихие часы с 23 до 7', quiet('23:00', '07:00')],
  ['тихо с 11 вечера до 7 утра', quiet('23:00', '07:00')],
  ['тишина с 0 до 8', quiet('00:00', '08:00')],
  ['тихо с 24 до 8', quiet('00:00', '08:00')],
  ['не беспокоить с 23 до 7', quiet('23:00', '07:00')],
  ['не беспокой меня с 22:30 до 8', quiet('22:30', '08:00')],
  ['не тревожь с 23 до 7', quiet('23:00', '07:00')],
  ['quiet from 23 to 7', quiet('23:00', '07:00')],
  ['не пиши с 23 до 7', quiet('23:00', '07:00')],
  ['не присылай ничего с 23 до 7', quiet('23:00', '07:00')],
  ['не пиши мне с 11 вечера до 7 утра', quiet('23:00', '07:00')],
  ['не напоминай с 23:30 до 7', quiet('23:30', '07:00')],
  ['без тишины', loud],
  ['без тихих часов', loud],
  ['тихие часы выкл', loud],
  ['отключи тихие часы', loud],
  ['убери тишину', loud],
  ['не тихо', loud],
  ['тихо', topic('quiet')],
  ['тихие часы', topic('quiet')],
  ['тихо с 7 до 7', topic('quiet')],
  ['тихо с 25 до 7', topic('quiet')],
  ['не беспокоить', topic('quiet')],
  ['не беспокоить ночью', topic('quiet')],
  // Changes: on and off, how far ahead.
  ['присылать изменения', changes(true)],
  ['сообщай об изменениях', changes(true)],
  ['не присылать изменения', changes(false)],
  ['изменения не присылать', changes(false)],
  ['изменения не нужны', changes(false)],
  ['не сообщай об изменениях', changes(false)],
  ['изменения на 7 дней', week],
  ['изменения на неделю', week],
  ['присылай изменения на 7 дней', week],
  ['присылай изменения на неделю вперед', week],
  ['на 7 дней изменения', week],
  ['изменения на завтра', near],
  ['изменения только на завтра', near],
  ['изменения на сегодня и завтра', near],
  ['изменения на сегодня и на завтра', near],
  ['присылать изменения на ближайшие дни', near],
  ['изменения на все дни', anyDay],
  ['изменения на весь семестр', anyDay],
  ['изменения все', changes(true, { horizon: 'all', kinds: [...CHANGE_KINDS] })],
  ['присылай все изменения', changes(true, { horizon: 'all', kinds: [...CHANGE_KINDS] })],
  ['tell changes for 7 days', week],
  ['changes off', changes(false)],
  ['настройка изменений', topic('changes')],
  // Changes: kinds.
  ['не присылать изменения аудиторий', kinds(false, 'room')],
  ['изменения аудиторий не присылать', kinds(false, 'room')],
  ['не присылай изменения кабинетов', kinds(false, 'room')],
  ['присылать изменения аудиторий', kinds(true, 'room')],
  ['не присылать изменения преподавателей', kinds(false, 'teacher')],
  ['не сообщай об изменениях аудиторий и преподавателей', kinds(false, 'room', 'teacher')],
  ['не присылать отмены', kinds(false, 'cancelled')],
  ['отмены не присылать', kinds(false, 'cancelled')],
  ['отмены присылать', kinds(true, 'cancelled')],
  ['аудитории не присылать', kinds(false, 'room')],
  ['преподавателей не присылать', kinds(false, 'teacher')],
  ['не присылать переносы', kinds(false, 'moved')],
  ['переносы и отмены присылать', kinds(true, 'moved', 'cancelled')],
  ['не присылать новые пары', kinds(false, 'added')],
  ['не сообщай о новых парах', kinds(false, 'added')],
  ['не присылать предметы', kinds(false, 'subject')],
  ['не присылать виды занятий', kinds(false, 'kind')],
  ['присылать форматы', kinds(true, 'format')],
  ['присылать возвраты', kinds(true, 'restored')],
  ['присылай только отмены', only('cancelled')],
  ['присылать только отмены и переносы', only('cancelled', 'moved')],
  ['присылай изменения только аудиторий', only('room')],
  ['tell no changes of rooms', kinds(false, 'room')],
  // One's subgroup.
  ['подгруппа 2', subgroup('2')],
  ['п/г 2', subgroup('2')],
  ['2 подгруппа', subgroup('2')],
  ['2-я подгруппа', subgroup('2')],
  ['вторая подгруппа', subgroup('2')],
  ['моя подгруппа 2', subgroup('2')],
  ['моя подгруппа вторая', subgroup('2')],
  ['я во второй подгруппе', subgroup('2')],
  ['у меня первая подгруппа', subgroup('1')],
  ['подгруппа А', subgroup('а')],
  ['подгруппа №1', subgroup('1')],
  ['подгруппа англ. 1', subgroup('англ 1')],
  ['все подгруппы', subgroup('')],
  ['без подгруппы', subgroup('')],
  ['обе подгруппы', subgroup('')],
  ['подгруппа любая', subgroup('')],
  ['subgroup 2', subgroup('2')],
  ['подгруппа', topic('subgroup')],
  ['какая у меня подгруппа', topic('subgroup')],
  // What is hidden.
  ['скрыть физкультуру', hide('физкультуру')],
  ['скрой физру', hide('физру')],
  ['физкультуру скрыть', hide('физкультуру')],
  ['скрой пары по физкультуре', hide('физкультуре')],
  ['не показывать физкультуру', hide('физкультуру')],
  ['не показывай мне историю России', hide('историю россии')],
  ['спрячь матан', hide('матан')],
  ['скрыть преподавателя Иванова', hide('преподавателя иванова')],
  ['скрыть лекции', hide('лекции')],
  ['скрыть 1 пару', hide('1 пару')],
  ['скрыть первую пару', hide('первую пару')],
  ['скрыть пару 3', hide('3 пару')],
  ['убери физкультуру', hide('физкультуру')],
  ['убрать физкультуру из расписания', hide('физкультуру')],
  ['hide history', hide('history')],
  ['скрыть', topic('hidden')],
  ['скрыть всё', topic('hidden')],
  ['показать физкультуру', unhide('физкультуру')],
  ['покажи физру', unhide('физру')],
  ['показывать физкультуру', unhide('физкультуру')],
  ['показывай снова лекции', unhide('лекции')],
  ['верни физкультуру', unhide('физкультуру')],
  ['не скрывать физкультуру', unhide('физкультуру')],
  ['показать 3 пару', unhide('3 пару')],
  ['показать пару 3', unhide('3 пару')],
  ['показать скрытое', unhide('')],
  ['показать всё скрытое', unhide('')],
  ['показывать всё', unhide('')],
  ['unhide history', unhide('history')],
  ['что скрыто', topic('hidden')],
  // Looking.
  ['настройки напоминаний', topic('reminders')],
  ['настройки рассылок', topic('digests')],
  ['настройки изменений', topic('changes')],
  ['какие изменения присылать', topic('kinds')],
  // A slip of the pen.
  ['напаминать за 15 минут', leads(15)],
  ['напоминть за 15 минут', leads(15)],
  ['не присылвть изменения', changes(false)],
  ['не присылать измения', changes(false)],
  ['выключи напомнания', leads()],
  ['подгрупа 2', subgroup('2')],
  ['экзмены не присылать', exams(false)],
  ['вечерм в 20:00', evening('20:00')],
];

/** What only sounds like a setting: a question, a story, a request to see something once. */
const NOT_SETTINGS: readonly string[] = [
  'первая пара',
  'первая пара когда',
  'когда первая пара',
  'во сколько первая пара',
  'первая пара через 40 минут',
  'завтра к первой паре',
  'завтра к первой паре за 40 минут не успею',
  'первой пары не будет',
  'без первой пары',
  'завтра без первой пары',
  'к первой паре за 40 минут?',
  'напоминал за 15 минут',
  'ты напоминал за 15 минут?',
  'ты не напомнил про физику',
  'утром в 8 пар не будет',
  'завтра утром',
  'завтра в 8 утра',
  'в 8 утра',
  'утром пары',
  'пары утром',
  'какие пары утром',
  'утром 20.11',
  'утром в 7:30?',
  'неделя',
  'неделю',
  'на неделю',
  'пришли неделю',
  'пришли расписание на неделю',
  'неделя 24.11',
  'неделя в воскресенье',
  'расписание на неделю',
  'следующая неделя',
  'через неделю в воскресенье',
  'неделю в воскресенье в 18?',
  'присылать неделю?',
  'экзамены',
  'когда экзамены',
  'экзамены?',
  'пришли экзамены',
  'не присылать экзамены?',
  'экзамен в пятницу в 10',
  'экзамен завтра',
  'тихо сегодня в чате',
  'тихо с 23 до 7?',
  'что-то тихо',
  'как тихо в группе',
  'изменения',
  'изменения?',
  'есть изменения',
  'есть изменения на завтра?',
  'изменения на завтра?',
  'изменения завтра',
  'какие изменения на завтра',
  'какие изменения на неделю',
  'нет изменений',
  'без изменений завтра',
  'отмены',
  'отмены?',
  'отмена',
  'переносы',
  'есть отмены завтра',
  'новые пары',
  'новые пары завтра',
  'аудитория 404Л',
  'пришли аудитории',
  'какие аудитории завтра',
  'преподаватель Иванов',
  'преподаватель Иванов завтра',
  'не присылать отмены?',
  'не присылать изменения аудиторий?',
  'подгруппа 2?',
  'подгруппа 2 завтра',
  'что у подгруппы 2 завтра',
  'какие подгруппы',
  'сколько подгрупп',
  'у второй подгруппы завтра физика',
  'скрыть физкультуру?',
  'можно скрыть физкультуру?',
  'показать',
  'покажи',
  'показать завтра',
  'покажи пары',
  'покажи расписание',
  'покажи неделю',
  'покажи пятницу',
  'покажи ПИ-22',
  'показать ПИ-22 завтра',
  'показать 12',
  'покажи изменения',
  'покажи настройки',
  'покажи экзамены',
  'show tomorrow',
  'вечером не приду',
  'вечером в 7 кино?',
  'без пар вечером',
  'хватит пар',
];
const KINDS = new Set([
  'leads',
  'first',
  'evening',
  'morning',
  'ahead',
  'exams',
  'changes',
  'quiet',
  'subgroup',
  'hide',
  'unhide',
  'stop',
]);

describe('a wish is understood', () => {
  test.each(SETTINGS)('«%s»', (words, intent) => {
    expect(understand(words)).toEqual(intent);
  });

  test.each(SETTINGS)('«%s» in capitals, with a slash and a full stop', (words, intent) => {
    for (const typed of [words.toUpperCase(), `/${words}`, `${words}.`, `  ${words} !`])
      expect(understand(typed)).toEqual(intent);
  });

  test.each(SETTINGS.filter(([, intent]) => KINDS.has((intent as { kind: string }).kind)))(
    '«%s?» asked changes nothing',
    (words) => {
      const intent = understand(`${words}?`);
      expect(KINDS.has(intent.kind), JSON.stringify(intent)).toBe(false);
    },
  );
});

test.each(NOT_SETTINGS)('«%s» changes nothing', (words) => {
  const intent = understand(words);
  // An hour that must be asked back, and words that may name something hidden, change nothing by themselves.
  const asksBack = 'at' in intent && intent.at === undefined;
  expect(KINDS.has(intent.kind) && !asksBack, JSON.stringify(intent)).toBe(false);
});

test('whatever stands around them, a question never becomes a setting', () => {
  const word = fc.constantFrom(
    ...'не присылать напоминать изменения вечером утром неделю тихо с 23 до 7 в 8 за 15 минут первой паре экзамены отмены подгруппа 2 скрыть показать все на завтра физру аудитории вкл выкл без только'.split(
      ' ',
    ),
  );
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 7 }), (words) => {
      expect(KINDS.has(understand(`${words.join(' ')}?`).kind)).toBe(false);
    }),
    { numRuns: 3000 },
  );
});

test('hours, minutes and days understood are real ones', () => {
  const word = fc.constantFrom(
    ...'присылать напоминать вечером утром неделю тихо с до в за и 0 7 19 23 24 25 7:30 7.30 7:99 20.11 воскресенье пятницам часов минут'.split(
      ' ',
    ),
  );
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 7 }), (words) => {
      const intent = understand(words.join(' '));
      const clocks = [
        'at' in intent ? intent.at : null,
        intent.kind === 'ahead' ? intent.week?.at : null,
        ...(intent.kind === 'quiet' && intent.quiet !== null ? [intent.quiet.from, intent.quiet.to] : []),
      ];
      for (const clock of clocks)
        if (clock !== null && clock !== undefined) expect(clock).toMatch(/^(?:[01]\d|2[0-3]):[0-5]\d$/);
    }),
    { numRuns: 3000 },
  );
});

/** «отмени физику завтра» in conversation: who may, what is asked first, what followers hear, and how it is taken back. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { understand } from '../../src/chat/understand.ts';
import type { Lesson } from '../../src/domain/lesson.ts';
import { tellDue } from '../../src/flows/tell.ts';
import { auditOf, createTimetable } from '../../src/store/index.ts';
import { lesson } from '../support/make.ts';
import { openStage, type Stage } from './stage.ts';

const [ANYA, BORIS] = [1, 2];
const MINUTE = 60_000;
const tomorrow = { kind: 'offset', days: 1 };
const strike = (deed: string, what: string, when: object | null = null, slot: number | null = null) => ({
  kind: 'strike',
  deed,
  what,
  slot,
  when,
});

describe('words', () => {
  test.each<[string, object]>([
    ['отмени физику завтра', strike('cancel', 'физику', tomorrow)],
    ['ОТМЕНИ ФИЗИКУ ЗАВТРА!', strike('cancel', 'физику', tomorrow)],
    ['Отмените, пожалуйста, физику', strike('cancel', 'физику')],
    ['отменить пару физики в понедельник', strike('cancel', 'физики', { kind: 'weekday', weekday: 1, next: 0 })],
    ['отмени лекцию по физике 30.11', strike('cancel', 'физике', { kind: 'date', day: 30, month: 11, year: null })],
    ['отмени завтра физику в 13:30', { ...strike('cancel', 'физику', tomorrow), at: '13:30' }],
    [
      'да, отменить пару 20.11 в 9:45',
      { ...strike('cancel', '', { kind: 'date', day: 20, month: 11, year: null }), at: '09:45', sure: true },
    ],
    ['отмени 3 пару завтра', strike('cancel', '', tomorrow, 3)],
    ['отмени завтра первую пару', strike('cancel', '', tomorrow, 1)],
    ['отмени все пары завтра', strike('cancel', '', tomorrow)],
    ['отмени пару', strike('cancel', '')],
    ['верни физику завтра', strike('restore', 'физику', tomorrow)],
    ['перенеси физику на вторник', strike('move', 'физику')],
    ['перенеси физику с пн на вт', strike('move', 'физику')],
    ['замени физику на историю завтра', strike('move', 'физику историю')],
    ['отмнеи физику завтра', strike('cancel', 'физику', tomorrow)],
    ['Отмени физику на этой неделе', { ...strike('cancel', 'физику', { kind: 'offset', days: 0 }), week: true }],
    ['отмени физику на следующей неделе', { ...strike('cancel', 'физику', { kind: 'offset', days: 7 }), week: true }],
    ['отмени весь день завтра', strike('cancel', '', tomorrow)],
    ['отмени расписание на завтра', strike('cancel', '', tomorrow)],
    ['отменяю физику завтра', strike('cancel', 'физику', tomorrow)],
    ['убери физику завтра', strike('cancel', 'физику', tomorrow)],
    ['отмени первую пару', strike('cancel', '', null, 1)],
    [
      'да, отменить пару 0123456789abcdef/2026-11-23',
      { kind: 'strike', deed: 'cancel', uid: '0123456789abcdef/2026-11-23' },
    ],
    ['да, вернуть пару 0123456789abcdef', { kind: 'strike', deed: 'restore', uid: '0123456789abcdef' }],
  ])('«%s»', (words, intent) => expect(understand(words)).toEqual(intent));

  test.each([
    ...[
      'отмени',
      'отмена',
      'отменить',
      'отмени подписку',
      'отмени напоминания',
      'отмени тихие часы',
      'отмени рассылку',
    ],
    ...['отмени изменения', 'отмени все уведомления', 'отмени дз физика', 'физику завтра отменили?', 'отменили физику'],
    ...[
      'отмени неделю',
      'отмени неделю в воскресенье',
      'убери неделю',
      'убери завтра',
      'отмени вечером',
      'отмени утром',
    ],
    ...['отмени утро', 'отмени вечер', 'отмени экзамены', 'отмена физики завтра', 'убери физику', 'удали физику'],
    ...['отмены', 'верни физику', 'верни скрытое', 'вернуть всё', 'отмени утреннюю рассылку', 'отмени удаление'],
    ...['отмени, что я только что написал про физику завтра вечером', 'отмени все', 'отмени напоминание за 15 минут'],
  ])('«%s» is about no lesson', (words) => expect(understand(words).kind).not.toBe('strike'));
});

describe('in conversation, on a Thursday noon', () => {
  let stage: Stage;

  const weekly = (subject: string, start: string, more: Partial<Lesson> = {}): Lesson =>
    lesson({
      subject,
      times: { on: 'weekly', weekday: 5, weeks: 'every', start, end: `${start.slice(0, 2)}:59` },
      ...more,
    });

  beforeEach(async () => {
    stage = await openStage();
    await stage.timetable('ПИ-21', ANYA, [
      weekly('Физика', '10:00', { number: 2 }),
      weekly('История', '12:00', { number: 3 }),
      weekly('Английский', '14:00', { number: 4, subgroup: '1' }),
      weekly('Английский', '14:00', { number: 4, subgroup: '2' }),
    ]);
    await stage.ask(BORIS, BORIS, 'ПИ-21');
  });
  afterEach(() => stage.close());

  const labels = (message: { readonly buttons?: readonly (readonly { readonly label: string }[])[] }) =>
    message.buttons?.flat().map(({ label }) => label);
  async function told(): Promise<string> {
    stage.clock.move(4 * MINUTE);
    await tellDue(stage.world);
    return (await stage.ask(BORIS, BORIS, 'изменения')).text;
  }

  test('who made it cancels that one lesson, asked once; followers hear of it, the weeks after stay', async () => {
    const asked = await stage.ask(ANYA, ANYA, 'отмени физику завтра');
    expect(asked.text).toBe(
      'Отменить: завтра, пт 20 ноября, 10:00–10:59 Физика (лек.)? Скажу всем, кто следит за «ПИ-21». Ответь кнопкой или словами: «да, отменить пару 20.11 в 10:00».',
    );
    expect((await stage.ask(BORIS, BORIS, 'завтра')).text).not.toContain('❌');
    expect((await stage.press(ANYA, ANYA, 'Да, отменить')).text).toMatch(
      /^Отменил: завтра, пт 20 ноября, 10:00–10:59 Физика/,
    );
    expect((await stage.ask(BORIS, BORIS, 'завтра')).text).toMatch(/10:00–10:59 {2}Физика[^\n]*\n {3}❌ отменена/);
    expect((await stage.ask(BORIS, BORIS, '27.11')).text).toContain('Физика');
    expect((await stage.ask(BORIS, BORIS, '27.11')).text).not.toContain('❌');
    const news = await told();
    expect(news).toMatch(/Физика/);
    expect(news).toMatch(/отмен/);
    expect(news).not.toMatch(/27|История|нов/);
    expect(await auditOf(stage.world.store.db, 1, 1)).toMatchObject([
      { who: ANYA, what: 'cancel-lesson', detail: { day: '2026-11-20', start: '10:00', subject: 'Физика' } },
    ]);
  });

  test('the answer can be typed as the question says it; of several lessons it asks which', async () => {
    await stage.ask(ANYA, ANYA, 'отмени физику завтра');
    expect((await stage.ask(ANYA, ANYA, 'да')).text).toMatch(/нажми кнопку/);
    expect((await stage.ask(BORIS, BORIS, 'завтра')).text).not.toContain('❌');
    expect((await stage.ask(BORIS, BORIS, 'Да, отменить пару 20.11 в 10:00')).text).toMatch(
      /^Отменить пару в «ПИ-21» может/,
    );
    expect((await stage.ask(ANYA, ANYA, 'Да, отменить пару 20.11 в 14:00')).text).toMatch(/^Какую пару отменить\?/);
    expect((await stage.ask(ANYA, ANYA, 'Да, отменить пару 20.11 в 10:00')).text).toMatch(/^Отменил: завтра/);
    expect((await stage.ask(ANYA, ANYA, 'да, вернуть пару 20.11 в 10:00')).text).toMatch(/^Вернул: завтра/);
  });

  test('taken back within the quiet period it is told to nobody; later it is told as held after all', async () => {
    await stage.ask(ANYA, ANYA, 'отмени физику завтра');
    await stage.press(ANYA, ANYA, 'Да, отменить');
    expect((await stage.press(ANYA, ANYA, 'Вернуть')).text).toMatch(/^Вернул: завтра/);
    expect((await stage.ask(BORIS, BORIS, 'завтра')).text).not.toContain('❌');
    expect(await told()).not.toMatch(/Физика/);

    await stage.ask(ANYA, ANYA, 'отмени физику завтра');
    await stage.press(ANYA, ANYA, 'Да, отменить');
    expect(await told()).toMatch(/Физика/);
    expect((await stage.ask(ANYA, ANYA, 'верни физику завтра')).text).toMatch(/^Вернуть: завтра/);
    await stage.press(ANYA, ANYA, 'Да, вернуть');
    expect((await stage.ask(BORIS, BORIS, 'завтра')).text).not.toContain('❌');
    expect((await stage.ask(BORIS, BORIS, '27.11')).text).toContain('Физика');
  });

  test('a press twice does it once; a lesson that is over is not cancelled', async () => {
    const asked = await stage.ask(ANYA, ANYA, 'отмени физику завтра');
    const [button] = asked.buttons?.flat() ?? [];
    if (button === undefined || !('say' in button)) throw new Error('no button');
    await stage.ask(ANYA, ANYA, button.say, { event: 'press' });
    const again = await stage.say(ANYA, ANYA, button.say, { event: 'press' });
    expect(again).toMatchObject({ message: null, snackbar: 'Такой пары уже нет.' });
    expect((await stage.ask(ANYA, ANYA, button.say)).text).toMatch(/уже нет/);
    const done = (await auditOf(stage.world.store.db, 1, 9)).filter(({ what }) => what === 'cancel-lesson');
    expect(done).toHaveLength(1);
    // Friday noon: physics is over, history is not.
    stage.clock.move(24 * 60 * MINUTE);
    expect((await stage.ask(ANYA, ANYA, 'отмени физику сегодня')).text).toMatch(/Есть «История» и «Английский»/);
  });

  test('of several which one; what is called otherwise is not guessed', async () => {
    expect(labels(await stage.ask(ANYA, ANYA, 'отмени завтра все пары'))).toEqual([
      '10:00 Физика',
      '12:00 История',
      '14:00 Английский, 1 подгр.',
      '14:00 Английский, 2 подгр.',
      'Отмена',
    ]);
    await stage.press(ANYA, ANYA, '14:00 Английский, 2 подгр.');
    const day = (await stage.ask(ANYA, ANYA, 'завтра')).text;
    expect(day.match(/❌/g)).toHaveLength(1);
    expect((await stage.ask(ANYA, ANYA, 'отмени физику на следующей неделе')).text).toMatch(/^Отменить: пт, 27 ноября/);
    expect((await stage.ask(ANYA, ANYA, 'отмени 3 пару завтра')).text).toMatch(/^Отменить: .*История/);
    // As far ahead as the term goes.
    await stage.ask(ANYA, ANYA, 'отмени историю 25.12');
    expect((await stage.press(ANYA, ANYA, 'Да, отменить')).text).toMatch(/^Отменил: пт, 25 декабря/);
    expect((await stage.ask(ANYA, ANYA, 'отмени химию завтра')).text).toMatch(/Такой пары тогда нет\. Есть .*«Физика»/);
    expect((await stage.ask(ANYA, ANYA, 'отмени физеку')).text).toMatch(/Не понял|Физика/);
    expect((await stage.ask(ANYA, ANYA, 'перенеси физику на вторник')).text).toMatch(/^Переносить и менять/);
  });

  test('nobody else does, whatever a button says; of a site nobody does here', async () => {
    const asked = await stage.ask(ANYA, ANYA, 'отмени физику завтра');
    const [button] = asked.buttons?.flat() ?? [];
    if (button === undefined || !('say' in button)) throw new Error('no button');
    for (const words of ['отмени физику завтра', button.say, 'перенеси физику на вторник', 'верни физику завтра'])
      expect((await stage.ask(BORIS, BORIS, words)).text, words).toMatch(/может тот, кто составил это расписание/);
    for (const words of ['отмени старосту', 'отмени группу', 'перенеси вечером', 'замени время'])
      for (const who of [ANYA, BORIS]) expect((await stage.ask(who, who, words)).text, words).toMatch(/^Не понял/);
    // Ten presses are not ten messages to everybody.
    const pressed = await stage.say(BORIS, BORIS, button.say, { event: 'press' });
    expect(pressed.message).toBeNull();
    expect(pressed.snackbar).toMatch(/^Отменить и вернуть пару может тот.{0,70}$/);
    expect((await stage.ask(BORIS, BORIS, 'завтра')).text).not.toContain('❌');
    await stage.ask(ANYA, ANYA, `назначить старостой [id${BORIS}|Борис]`);
    expect((await stage.ask(BORIS, BORIS, 'отмени физику завтра')).text).toMatch(/может тот, кто составил/);

    await createTimetable(stage.world.store.db, {
      ...{ name: 'ЭК-31', folded: 'эк31', digits: '31', university: 'Вуз', zone: 'Europe/Moscow', kind: 'feed' },
      ...{ ownerId: null, listed: true, term: null, bells: [] },
    });
    await stage.ask(BORIS, BORIS, 'выбрать 2');
    expect((await stage.ask(BORIS, BORIS, 'отмени физику завтра')).text).toMatch(/приходят с сайта или из файла/);
  });
});

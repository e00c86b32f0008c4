/** Whole phrases and what they want: commands that take no value, and the words of their buttons. */
import type { Intent } from './intent.ts';

/** Whole phrases, folded; the words of every button without a value stand here. */
const PHRASES: readonly (readonly [Intent, readonly string[]])[] = [
  [{ kind: 'start' }, ['начать', 'старт', 'start']],
  [{ kind: 'help' }, ['помощь', 'помоги', 'команды', 'что ты умеешь', 'что умеешь', 'кто ты', 'ты кто', 'help', '']],
  [{ kind: 'settings' }, ['настройки', 'мои настройки', 'напоминания', 'уведомления', 'подписки', 'settings']],
  [{ kind: 'settings', topic: 'reminders' }, ['настройки напоминаний', 'настройка напоминаний', 'reminder settings']],
  [{ kind: 'settings', topic: 'digests' }, ['настройки рассылок', 'настройки рассылки', 'рассылки', 'digest settings']],
  [
    { kind: 'settings', topic: 'changes' },
    ['настройки изменений', 'настройка изменений', 'настроить изменения', 'change settings'],
  ],
  [{ kind: 'settings', topic: 'kinds' }, ['какие изменения присылать', 'виды изменений', 'kinds of changes']],
  [{ kind: 'settings', topic: 'quiet' }, ['тихие часы', 'настройки тишины', 'тишина', 'quiet hours']],
  [{ kind: 'settings', topic: 'subgroup' }, ['подгруппа', 'подгруппы', 'моя подгруппа', 'subgroup']],
  [{ kind: 'settings', topic: 'hidden' }, ['скрытое', 'что скрыто', 'скрытые пары', 'скрытые предметы', 'hidden']],
  [
    { kind: 'why', missed: false, name: '', when: null },
    ['что ты присылал', 'что присылал', 'что ты присылаешь', 'что пришлешь', 'история уведомлений', 'what was sent'],
  ],
  [
    { kind: 'stop' },
    [
      'стоп',
      'хватит',
      'отписаться',
      'отпишись',
      'отписка',
      'замолчи',
      'молчи',
      'не пиши',
      'не пиши мне',
      'ничего не присылай',
      'не присылай ничего',
      'отключить уведомления',
      'отключи уведомления',
      'выключи уведомления',
      'ничего не присылать',
      'stop',
    ],
  ],
  [
    { kind: 'refresh' },
    ['обновить', 'обнови', 'обновить расписание', 'обнови расписание', 'проверить сайт', 'refresh', 'update'],
  ],
  [{ kind: 'forget', sure: true }, ['да, удалить мои данные', 'да удалить мои данные', 'yes, delete my data']],
  [
    { kind: 'forget', sure: false },
    ['удалить мои данные', 'удали мои данные', 'удалить данные', 'забудь меня', 'удалить меня', 'delete my data'],
  ],
  [{ kind: 'template' }, ['шаблон', 'шаблон таблицы', 'таблица', 'template']],
  [{ kind: 'cancel' }, ['отмена', 'отменить', 'выйти', 'cancel']],
  [
    { kind: 'form' },
    [
      'дальше',
      'сохранить',
      'исправить',
      'наоборот',
      'заново',
      'звонки как обычно',
      'next',
      'save',
      'usual bells',
      'swap',
    ],
  ],
  [
    { kind: 'group', name: '', asked: true },
    ['выбрать группу', 'сменить группу', 'другая группа', 'группа', 'моя группа'],
  ],
];
export const BY_PHRASE = new Map(
  PHRASES.flatMap(([intent, phrases]) => phrases.map((phrase) => [phrase, intent] as const)),
);

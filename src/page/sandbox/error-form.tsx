/** Which error, from which method, for whom and how often. */
import { Button, NativeSelect } from '@vkontakte/vkui';
import { useState } from 'react';

type Props = { peer: number | undefined; title: string | undefined; add(fault: object): void };

const CODES: readonly [code: number, words: string][] = [
  [6, 'слишком часто'],
  [9, 'однотипные действия'],
  [10, 'внутренняя ошибка VK'],
  [14, 'капча'],
  [29, 'исчерпан лимит'],
  [900, 'чёрный список'],
  [901, 'нет разрешения'],
  [911, 'клавиатура'],
  [917, 'нет доступа к беседе'],
  [950, 'ответ опоздал'],
];
const METHODS = [
  'messages.send',
  'messages.edit',
  'messages.sendMessageEventAnswer',
  'messages.getConversationMembers',
  'groups.getLongPollServer',
  'execute',
];

export function ErrorForm({ peer, title, add }: Props) {
  const [code, setCode] = useState('10');
  const [method, setMethod] = useState('messages.send');
  const [only, setOnly] = useState('');
  const [times, setTimes] = useState('1');
  return (
    <form
      className="error-form"
      onSubmit={(event) => {
        event.preventDefault();
        add({
          kind: 'error',
          code: Number(code),
          ...(method === '' ? {} : { method }),
          ...(only === '' || peer === undefined ? {} : { peer }),
          ...(times === '' ? {} : { times: Number(times) }),
        });
      }}
    >
      <NativeSelect aria-label="Код ошибки" value={code} onChange={(event) => setCode(event.target.value)}>
        {CODES.map(([number, words]) => (
          <option key={number} value={number}>
            {number}: {words}
          </option>
        ))}
      </NativeSelect>
      <NativeSelect aria-label="Метод" value={method} onChange={(event) => setMethod(event.target.value)}>
        <option value="">Любой метод</option>
        {METHODS.map((name) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </NativeSelect>
      <div className="pair">
        <NativeSelect aria-label="Для кого" value={only} onChange={(event) => setOnly(event.target.value)}>
          <option value="">Для всех</option>
          {peer !== undefined && <option value="open">Только «{title}»</option>}
        </NativeSelect>
        <NativeSelect aria-label="Сколько раз" value={times} onChange={(event) => setTimes(event.target.value)}>
          <option value="1">1 раз</option>
          <option value="3">3 раза</option>
          <option value="">Пока не починят</option>
        </NativeSelect>
      </div>
      <Button type="submit" size="m" mode="secondary" appearance="negative" stretched>
        Сломать
      </Button>
    </form>
  );
}

/** Where one writes: the field, what is answered to, the bot's keyboard below. */
import { Icon24Cancel, Icon24DocumentOutline, Icon28KeyboardBotsOutline } from '@vkontakte/icons';
import { IconButton, WriteBar, WriteBarIcon } from '@vkontakte/vkui';
import { type ChangeEvent, type KeyboardEvent, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { OpenDialog, SeenMessage, SeenRows } from '../../sandbox/seen.ts';
import { type Deeds, pressKey } from './deeds.ts';
import { Keys } from './keys.tsx';
import { plainLine } from './rich.tsx';
import type { Seen } from './use-view.ts';

type Props = {
  view: Seen;
  open: OpenDialog;
  deeds: Deeds;
  waiting: ReadonlySet<string>;
  replyTo: SeenMessage | undefined;
  endReply(): void;
};

const START: SeenRows = [[{ label: 'Начать', type: 'text', color: 'primary' }]];
const FINE_POINTER = window.matchMedia('(pointer: fine)');

export function Compose({ view, open, deeds, waiting, replyTo, endReply }: Props) {
  const [text, setText] = useState('');
  const [keysOpen, setKeysOpen] = useState(true);
  const [file, setFile] = useState<File>();
  const picker = useRef<HTMLInputElement>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  const me = view.people.find((person) => person.id === view.me);

  useEffect(() => {
    if (FINE_POINTER.matches) field.current?.focus();
  }, []);
  useEffect(() => {
    if (replyTo !== undefined) field.current?.focus();
  }, [replyTo]);

  // The field measures itself as one types only; a text that is sent, or comes back unsent, changes without typing.
  useLayoutEffect(() => {
    const area = field.current;
    if (area === null || area.value !== text) return;
    area.style.height = '';
    area.style.height = `${area.scrollHeight}px`;
  }, [text]);

  async function send(): Promise<void> {
    const words = text.trim();
    if (words === '' && file === undefined) return;
    setText('');
    setFile(undefined);
    endReply();
    const sent = await deeds.say(words, {
      ...(replyTo === undefined ? {} : { replyTo: replyTo.cmid }),
      ...(file === undefined ? {} : { file: { name: file.name, base64: await base64Of(file) } }),
    });
    if (sent) return;
    setText((now) => (now === '' ? words : now));
    setFile((now) => now ?? file);
  }
  function pick({ target }: ChangeEvent<HTMLInputElement>): void {
    setFile(target.files?.[0]);
    // The same file may be picked again after it was changed on disk.
    target.value = '';
    field.current?.focus();
  }
  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === 'Escape') endReply();
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    void send();
  }

  if (me?.blocked && open.chat === undefined)
    return <footer className="compose shut">Сообщество внесло тебя в чёрный список: написать ему нельзя.</footer>;

  const rows = open.fresh ? START : open.keyboard;
  const press = (at: number, label: string) =>
    open.fresh ? void deeds.say(label, { payload: { command: 'start' } }) : void deeds.press(0, at, label);
  return (
    <footer className="compose">
      {hint(view, open) && <p className="hint">{hint(view, open)}</p>}
      {replyTo && (
        <div className="reply">
          <blockquote>{plainLine(replyTo.text) || 'Вложение'}</blockquote>
          <IconButton label="Не отвечать" onClick={endReply}>
            <Icon24Cancel width={20} height={20} />
          </IconButton>
        </div>
      )}
      {file && (
        <div className="reply file">
          <Icon24DocumentOutline />
          <blockquote>{file.name}</blockquote>
          <IconButton label="Убрать файл" onClick={() => setFile(undefined)}>
            <Icon24Cancel width={20} height={20} />
          </IconButton>
        </div>
      )}
      <input ref={picker} className="picker" type="file" aria-label="Файл" tabIndex={-1} onChange={pick} />
      <WriteBar
        before={<WriteBarIcon mode="attach" onClick={() => picker.current?.click()} />}
        slotProps={{ textArea: { getRootRef: field } }}
        aria-label="Сообщение"
        className="field"
        placeholder="Сообщение"
        maxLength={4096}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKeyDown}
        inlineAfter={
          rows.length > 0 && (
            <WriteBarIcon
              label={keysOpen ? 'Скрыть клавиатуру' : 'Показать клавиатуру'}
              className={keysOpen ? 'keys-toggle on' : 'keys-toggle'}
              onClick={() => setKeysOpen(!keysOpen)}
            >
              <Icon28KeyboardBotsOutline />
            </WriteBarIcon>
          )
        }
        after={
          <WriteBarIcon mode="send" disabled={text.trim() === '' && file === undefined} onClick={() => void send()} />
        }
      />
      {rows.length > 0 && keysOpen && (
        <section className="keyboard" aria-label="Клавиатура бота">
          <Keys rows={rows} press={press} waits={(at) => waiting.has(pressKey(open.peer, 0, at))} size="l" />
        </section>
      )}
    </footer>
  );
}

async function base64Of(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  // A whole file as arguments of one call would be too many.
  const parts = Array.from({ length: Math.ceil(bytes.length / 8192) }, (_, at) =>
    String.fromCharCode(...bytes.subarray(at * 8192, (at + 1) * 8192)),
  );
  return btoa(parts.join(''));
}

function hint({ group }: Seen, { chat }: OpenDialog): string {
  if (!chat?.botIn || chat.fullAccess) return '';
  return `Бот слышит здесь только «/сегодня», «@${group.screenName} сегодня», ответ на его сообщение и кнопки`;
}

/** One message: bubble, quote, attachments, time and ticks, its own buttons. */
import {
  Icon16CheckDoubleOutline,
  Icon16CheckOutline,
  Icon16Pin,
  Icon20ReplyOutline,
  Icon24DocumentOutline,
} from '@vkontakte/icons';
import { Tappable } from '@vkontakte/vkui';
import type { Attachment, SeenMessage } from '../../sandbox/seen.ts';
import { Face } from './face.tsx';
import { Keys } from './keys.tsx';
import { plainLine, RichText } from './rich.tsx';

type Props = {
  message: SeenMessage;
  own: boolean;
  /** Shown above the bubble in chats; the next ones of the same person go without. */
  author: string | undefined;
  inChat: boolean;
  follows: boolean;
  answered: SeenMessage | undefined;
  read: boolean;
  time: string;
  press(cmid: number, at: number, label: string): void;
  waits(cmid: number, at: number): boolean;
  reply(message: SeenMessage): void;
};

export function Message(props: Props) {
  const { message, own, author, inChat, follows, answered, press, waits, reply } = props;
  if (message.action) return <li className="service">{message.text}</li>;
  return (
    <li className={`message ${own ? 'own' : 'their'}${follows ? ' follows' : ''}`} data-cmid={message.cmid}>
      {inChat && !own && (
        <span className="side">{follows ? null : <Face id={message.from} name={author ?? ''} size={32} />}</span>
      )}
      <div className="body">
        <div className="bubble">
          {inChat && !own && !follows && <b className="author">{author}</b>}
          {answered && <blockquote>{plainLine(answered.text) || 'Вложение'}</blockquote>}
          <p className="paragraph">
            <span className="text">
              <RichText text={message.text} />
            </span>
            {message.attachments.length === 0 && <Stamp {...props} ghost />}
          </p>
          {message.attachments.map((item) => (
            <Attached key={JSON.stringify(item)} item={item} />
          ))}
          <Stamp {...props} />
        </div>
        {message.keyboard.length > 0 && (
          <div className="keys">
            <Keys
              rows={message.keyboard}
              press={(at, label) => press(message.cmid, at, label)}
              waits={(at) => waits(message.cmid, at)}
              size="m"
            />
          </div>
        )}
      </div>
      {!own && (
        <Tappable className="answer" onClick={() => reply(message)} aria-label="Ответить" title="Ответить">
          <Icon20ReplyOutline />
        </Tappable>
      )}
    </li>
  );
}

/** Time and marks in the corner; the ghost keeps their place at the end of the text. */
function Stamp({ message, own, read, time, ghost = false }: Props & { ghost?: boolean }) {
  return (
    <span className={ghost ? 'stamp ghost' : 'stamp'} aria-hidden={ghost}>
      {message.pinned && <Icon16Pin width={12} height={12} />}
      {message.edited && <span>ред.</span>}
      <time>{time}</time>
      {own && (read ? <Icon16CheckDoubleOutline className="tick" /> : <Icon16CheckOutline className="tick" />)}
    </span>
  );
}

function Attached({ item }: { item: Attachment }) {
  if (item.type === 'photo') return <img className="photo" src={local(addressOf(item.photo, true))} alt="Фото" />;
  if (item.type === 'doc') {
    const { title = 'Документ', size = 0 } = fieldsOf(item.doc);
    return (
      <a className="doc" href={local(addressOf(item.doc, false))} download={String(title)}>
        <span className="doc-icon">
          <Icon24DocumentOutline />
        </span>
        <span>
          <b>{String(title)}</b>
          <span>{weight(Number(size))}</span>
        </span>
      </a>
    );
  }
  return <span className="doc">{String(fieldsOf(item.link).title ?? item.type)}</span>;
}

function fieldsOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

/** A photo's address is that of its largest size. */
function addressOf(value: unknown, photo: boolean): string {
  const fields = fieldsOf(value);
  const largest = photo && Array.isArray(fields.sizes) ? fieldsOf(fields.sizes.at(-1)) : fields;
  return String(largest.url ?? '');
}

/** The sandbox names itself by number; the page may have been opened as localhost, which is another origin to a browser. */
function local(address: string): string {
  const url = URL.parse(address);
  return url?.pathname.startsWith('/uploaded/') ? url.pathname : '#';
}

function weight(bytes: number): string {
  if (bytes < 1024) return `${bytes} Б`;
  const kilo = bytes / 1024;
  return kilo < 1024
    ? `${kilo.toFixed(kilo < 10 ? 1 : 0).replace('.', ',')} КБ`
    : `${(kilo / 1024).toFixed(1).replace('.', ',')} МБ`;
}

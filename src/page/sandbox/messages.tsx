/** The scrolled list of messages with days between them; stays at the end while one is there. */
import { Placeholder } from '@vkontakte/vkui';
import { Fragment, useLayoutEffect, useRef } from 'react';
import type { OpenDialog, SeenMessage } from '../../sandbox/seen.ts';
import { type Deeds, pressKey } from './deeds.ts';
import { Face } from './face.tsx';
import { Message } from './message.tsx';
import type { Seen } from './use-view.ts';
import { whenIn } from './when.ts';

type Props = {
  view: Seen;
  open: OpenDialog;
  deeds: Deeds;
  waiting: ReadonlySet<string>;
  reply(message: SeenMessage): void;
};

const NEAR_END = 120;
/** A pause after which the same person's next message stands apart, seconds. */
const PAUSE = 15 * 60;

export function Messages({ view, open, deeds, waiting, reply }: Props) {
  const list = useRef<HTMLOListElement>(null);
  const atEnd = useRef(true);
  const when = whenIn(view.clock.zone);
  const { messages, chat } = open;
  const own = messages.at(-1)?.from === view.me;

  // After every drawing: what changed may be a text, a keyboard or a picture of any message.
  useLayoutEffect(() => {
    if (list.current !== null && atEnd.current) list.current.scrollTop = list.current.scrollHeight;
  });
  useLayoutEffect(() => {
    if (own && list.current !== null) list.current.scrollTop = list.current.scrollHeight;
  }, [own]);

  return (
    <ol
      className="messages"
      aria-live="polite"
      aria-label="Сообщения"
      ref={list}
      onScroll={({ currentTarget: it }) => {
        atEnd.current = it.scrollHeight - it.scrollTop - it.clientHeight < NEAR_END;
      }}
      onLoad={() => {
        if (list.current !== null && atEnd.current) list.current.scrollTop = list.current.scrollHeight;
      }}
    >
      {messages.length === 0 && (
        <li className="hello">
          <Placeholder icon={<Face id={-1} name={open.title} size={96} />} title={open.title}>
            Нажми «Начать» или сразу напиши название группы: «ПИ-21».
          </Placeholder>
        </li>
      )}
      {messages.map((message, index) => {
        const before = messages[index - 1];
        const newDay = before === undefined || !when.sameDay(before.date * 1000, message.date * 1000);
        const follows = !newDay && !before.action && before.from === message.from && message.date - before.date < PAUSE;
        return (
          <Fragment key={message.cmid}>
            {newDay && <li className="day">{when.day(message.date * 1000, view.clock.now)}</li>}
            <Message
              message={message}
              own={message.from === view.me}
              author={authorOf(view, message.from)}
              inChat={chat !== undefined}
              follows={follows}
              answered={messages.find((each) => each.cmid === message.replyTo)}
              read={message.cmid <= open.readTo}
              time={when.clock(message.date * 1000)}
              press={deeds.press}
              waits={(cmid, at) => waiting.has(pressKey(open.peer, cmid, at))}
              reply={reply}
            />
          </Fragment>
        );
      })}
      {open.typing > 0 && (
        <li className="typing" aria-label="печатает">
          <i />
          <i />
          <i />
        </li>
      )}
    </ol>
  );
}

function authorOf(view: Seen, id: number): string {
  return id < 0 ? view.group.title : (view.people.find((person) => person.id === id)?.name ?? '');
}

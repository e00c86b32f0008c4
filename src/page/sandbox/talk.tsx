/** The open dialog: its head, what is pinned, messages, typing, the field. */
import { Icon20Pin, Icon24ChevronLeftOutline, Icon24UserAddOutline, Icon28SlidersOutline } from '@vkontakte/icons';
import { Button, IconButton } from '@vkontakte/vkui';
import { useEffect, useState } from 'react';
import type { OpenDialog, SeenMessage } from '../../sandbox/seen.ts';
import { Compose } from './compose.tsx';
import { control } from './control.ts';
import type { Deeds } from './deeds.ts';
import { Face } from './face.tsx';
import { Messages } from './messages.tsx';
import { plainLine } from './rich.tsx';
import type { Seen } from './use-view.ts';

type Props = {
  view: Seen;
  open: OpenDialog;
  deeds: Deeds;
  waiting: ReadonlySet<string>;
  refresh(): Promise<void>;
  back(): void;
  panel: boolean;
  togglePanel(): void;
};

export function Talk({ view, open, deeds, waiting, refresh, back, panel, togglePanel }: Props) {
  const [replyTo, setReplyTo] = useState<SeenMessage>();
  const unread = view.dialogs.find((line) => line.peer === open.peer)?.unread ?? 0;
  const typing = open.typing > 0;

  useEffect(() => {
    if (unread === 0 || document.visibilityState !== 'visible') return;
    void control('read', { user: view.me, peer: open.peer });
  }, [unread, view.me, open.peer]);
  useEffect(() => {
    if (open.typing <= 0) return undefined;
    const timer = setTimeout(refresh, open.typing + 50);
    return () => clearTimeout(timer);
  }, [open.typing, refresh]);

  return (
    <main className="talk">
      <header className="head">
        <IconButton className="back" label="К списку диалогов" onClick={back}>
          <Icon24ChevronLeftOutline />
        </IconButton>
        <Face id={open.chat ? open.peer : -1} name={open.title} size={40} />
        <div className="names">
          <h1>{open.title}</h1>
          <p>
            {typing ? (
              <span className="accent">{open.chat ? `${view.group.title} печатает…` : 'печатает…'}</span>
            ) : (
              subtitle(view, open)
            )}
          </p>
        </div>
        <IconButton
          className={panel ? 'toggle on' : 'toggle'}
          label="Часы, сбои и журнал"
          aria-pressed={panel}
          onClick={togglePanel}
        >
          <Icon28SlidersOutline width={24} height={24} />
        </IconButton>
      </header>
      {open.pinned && (
        <div className="pinned">
          <Icon20Pin />
          <span>{plainLine(open.pinned.text)}</span>
        </div>
      )}
      {open.chat?.botIn === false && (
        <div className="invite">
          <span>Бота в этой беседе ещё нет</span>
          <Button
            size="m"
            before={<Icon24UserAddOutline width={20} height={20} />}
            onClick={() => deeds.act('invite-bot', { peer: open.peer, by: view.me })}
          >
            Добавить бота в беседу
          </Button>
        </div>
      )}
      <Messages view={view} open={open} deeds={deeds} waiting={waiting} reply={setReplyTo} />
      <Compose
        view={view}
        open={open}
        deeds={deeds}
        waiting={waiting}
        replyTo={replyTo}
        endReply={() => setReplyTo(undefined)}
      />
    </main>
  );
}

function subtitle({ group }: Seen, { chat }: OpenDialog): string {
  if (chat === undefined) return 'сообщество';
  return [...chat.members, ...(chat.botIn ? [group.title] : [])].join(', ');
}

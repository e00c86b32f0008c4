/** The three columns: dialogs, the open one, the panel; whose eyes these are and what is open. */
import { Snackbar } from '@vkontakte/vkui';
import { useEffect, useState } from 'react';
import { useDeeds } from './deeds.ts';
import { Dialogs } from './dialogs.tsx';
import { Panel } from './panel.tsx';
import { Talk } from './talk.tsx';
import { useView } from './use-view.ts';

const WIDE = window.matchMedia('(min-width: 760px)');
const ROOMY = window.matchMedia('(min-width: 1200px)');

/** `#1001/2000000001`: who you are and what is open survive a reload. */
function remembered(): { me: number; peer: number | undefined } {
  const [me, peer] = location.hash.slice(1).split('/').map(Number);
  return { me: me || 0, peer: peer || undefined };
}

export function App() {
  const [{ me, peer }, setPlace] = useState(remembered);
  const [panel, setPanel] = useState(ROOMY.matches);
  const { view, lost, refresh } = useView({ me, peer, log: panel });
  const { deeds, note, clearNote, waiting } = useDeeds(view?.me ?? me, peer, refresh);

  useEffect(() => {
    history.replaceState(null, '', me === 0 ? '#' : `#${me}/${peer ?? ''}`);
  }, [me, peer]);
  useEffect(() => {
    if (view === undefined || (me !== 0 && (peer !== undefined || !WIDE.matches))) return;
    setPlace({ me: view.me, peer: peer ?? (WIDE.matches ? view.dialogs[0]?.peer : undefined) });
  }, [view, me, peer]);
  useEffect(() => {
    if (view === undefined) return;
    const unread = view.dialogs.reduce((sum, line) => sum + line.unread, 0);
    document.title = unread > 0 ? `(${unread}) ${view.group.title}` : `${view.group.title} · песочница`;
  }, [view]);

  if (view === undefined) return lost ? <p className="lost">Песочница не отвечает. Запусти её: npm start</p> : null;

  const choose = (to: number | undefined) => setPlace({ me: view.me, peer: to });
  /** Your own dialog with the community has your number; a chat keeps its own. */
  const be = (id: number) => setPlace({ me: id, peer: peer === view.me ? id : peer });
  const open = view.open?.peer === peer ? view.open : undefined;

  return (
    <div className={`frame${open ? ' talking' : ''}${panel ? ' with-panel' : ''}`}>
      <Dialogs view={view} open={peer} choose={choose} be={be} showPanel={() => setPanel(true)} />
      {open ? (
        <Talk
          key={`${view.me} ${open.peer}`}
          view={view}
          open={open}
          deeds={deeds}
          waiting={waiting}
          refresh={refresh}
          back={() => choose(undefined)}
          panel={panel}
          togglePanel={() => setPanel(!panel)}
        />
      ) : (
        <main className="talk empty">
          <p>Выбери диалог</p>
        </main>
      )}
      {panel && <Panel view={view} deeds={deeds} close={() => setPanel(false)} />}
      {lost && <p className="lost">Песочница остановлена. Запусти её снова: npm start</p>}
      {note && (
        <Snackbar
          key={note.id}
          onClosed={clearNote}
          duration={note.link === undefined ? 4000 : 10_000}
          placement="bottom-start"
          action={note.link === undefined ? undefined : 'Открыть'}
          onActionClick={() => window.open(note.link, '_blank', 'noopener,noreferrer')}
        >
          {note.text}
        </Snackbar>
      )}
    </div>
  );
}

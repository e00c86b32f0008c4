/** The left column: who you are, your dialogs with what is unread, the clock. */
import { Icon16ClockOutline } from '@vkontakte/icons';
import { Counter, Tappable } from '@vkontakte/vkui';
import type { DialogLine } from '../../sandbox/seen.ts';
import { Face } from './face.tsx';
import { plainLine } from './rich.tsx';
import { useNow } from './use-now.ts';
import type { Seen } from './use-view.ts';
import { type When, whenIn } from './when.ts';

type Props = {
  view: Seen;
  open: number | undefined;
  choose(peer: number): void;
  be(id: number): void;
  showPanel(): void;
};

export function Dialogs({ view, open, choose, be, showPanel }: Props) {
  const when = whenIn(view.clock.zone);
  const now = useNow(view);
  return (
    <nav className="dialogs" aria-label="Диалоги">
      <header className="people" role="radiogroup" aria-label="Ты сейчас">
        <span className="people-label">Ты</span>
        {view.people.map((person) => (
          <Tappable
            key={person.id}
            className={`person${person.id === view.me ? ' chosen' : ''}`}
            role="radio"
            aria-checked={person.id === view.me}
            aria-label={person.name}
            title={person.name}
            onClick={() => be(person.id)}
          >
            <Face id={person.id} name={person.name} size={24} />
            <span>{person.name.split(' ')[0]}</span>
          </Tappable>
        ))}
      </header>
      <ul className="lines">
        {view.dialogs.map((line) => (
          <Line key={line.peer} line={line} open={line.peer === open} choose={choose} now={now} when={when} />
        ))}
      </ul>
      <footer className="foot">
        <Tappable className="time" onClick={showPanel} aria-label="Часы и сбои">
          <Icon16ClockOutline />
          <time>
            {when.date(now)}, {when.clock(now)}
          </time>
          {view.clock.speed !== 1 && <b>×{view.clock.speed}</b>}
        </Tappable>
        <p>Песочница: VK понарошку, бот настоящий.</p>
      </footer>
    </nav>
  );
}

type LineProps = { line: DialogLine; open: boolean; choose(peer: number): void; now: number; when: When };

function Line({ line, open, choose, now, when }: LineProps) {
  const { last } = line;
  return (
    <li>
      <Tappable className={`line${open ? ' open' : ''}`} onClick={() => choose(line.peer)} aria-current={open}>
        <Face id={line.chat ? line.peer : -1} name={line.title} size={48} online={!line.chat} />
        <span className="words">
          <b>{line.title}</b>
          <span className="last">
            {line.typing ? (
              <span className="accent">печатает…</span>
            ) : (
              <>
                {last?.from && line.chat ? <span className="who">{last.from}: </span> : null}
                {last ? plainLine(last.text) : 'Напиши первым'}
              </>
            )}
          </span>
        </span>
        <span className="marks">
          <time>{last ? when.short(last.date * 1000, now) : ''}</time>
          {line.unread > 0 && !open && (
            <Counter size="s" mode="primary" appearance="accent" aria-label={`Непрочитанных: ${line.unread}`}>
              {line.unread}
            </Counter>
          )}
        </span>
      </Tappable>
    </li>
  );
}

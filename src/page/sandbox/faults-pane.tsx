/** Faults on demand: on the way to the API, in its answers, in the long poll, with people and chats. */
import { Icon16Cancel } from '@vkontakte/icons';
import { Button, Switch } from '@vkontakte/vkui';
import type { ReactNode } from 'react';
import type { ActiveFault } from '../../sandbox/seen.ts';
import { BROKEN } from './broken.ts';
import type { Deeds } from './deeds.ts';
import { ErrorForm } from './error-form.tsx';
import type { Seen } from './use-view.ts';

type Props = { view: Seen; deeds: Deeds };

export function FaultsPane({ view, deeds }: Props) {
  const fault = (body: object) => deeds.act('fault', body);
  return (
    <>
      {view.faults.length > 0 && <Active faults={view.faults} deeds={deeds} />}
      <Section title="Связь с API">
        <Do label="Обрыв до приёма" act={() => fault({ kind: 'drop-before', method: 'messages.send', times: 1 })} />
        <Do label="Обрыв после приёма" act={() => fault({ kind: 'drop-after', method: 'messages.send', times: 1 })} />
        <Do label="502 три раза" act={() => fault({ kind: 'bad-gateway', times: 3 })} />
        <Do label="Медленно, 2 с" act={() => fault({ kind: 'latency', ms: 2000 })} />
      </Section>
      <Section title="Ответ с ошибкой">
        <ErrorForm peer={view.open?.peer} title={view.open?.title} add={fault} />
        <label className="switch" htmlFor="limited">
          <span>Не больше 20 вызовов в секунду</span>
          <Switch id="limited" checked={view.limited} onChange={() => deeds.act('rate-limit', { on: !view.limited })} />
        </label>
      </Section>
      <Section title="Long Poll">
        <Do label="Ключ умер" act={() => deeds.act('kill-key', {}, 'Ключ больше не действует')} />
        <Do label="Ключ и номер" act={() => deeds.act('kill-key', { failed: 3 }, 'Нужны новые ключ и номер события')} />
        <Do label="История пропала" act={() => deeds.act('lose-history', {}, 'История событий стёрта')} />
        <Do label="Событие дважды" act={() => deeds.act('repeat-events', {}, 'Последнее событие пришло ещё раз')} />
      </Section>
      <People view={view} deeds={deeds} />
      <Chat view={view} deeds={deeds} />
    </>
  );
}

function People({ view, deeds }: Props) {
  const me = view.people.find((person) => person.id === view.me);
  if (me === undefined) return null;
  const user = me.id;
  return (
    <Section title={me.name}>
      <Do
        label={me.allows ? 'Запретить сообщения' : 'Разрешить сообщения'}
        act={() => deeds.act(me.allows ? 'deny' : 'allow', { user })}
      />
      <Do
        label={me.blocked ? 'Убрать из чёрного списка' : 'В чёрный список'}
        act={() => deeds.act(me.blocked ? 'unblock' : 'block', { user })}
      />
    </Section>
  );
}

function Chat({ view, deeds }: Props) {
  const { open } = view;
  if (!open?.chat) return null;
  const { peer, title } = open;
  const { botIn, botAdmin, fullAccess } = open.chat;
  return (
    <Section title={`Беседа ${title}`}>
      {botIn ? (
        <>
          <Do
            label={fullAccess ? 'Забрать доступ к переписке' : 'Дать доступ к переписке'}
            act={() => deeds.act('bot-rights', { peer, fullAccess: !fullAccess, admin: false })}
          />
          <Do
            label={botAdmin ? 'Снять бота с админов' : 'Сделать бота админом'}
            act={() => deeds.act('bot-rights', { peer, admin: !botAdmin })}
          />
          <Do label="Исключить бота" act={() => deeds.act('kick-bot', { peer, by: view.me })} />
        </>
      ) : (
        <Do label="Пригласить бота" act={() => deeds.act('invite-bot', { peer, by: view.me })} />
      )}
    </Section>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="faults" aria-label={title}>
      <h3>{title}</h3>
      <div className="chips">{children}</div>
    </section>
  );
}

function Do({ label, act }: { label: string; act(): void }) {
  return (
    <Button size="s" mode="secondary" appearance="neutral" rounded onClick={act}>
      {label}
    </Button>
  );
}

function Active({ faults, deeds }: { faults: readonly ActiveFault[]; deeds: Deeds }) {
  return (
    <section className="faults active" aria-label="Сейчас сломано">
      <h3>Сейчас сломано</h3>
      <ul>
        {faults.map((fault) => (
          <li key={fault.id}>
            <span>{describe(fault)}</span>
            <button type="button" aria-label="Починить" onClick={() => deeds.act('clear-faults', { id: fault.id })}>
              <Icon16Cancel />
            </button>
          </li>
        ))}
      </ul>
      <Button size="s" mode="secondary" appearance="negative" stretched onClick={() => deeds.act('clear-faults')}>
        Починить всё
      </Button>
    </section>
  );
}

function describe({ kind, code, ms, method, peer, times }: ActiveFault): string {
  const what = [BROKEN[kind], code, ms === undefined ? undefined : `${ms} мс`].filter((part) => part !== undefined);
  const where = [method ?? 'любой метод', peer === undefined ? undefined : `диалог ${peer}`].filter(Boolean);
  return `${what.join(' ')}: ${where.join(', ')}${times === undefined ? '' : ` ×${times}`}`;
}

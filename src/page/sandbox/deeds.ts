/** What a person does on the page, and how the sandbox's answer is told. */
import { useMemo, useRef, useState } from 'react';
import type { PressResult } from '../../sandbox/seen.ts';
import { control } from './control.ts';

/** A line at the bottom that goes away by itself; `link` is offered to be opened. */
export type Note = { readonly id: number; readonly text: string; readonly link?: string };

export type Deeds = {
  /** True when it was written. */
  say(text: string, extra?: object): Promise<boolean>;
  /** Presses the button with this number; cmid 0 is the keyboard under the field. */
  press(cmid: number, at: number, label: string): Promise<void>;
  /** An action of the control API; `told` is said when it is done. */
  act(action: string, body?: object, told?: string): Promise<void>;
};

export type Doing = {
  readonly deeds: Deeds;
  readonly note: Note | undefined;
  readonly clearNote: () => void;
  /** Presses that wait for an answer, as `pressKey` names them. */
  readonly waiting: ReadonlySet<string>;
};

export const pressKey = (peer: number, cmid: number, at: number): string => `${peer} ${cmid} ${at}`;

export function useDeeds(me: number, peer: number | undefined, refresh: () => Promise<void>): Doing {
  const [note, setNote] = useState<Note>();
  const [waiting, setWaiting] = useState<ReadonlySet<string>>(new Set());
  const lastNote = useRef(0);

  const deeds = useMemo((): Deeds => {
    function tell(text: string, link?: string): void {
      lastNote.current += 1;
      setNote({ id: lastNote.current, text, ...(link === undefined ? {} : { link }) });
    }
    async function attempt<T>(work: () => Promise<T>): Promise<T | undefined> {
      try {
        return await work();
      } catch (error) {
        tell(error instanceof Error ? error.message : String(error));
        return undefined;
      } finally {
        await refresh();
      }
    }
    function tellResult(result: PressResult): void {
      if (result.kind === 'no answer') tell('Бот не ответил на нажатие за минуту');
      if (result.kind === 'app') tell(`Здесь открылось бы мини-приложение ${result.appId}`);
      if (result.kind === 'answer') tellAnswer(result.data, tell);
    }
    return {
      async say(text, extra = {}) {
        return (await attempt(() => control('say', { user: me, peer, text, ...extra }))) !== undefined;
      },
      async press(cmid, at, label) {
        const key = pressKey(peer ?? 0, cmid, at);
        setWaiting((keys) => new Set([...keys, key]));
        const result = await attempt(() => control<PressResult>('press', { user: me, peer, cmid, label, at }));
        setWaiting((keys) => new Set([...keys].filter((each) => each !== key)));
        if (result !== undefined) tellResult(result);
      },
      async act(action, body, told) {
        const done = await attempt(() => control(action, body));
        if (done !== undefined && told !== undefined) tell(told);
      },
    };
  }, [me, peer, refresh]);

  return { deeds, note, clearNote: () => setNote(undefined), waiting };
}

/** VK shows a snackbar, opens a link (a browser lets only the person do it) or a mini-app. */
function tellAnswer(data: unknown, tell: (text: string, link?: string) => void): void {
  if (typeof data !== 'object' || data === null || !('type' in data)) return;
  if (data.type === 'show_snackbar' && 'text' in data) tell(String(data.text));
  if (data.type === 'open_app' && 'app_id' in data) tell(`Здесь открылось бы мини-приложение ${String(data.app_id)}`);
  if (data.type === 'open_link' && 'link' in data && /^https?:/.test(String(data.link)))
    tell(`Бот открывает ссылку ${String(data.link)}`, String(data.link));
}

/** What the page does to the sandbox, and the snackbar that tells how it went. */
import { make } from './view.js';

export async function control(action, body = {}) {
  const answer = await fetch(`/control/${action}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const read = await answer.json();
  if (!answer.ok) throw new Error(read.error);
  return read;
}

/** Does something and tells in the snackbar if it could not be done. */
export async function attempt(work) {
  try {
    return await work();
  } catch (error) {
    snackbar(error.message);
    return undefined;
  }
}

export function showAnswer(data) {
  if (data?.type === 'show_snackbar') snackbar(data.text);
  if (data?.type === 'open_link' && /^https?:/.test(data.link)) snackbar('Бот открывает ссылку: ', data.link);
  if (data?.type === 'open_app') snackbar(`Открылось бы мини-приложение ${data.app_id}`);
}

let hiding;
export function snackbar(text, link) {
  const bar = document.getElementById('snackbar');
  bar.replaceChildren(text);
  if (link) bar.append(make('a', { href: link, target: '_blank', rel: 'noopener noreferrer' }, link));
  bar.hidden = false;
  clearTimeout(hiding);
  hiding = setTimeout(
    () => {
      bar.hidden = true;
    },
    link ? 10_000 : 4_000,
  );
}

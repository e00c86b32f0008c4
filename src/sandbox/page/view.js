/** Turns what the sandbox tells into elements. Text from outside goes in through textContent only. */

const MONTHS = ['янв', 'фев', 'мар', 'апр', 'мая', 'июн', 'июл', 'авг', 'сен', 'окт', 'ноя', 'дек'];
const FACES = ['#2688eb', '#5c9ce6', '#e06c75', '#4bb34b', '#a37aeb', '#ffa000'];

/** An element: `make('p', {className: 'x'}, 'text', child)`. */
export function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  Object.assign(element, properties);
  element.append(...children);
  return element;
}

function clock(seconds) {
  const date = new Date(seconds * 1000);
  const time = `${String(date.getHours()).padStart(2, '0')}:${String(date.getMinutes()).padStart(2, '0')}`;
  const today = new Date().toDateString() === date.toDateString();
  return today ? time : `${date.getDate()} ${MONTHS[date.getMonth()]} ${time}`;
}

/** A round face with the first letters of the name. */
export function paintFace(element, id, name) {
  const letters = name
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => word[0] ?? '');
  element.textContent = letters.join('').toUpperCase();
  element.style.backgroundColor = id < 0 ? FACES[0] : FACES[1 + (Math.abs(id) % (FACES.length - 1))];
  return element;
}

/** Addresses become links, VK's `[club1|name]` becomes the name; everything else stays text. */
function richText(text) {
  const parts = [];
  let from = 0;
  for (const found of text.matchAll(/https?:\/\/[^\s<>"«»]+[^\s<>"«».,;:!?)]|\[(?:club|id|public)\d+\|([^\]]+)\]/g)) {
    parts.push(text.slice(from, found.index));
    if (found[1] !== undefined) parts.push(make('span', { className: 'mention' }, found[1]));
    else parts.push(make('a', { href: found[0], target: '_blank', rel: 'noopener noreferrer' }, found[0]));
    from = found.index + found[0].length;
  }
  return [...parts, text.slice(from)];
}

/** Rows of buttons; `press(label)` hears of those that are not links. `busy(label)` shows a wait. */
export function keyboardRows(rows, press, busy) {
  return rows.map((row) =>
    make(
      'div',
      { className: 'row' },
      ...row.map((button) => {
        if (button.type === 'open_link' && /^https?:/.test(button.link ?? ''))
          return make(
            'a',
            { className: 'key secondary', href: button.link, target: '_blank', rel: 'noopener noreferrer' },
            `${button.label} ↗`,
          );
        const waits = busy(button.label);
        const key = make('button', { type: 'button', className: `key ${button.color}`, disabled: waits }, button.label);
        if (waits) key.classList.add('busy');
        key.addEventListener('click', () => press(button.label));
        return key;
      }),
    ),
  );
}

function attachment(item) {
  if (item.type === 'photo') {
    const address = item.photo?.sizes?.at(-1)?.url;
    return make('img', { className: 'photo', src: address ?? '', alt: 'Фото' });
  }
  if (item.type === 'doc')
    return make(
      'a',
      { className: 'doc', href: item.doc?.url ?? '#', download: '' },
      `📄 ${item.doc?.title ?? 'документ'}`,
    );
  return make('span', { className: 'doc' }, item.link?.title ?? item.type);
}

export function dialogLine(line, open, choose) {
  const last = line.last
    ? `${line.chat && line.last.from ? `${line.last.from}: ` : ''}${line.last.text}`
    : 'Напиши первым';
  const button = make(
    'button',
    { type: 'button', className: open ? 'line open' : 'line' },
    paintFace(make('span', { className: 'face' }), line.chat ? line.peer : -1, line.title),
    make(
      'span',
      { className: 'words' },
      make('b', {}, line.title),
      make('span', { className: 'last' }, last.replace(/\[\w+\|([^\]]+)\]/g, '$1')),
    ),
    make(
      'span',
      { className: 'marks' },
      make('time', {}, line.last ? clock(line.last.date) : ''),
      make('span', { className: 'unread', hidden: line.unread === 0 }, String(line.unread)),
    ),
  );
  button.addEventListener('click', () => choose(line.peer));
  return make('li', {}, button);
}

export function callLine(call) {
  const good = call.error === undefined;
  const answer = JSON.stringify(good ? call.response : call.error, null, 1) ?? '';
  const summary = make(
    'summary',
    {},
    make('span', { className: good ? 'good' : 'bad' }, good ? '●' : `● ${call.error.error_code}`),
    ` ${call.method}`,
  );
  if (call.unknown.length > 0) summary.append(make('em', {}, ` неизвестно VK: ${call.unknown.join(', ')}`));
  const sent = Object.entries(call.params).map(([key, value]) => `${key} = ${value}`);
  return make('li', {}, make('details', {}, summary, make('pre', {}, [...sent, '', answer.slice(0, 2000)].join('\n'))));
}

/** One message. `scene`: who looks (`me`), the open dialog, the people; `keys(message)` its buttons, `reply(message)` hears of ↩. */
export function bubble(scene, message, before) {
  const { me, open, people, keys, reply } = scene;
  if (message.action) return make('li', { className: 'service' }, message.text);
  const own = message.from === me;
  const follows = before !== undefined && before.from === message.from && !before.action;
  const author = people.find((person) => person.id === message.from)?.name ?? '';
  const item = make('li', { className: `${own ? 'own' : 'their'}${follows ? ' follows' : ''}` });
  item.dataset.cmid = String(message.cmid);
  const face = make('span', { className: 'face' });
  if (!own && open.chat) item.append(follows ? face : paintFace(face, message.from, author));
  const body = make('div', { className: 'body' });
  const words = make('div', { className: 'bubble' });
  if (!own && open.chat && !follows) words.append(make('b', { className: 'author' }, author));
  const answered = open.messages.find((each) => each.cmid === message.replyTo);
  if (answered) words.append(make('blockquote', {}, answered.text.split('\n')[0]));
  words.append(make('p', { className: 'text' }, ...richText(message.text)), ...message.attachments.map(attachment));
  words.append(
    make('time', {}, `${message.pinned ? '📌 ' : ''}${message.edited ? 'ред. ' : ''}${clock(message.date)}`),
  );
  body.append(words);
  if (message.keyboard.length > 0) body.append(make('div', { className: 'keys' }, ...keys(message)));
  item.append(body);
  if (!own) {
    const button = make('button', { type: 'button', className: 'answer', title: 'Ответить' }, '↩');
    button.addEventListener('click', () => reply(message));
    item.append(button);
  }
  return item;
}

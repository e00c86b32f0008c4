/** The sandbox's page: who you are, which dialog is open, and what you do there. All the rest lives on the server. */
import { attempt, control, showAnswer, snackbar } from './act.js';
import { bubble, callLine, dialogLine, keyboardRows, make, paintFace } from './view.js';

const $ = (id) => document.getElementById(id);
const state = {
  me: 0,
  peer: undefined,
  log: false,
  view: undefined,
  replyTo: undefined,
  drawn: '',
  drawnKeys: '',
  busy: new Set(),
};
const NARROW = window.matchMedia('(max-width: 700px)');

let asked = 0;
async function refresh() {
  asked += 1;
  const mine = asked;
  const query = new URLSearchParams({ log: state.log ? '1' : '0' });
  if (state.me) query.set('as', state.me);
  if (state.peer !== undefined) query.set('peer', state.peer);
  const answer = await fetch(`/control/view?${query}`);
  const view = await answer.json();
  if (mine !== asked) return;
  state.view = view;
  state.me = view.me;
  if (state.peer === undefined && !NARROW.matches && view.dialogs[0]) return choose(view.dialogs[0].peer);
  draw();
}

function choose(peer) {
  state.peer = peer;
  state.replyTo = undefined;
  state.drawn = '';
  state.drawnKeys = '';
  document.body.classList.toggle('talking', peer !== undefined);
  refresh();
  if (peer !== undefined && !NARROW.matches) $('text').focus();
}

function draw() {
  const { view } = state;
  const options = view.people.filter((person) => person.id > 0);
  if ($('me').childElementCount !== options.length)
    $('me').replaceChildren(...options.map((person) => make('option', { value: person.id }, person.name)));
  $('me').value = String(view.me);
  $('dialogs').replaceChildren(...view.dialogs.map((line) => dialogLine(line, line.peer === state.peer, choose)));
  const unread = view.dialogs.reduce((sum, line) => sum + line.unread, 0);
  document.title = unread > 0 ? `(${unread}) ${view.group.title}` : `${view.group.title} · песочница`;
  $('talk').hidden = view.open === undefined;
  if (view.open) drawTalk(view.open);
  $('log').hidden = !state.log;
  document.body.classList.toggle('logging', state.log);
  if (state.log) drawLog(view);
}

function drawTalk(open) {
  const { view } = state;
  const { chat } = open;
  $('title').textContent = open.title;
  paintFace($('face'), chat ? open.peer : -1, open.title);
  $('subtitle').textContent = chat
    ? chat.members.join(', ') + (chat.botIn ? `, ${view.group.title}` : '')
    : 'сообщество';
  $('invite').hidden = !chat || chat.botIn;
  $('typing').hidden = open.typing <= 0;
  if (open.typing > 0) setTimeout(refresh, open.typing + 50);
  $('hint').textContent = hint(open);
  $('text').placeholder =
    chat?.botIn && !chat.fullAccess ? `Сообщение: @${view.group.screenName} … или /…` : 'Сообщение';
  drawTools(open);
  drawReply(open);
  drawMessages(open);
  drawKeyboard(open);
  const line = view.dialogs.find((each) => each.peer === open.peer);
  if (line?.unread > 0 && document.visibilityState === 'visible') control('read', { user: state.me, peer: open.peer });
}

function hint({ fresh, chat }) {
  const name = state.view.group.screenName;
  if (chat && !chat.botIn) return '';
  if (chat && !chat.fullAccess)
    return `Здесь бот видит только «/сегодня», «@${name} сегодня», ответ на его сообщение и нажатия.`;
  return fresh ? 'Нажми «Начать» или напиши «ПИ-21».' : '';
}

function drawTools({ peer, chat }) {
  const tool = (label, title, work) => {
    const button = make('button', { type: 'button', title }, label);
    button.addEventListener('click', () => attempt(work));
    return button;
  };
  const tools = [];
  if (chat?.botIn) {
    const fullAccess = !chat.fullAccess;
    tools.push(
      tool(fullAccess ? 'Дать доступ' : 'Забрать доступ', 'Доступ бота ко всей переписке', () =>
        control('bot-rights', { peer, fullAccess, admin: false }),
      ),
      tool('Убрать бота', 'Исключить бота из беседы', () => control('kick-bot', { peer, by: state.me })),
    );
  }
  tools.push(
    tool('Журнал', 'Вызовы API и поломки', async () => {
      state.log = !state.log;
      await refresh();
    }),
  );
  $('tools').replaceChildren(...tools);
}

function drawReply(open) {
  const target = open.messages.find((message) => message.cmid === state.replyTo);
  $('reply').hidden = target === undefined;
  $('reply-text').textContent = target ? `Ответ: ${target.text.split('\n')[0]}` : '';
}

function drawMessages(open) {
  const key = JSON.stringify([open.peer, state.me, open.messages, [...state.busy]]);
  if (key === state.drawn) return;
  const list = $('messages');
  const atEnd = state.drawn === '' || list.scrollHeight - list.scrollTop - list.clientHeight < 80;
  state.drawn = key;
  const scene = {
    me: state.me,
    open,
    people: state.view.people,
    keys: (message) =>
      keyboardRows(
        message.keyboard,
        (label) => pressButton(open.peer, message.cmid, label),
        (label) => isBusy(open.peer, message.cmid, label),
      ),
    reply: answerTo,
  };
  list.replaceChildren(...open.messages.map((message, index) => bubble(scene, message, open.messages[index - 1])));
  if (atEnd) list.scrollTop = list.scrollHeight;
}

function answerTo(message) {
  state.replyTo = message.cmid;
  drawReply(state.view.open);
  $('text').focus();
}

function isBusy(peer, cmid, label) {
  return state.busy.has(`${peer} ${cmid} ${label}`);
}

function drawKeyboard(open) {
  const key = JSON.stringify([open.peer, open.keyboard, open.fresh, [...state.busy]]);
  if (key === state.drawnKeys) return;
  state.drawnKeys = key;
  const press = (label) => pressButton(open.peer, 0, label);
  const start = () => say('Начать', { payload: { command: 'start' } });
  const rows = open.fresh
    ? keyboardRows([[{ label: 'Начать', type: 'text', color: 'primary' }]], start, () => false)
    : keyboardRows(open.keyboard, press, (label) => isBusy(open.peer, 0, label));
  $('keyboard').hidden = rows.length === 0;
  $('keyboard').replaceChildren(...rows);
}

function drawLog(view) {
  $('calls').replaceChildren(...(view.calls ?? []).map(callLine));
  const fault = (label, action, body) => {
    const button = make('button', { type: 'button' }, label);
    button.addEventListener('click', () =>
      attempt(() => control(action, body).then(() => snackbar(`Готово: ${label}`))),
    );
    return button;
  };
  $('faults').replaceChildren(
    fault('Ключ умер', 'kill-key'),
    fault('История пропала', 'lose-history'),
    fault('Событие дважды', 'repeat-events'),
    fault('Ошибка 10 ×1', 'fault', { kind: 'error', method: 'messages.send', code: 10, times: 1 }),
    fault('502 ×3', 'fault', { kind: 'bad-gateway', times: 3 }),
    fault('Ответ потерян ×1', 'fault', { kind: 'drop-after', method: 'messages.send', times: 1 }),
    fault('Медленно, 2 с', 'fault', { kind: 'latency', ms: 2000 }),
    fault('Запретить сообщения', 'deny', { user: state.me }),
    fault('Всё починить', 'clear-faults'),
  );
}

async function say(text, extra = {}) {
  const sent = await attempt(() => control('say', { user: state.me, peer: state.peer, text, ...extra }));
  if (sent === undefined) return;
  state.replyTo = undefined;
  state.drawn = '';
  await refresh();
}

async function pressButton(peer, cmid, label) {
  const key = `${peer} ${cmid} ${label}`;
  state.busy.add(key);
  draw();
  const result = await attempt(() => control('press', { user: state.me, peer, cmid, label }));
  state.busy.delete(key);
  if (result?.kind === 'no answer') snackbar('Бот не ответил на нажатие за минуту');
  if (result?.kind === 'app') snackbar(`Открылось бы мини-приложение ${result.appId}#${result.hash}`);
  if (result?.kind === 'answer') showAnswer(result.data);
  await refresh();
}

function sendWritten() {
  const text = $('text').value.trim();
  if (text === '') return;
  $('text').value = '';
  grow();
  say(text, state.replyTo === undefined ? {} : { replyTo: state.replyTo });
}

function grow() {
  $('text').style.height = 'auto';
  $('text').style.height = `${Math.min($('text').scrollHeight, 160)}px`;
}

$('me').addEventListener('change', () => {
  // Your own dialog with the community has your number; a chat keeps its own.
  const inDialog = state.peer === state.me;
  state.me = Number($('me').value);
  choose(inDialog ? state.me : state.peer);
});
$('write').addEventListener('submit', (event) => {
  event.preventDefault();
  sendWritten();
});
$('text').addEventListener('input', grow);
$('text').addEventListener('keydown', (event) => {
  if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  sendWritten();
});
$('back').addEventListener('click', () => choose(undefined));
$('reply-off').addEventListener('click', () => {
  state.replyTo = undefined;
  draw();
});
$('add-bot').addEventListener('click', () => attempt(() => control('invite-bot', { peer: state.peer, by: state.me })));
$('log-off').addEventListener('click', () => {
  state.log = false;
  draw();
});
document.addEventListener('visibilitychange', refresh);
new EventSource('/control/watch').addEventListener('message', refresh);

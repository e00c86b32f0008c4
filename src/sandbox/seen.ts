/** What people see: the shapes the control API hands to the page and to stories. Plain JSON, nothing imported. */

/** A file a bot uploaded, or an attachment known by its name only. */
export type Attachment = { readonly type: string; readonly [key: string]: unknown };

/** Somebody came, left, made or renamed a chat. */
export type Action = {
  readonly type: string;
  readonly member_id?: number;
  readonly text?: string;
  readonly conversation_message_id?: number;
};

export type SeenButton = {
  readonly label: string;
  readonly type: 'text' | 'callback' | 'open_link' | 'open_app' | 'location' | 'vkpay';
  readonly color: 'primary' | 'secondary' | 'positive' | 'negative' | 'default';
  readonly link?: string;
};
export type SeenRows = readonly (readonly SeenButton[])[];

/** A message as a person sees it. `text` keeps VK's mention markup; `date` is Unix seconds of the product clock. */
export type SeenMessage = {
  readonly cmid: number;
  readonly from: number;
  readonly text: string;
  readonly keyboard: SeenRows;
  readonly attachments: readonly Attachment[];
  readonly date: number;
  readonly edited: boolean;
  readonly pinned: boolean;
  readonly replyTo?: number;
  readonly action?: Action;
};

export type PressResult =
  /** A text button: a message was written. */
  | { readonly kind: 'said'; readonly cmid: number }
  /** The button itself is a link or an app; the bot hears nothing. */
  | { readonly kind: 'link'; readonly link: string }
  | { readonly kind: 'app'; readonly appId: number; readonly hash: string }
  /** A callback button: what the bot answered (`data` undefined: only that it heard), or nothing in time. */
  | { readonly kind: 'answer'; readonly data: unknown }
  | { readonly kind: 'no answer' };

/** One call as the log shows it; `params` hold no token. */
export type ApiCall = {
  readonly at: number;
  readonly method: string;
  readonly params: Readonly<Record<string, string>>;
  /** Parameters VK would not know: accepted, but worth a look. */
  readonly unknown: readonly string[];
  readonly response?: unknown;
  readonly error?: { readonly error_code: number; readonly error_msg: string };
};

export type Fault = {
  readonly kind: 'drop-before' | 'drop-after' | 'bad-gateway' | 'latency' | 'error';
  /** An API method, or `longpoll` for the poll itself; absent: any API method. */
  readonly method?: string | undefined;
  /** Only calls about this peer; inside `peer_ids` only this peer fails. */
  readonly peer?: number | undefined;
  /** For `error`: VK's code. */
  readonly code?: number | undefined;
  /** For `latency`: milliseconds. */
  readonly ms?: number | undefined;
  /** How many times; absent: until cleared. */
  readonly times?: number | undefined;
};
/** `broken`: it never got an answer of the API, and why. */
export type SeenCall = ApiCall & { readonly broken?: Fault['kind'] };
export type ActiveFault = Fault & { readonly id: number };

export type SeenPerson = {
  readonly id: number;
  readonly name: string;
  /** The community may write to them. */
  readonly allows: boolean;
  /** In the community's black list. */
  readonly blocked: boolean;
};

export type DialogLine = {
  readonly peer: number;
  readonly title: string;
  readonly chat: boolean;
  readonly unread: number;
  readonly typing: boolean;
  readonly last?: { readonly from: string; readonly text: string; readonly date: number };
};

export type OpenDialog = {
  readonly peer: number;
  readonly title: string;
  readonly messages: readonly SeenMessage[];
  readonly pinned?: SeenMessage;
  readonly keyboard: SeenRows;
  /** Up to which cmid somebody else has read. */
  readonly readTo: number;
  /** For how many ms more the bot is shown as typing. */
  readonly typing: number;
  /** Nobody has written in this DM yet: the «Начать» button. */
  readonly fresh: boolean;
  readonly chat?: {
    readonly members: readonly string[];
    readonly botIn: boolean;
    readonly botAdmin: boolean;
    /** The bot hears everything: by the setting, or because it is an admin. */
    readonly fullAccess: boolean;
  };
};

export type View = {
  /** Person whose eyes these are; 0 when there is nobody. */
  readonly me: number;
  readonly group: { readonly id: number; readonly title: string; readonly screenName: string };
  readonly people: readonly SeenPerson[];
  readonly dialogs: readonly DialogLine[];
  readonly open?: OpenDialog;
  /** Newest first; only when the log was asked for. */
  readonly calls?: readonly SeenCall[];
  readonly faults: readonly ActiveFault[];
  /** The window of 20 calls in a second is on. */
  readonly limited: boolean;
  /** Product clock. `movable`: it can be jumped and run faster from the page. */
  readonly clock: {
    readonly now: number;
    readonly speed: number;
    readonly movable: boolean;
    readonly zone: string;
  };
};

/** What the bot wants to say, with no VK in it. */

/** A button is a shortcut for words a person could type: pressing it is the same as sending `say`. `link` opens an address instead. */
export type Button =
  | {
      /** ≤ 40 characters. */
      readonly label: string;
      readonly say: string;
      readonly color?: 'primary' | 'secondary' | 'positive' | 'negative';
      /** The answer replaces the message that carries the button instead of following it. */
      readonly edit?: boolean;
    }
  | { readonly label: string; readonly link: string };

export type Message = {
  readonly text: string;
  /** Inline buttons, rows of them. */
  readonly buttons?: readonly (readonly Button[])[];
  /** The keyboard under the input field in a DM; `[]` removes it. Ignored in chats, where we show none. */
  readonly keyboard?: readonly (readonly Button[])[];
};

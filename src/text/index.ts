/** Picks the language. */
import type { Language } from '../domain/peer.ts';
import { en } from './en.ts';
import { ru, type Texts } from './ru.ts';

export type { Texts } from './ru.ts';

const LANGUAGES: Readonly<Record<Language, Texts>> = { ru, en };

/** All sentences of a language. */
export function texts(language: Language): Texts {
  return LANGUAGES[language];
}

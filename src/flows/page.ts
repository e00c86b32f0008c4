/** A web page that a person brought: what it leads to that we can read, by its links and by what it embeds. */
import type { Offered, OfferId, PageChoice } from '../domain/view.ts';
import type { Link } from '../source/contract.ts';
import type { StrangerAt } from '../source/universities.ts';
import { type Owners, recogniseAll } from './recognise.ts';
import { noteStranger } from './wanted.ts';
import type { World } from './world.ts';

export type Lead =
  /** One timetable of a catalogue and nothing else. */
  | { readonly of: 'entry'; readonly id: OfferId }
  /** A choice, the entries of catalogues first; `more`: not all are among them, but `among` their universities the others are found by name. */
  | ({ readonly of: 'choice'; readonly choices: readonly PageChoice[]; readonly more: boolean } & Owners)
  | ({ readonly of: 'university' } & Owners)
  /** A site of an engine that we know, of a university that we do not; `on`: the engine is switched on, so it can be tried. */
  | ({ readonly of: 'stranger' } & StrangerAt);

/** VK shows ten buttons. */
const CHOICES = 10;
/** A page that links to more universities is about none of them. */
const UNIVERSITIES = 4;

/**
 * `url` as it was pasted, `files` what looks like a calendar or a table («address words»), `links` all that the page leads to.
 * null: nothing but files, or nothing. `by` asks for what is not there yet.
 */
export async function leadOf(
  world: World,
  { url, files, links, by }: { url: string; files: readonly string[]; links: readonly Link[]; by: number },
): Promise<Lead | null> {
  const addresses = links.map(({ address }) => address);
  const { entries, owners } = await recogniseAll(world, { addresses, linked: true });
  const known = owners.among.length <= UNIVERSITIES ? owners : { among: [], names: [] };
  const others = files.filter((file) => !entries.some(({ address }) => address === file.split(' ')[0]));
  const [only] = entries;
  if (only !== undefined) {
    if (entries.length + others.length === 1) return { of: 'entry', id: only.id };
    const choices = [...namedBy(entries, links), ...others.map(fileChoice)];
    return { of: 'choice', choices: choices.slice(0, CHOICES), more: choices.length > CHOICES, ...known };
  }
  if (files.length > 0) return null;
  if (known.among.length > 0) return { of: 'university', ...known };
  const stranger = await world.stranger([url, ...addresses]);
  // One that can be tried is kept once it has answered (`flows/guest.ts`): a page may lead to addresses that are made up.
  if (stranger?.on === false) await noteStranger(world, stranger, by);
  return stranger === null ? null : { of: 'stranger', ...stranger };
}

/** An entry is called as the page calls it; where the page says nothing, or the same of two, as the catalogue does. */
function namedBy(
  entries: readonly (Offered & { readonly address: string })[],
  links: readonly Link[],
): readonly PageChoice[] {
  const words = new Map(links.map((link) => [link.address, link.words]));
  const said = entries.map(({ address }) => words.get(address) ?? '');
  return entries.map(({ id, name, university }, at) => {
    const own = said[at] ?? '';
    return own === '' || said.indexOf(own) !== said.lastIndexOf(own)
      ? { id, name, university }
      : { id, name: own, university: '' };
  });
}

function fileChoice(file: string): PageChoice {
  const [url = '', ...words] = file.split(' ');
  return { url, name: words.length > 0 ? words.join(' ') : `…${url.slice(-32)}`, university: '' };
}

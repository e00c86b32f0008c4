/** The sites of this engine: one JSON file each in `universities/`, checked when the source is loaded. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isFields, textIn, type University } from '#source';

export type Site = University & {
  /** Address of the interface without a slash at its end, e.g. `https://ruz.fa.ru/api`. */
  readonly base: string;
  /** The field of a listed group by which people know it; the other one stands in where it is empty. */
  readonly label: 'name' | 'number';
  /** A part of the faculty's name: only groups of such faculties, '' = of all. Campuses in other zones share one site. */
  readonly only: string;
  /** A part of the faculty's name: all groups but those, '' = all. */
  readonly except: string;
};

const FOLDER = join(import.meta.dirname, 'universities');

/** Every site, in order of file names. Throws an Error that names the file and what is wrong with it. */
export function readSites(folder = FOLDER): Site[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => siteOf(file, JSON.parse(readFileSync(join(folder, file), 'utf8'))));
}

function siteOf(file: string, value: unknown): Site {
  if (!isFields(value)) throw new Error(`${file}: not an object`);
  const [id, name, zone] = [textIn(value, 'id'), textIn(value, 'name'), textIn(value, 'zone')];
  const [site, base, label] = [textIn(value, 'site'), textIn(value, 'base'), textIn(value, 'label')];
  const wrong = [
    `${id}.json` === file && /^[a-z][a-z0-9-]*$/.test(id) ? '' : 'id is not the name of the file',
    name === '' ? 'no name' : '',
    Intl.supportedValuesOf('timeZone').includes(zone) ? '' : 'zone is no IANA zone',
    /^https?:\/\/\S+$/.test(site) ? '' : 'site is no address',
    /^https?:\/\/\S+[^/]$/.test(base) ? '' : 'base is no address without a slash at its end',
    label === 'name' || label === 'number' ? '' : 'label is neither name nor number',
    typeof value.only === 'string' && typeof value.except === 'string' ? '' : 'only and except are texts',
  ].filter((problem) => problem !== '');
  if (wrong.length > 0) throw new Error(`${file}: ${wrong.join('; ')}`);
  const [only, except] = [textIn(value, 'only').toLowerCase(), textIn(value, 'except').toLowerCase()];
  return { id, name, zone, site, base, label: label === 'number' ? 'number' : 'name', only, except };
}

/** True when something of this faculty or description belongs to this university of a shared site. */
export function isOwn({ only, except }: Site, said: string): boolean {
  const words = said.toLowerCase();
  return (only === '' || words.includes(only)) && (except === '' || !words.includes(except));
}

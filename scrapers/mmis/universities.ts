/** The sites of this engine: one JSON file each in `universities/`, checked when the source is loaded. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isFields, textIn, type University } from '#source';

export type Site = University & {
  /** Address of the interface without a slash at its end, e.g. `https://edu.donstu.ru/api`. */
  readonly base: string;
  /** How the site calls the number of a room in a request. */
  readonly room: 'idAudLine' | 'idAud';
  /** Whether a request for lessons names the academic year. */
  readonly year: boolean;
  /** Parts of a «room» by which this university means that the lesson is held at a distance. */
  readonly distance: readonly string[];
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
  const [site, base, room] = [textIn(value, 'site'), textIn(value, 'base'), textIn(value, 'room')];
  const { year, distance } = value;
  const wrong = [
    `${id}.json` === file && /^[a-z][a-z0-9-]*$/.test(id) ? '' : 'id is not the name of the file',
    name === '' ? 'no name' : '',
    Intl.supportedValuesOf('timeZone').includes(zone) ? '' : 'zone is no IANA zone',
    /^https?:\/\/\S+$/.test(site) ? '' : 'site is no address',
    /^https?:\/\/\S+[^/]$/.test(base) ? '' : 'base is no address without a slash at its end',
    room === 'idAud' || room === 'idAudLine' ? '' : 'room is neither idAud nor idAudLine',
    typeof year === 'boolean' ? '' : 'year is neither true nor false',
    Array.isArray(distance) ? '' : 'distance is no list',
  ].filter((problem) => problem !== '');
  if (wrong.length > 0 || !Array.isArray(distance) || typeof year !== 'boolean')
    throw new Error(`${file}: ${wrong.join('; ')}`);
  const marks = distance.filter((mark) => typeof mark === 'string');
  return { id, name, zone, site, base, room: room === 'idAud' ? 'idAud' : 'idAudLine', year, distance: marks };
}

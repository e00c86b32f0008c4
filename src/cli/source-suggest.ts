/** `source suggest`: what a university's catalogue has that looks like the words. */
import { paced } from '../source/contract.ts';
import { listedBy } from '../source/listed.ts';
import { nearest } from '../source/nearest.ts';
import { Misused } from './misused.ts';
import { openHttp, optionsOf, printable, sourceOf, spanOf } from './source-args.ts';
import { fetchAll } from './source-try.ts';

/** `source suggest ruz:hse ПИ`: asks the site for its lists; without words it counts them. */
export async function suggestFrom([key = '', ...words]: readonly string[]): Promise<void> {
  const [id, university] = key.split(':');
  const source = await sourceOf(id === '' ? undefined : id);
  const { catalogue, universities = [] } = source;
  if (catalogue === undefined) throw new Misused(`${source.id} lists nothing`);
  if (universities.length > 0 && !universities.some((one) => one.id === university))
    throw new Misused(`suggest wants a university: ${universities.map((one) => `${source.id}:${one.id}`).join(', ')}`);
  const ask = { ...optionsOf(source.id), ...(university === undefined ? {} : { university }) };
  const http = openHttp();
  try {
    const span = spanOf(source, ask, {});
    const pages = await fetchAll(http, (so) => paced(source, catalogue.plan(ask, so, span)));
    for (const [kind, entries] of Map.groupBy(listedBy(catalogue.parse(pages, ask, span)), (one) => one.kind)) {
      const names = entries.map(({ name }) => name);
      const found = words.length === 0 ? [] : nearest(words.join(' '), names);
      console.log(`${kind}: ${names.length}${found.length === 0 ? '' : `, like ${found.join(' · ')}`}`);
    }
  } catch (error) {
    console.log(JSON.stringify(printable(error), null, 2));
    process.exitCode = 1;
  } finally {
    await http.close();
  }
}

/** An address that a person pasted, compared with one of a site. */

/**
 * What follows `base` in the address: path, query and fragment, without the slash between. null when the address is not
 * beneath it. `www.`, http or https make no difference: people type and copy both.
 */
export function pathUnder(address: string, base: string): string | null {
  const [url, root] = [URL.parse(address), URL.parse(base)];
  if (url === null || root === null || !/^https?:$/.test(url.protocol)) return null;
  if (url.host.replace(/^www\./, '') !== root.host.replace(/^www\./, '')) return null;
  const start = root.pathname.replace(/\/+$/, '');
  if (url.pathname !== start && !url.pathname.startsWith(`${start}/`)) return null;
  return `${url.pathname.slice(start.length)}${url.search}${url.hash}`.replace(/^\/+/, '');
}

/** The address with its host named without the full stop of the root of all names: «ruz.fa.ru.» and «ruz.fa.ru» are one site. */
export function withoutRoot(address: string): string {
  const url = URL.parse(address);
  if (url?.hostname.endsWith('.') !== true) return address;
  url.hostname = url.hostname.slice(0, -1);
  return url.href;
}

/** A short name for a site by its host, such as a file may have: «https://edu.donstu.ru» gives «donstu»; `site` where the host says nothing. */
export function shortHost(address: string): string {
  const host = URL.parse(address)?.hostname ?? '';
  const name = /^[\d.:[\]]+$/.test(host) ? '' : (host.split('.').at(-2) ?? '');
  return /^[a-z][a-z0-9-]{0,30}$/.test(name) ? name : 'site';
}

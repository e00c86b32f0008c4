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

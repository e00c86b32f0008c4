/** The wall between an address a stranger pasted and our own network: checked as text, and again at the socket. */
import { lookup } from 'node:dns/promises';
import { getCACertificates } from 'node:tls';
import ipaddr from 'ipaddr.js';
import { buildConnector } from 'undici';
import { SourceError } from './contract.ts';

/** Finds every address of a host name; injected in tests. */
export type Resolve = (hostname: string) => Promise<readonly string[]>;

type Network = ReturnType<typeof ipaddr.parseCIDR>;

/** What `HTTP_ALLOW` lifts: whole hosts, a port of a host, or networks. */
export type Allow = { readonly hosts: ReadonlySet<string>; readonly networks: readonly Network[] };

const PORTS: ReadonlySet<number> = new Set([80, 443, 8080, 8443]);
/** A name with dozens of addresses is not worth the waiting. */
const ADDRESSES_TRIED = 3;

/** Reads the entries of `HTTP_ALLOW` (`host`, `host:port`, CIDR). Throws an `Error` naming the entry that is none of these. */
export function readAllow(entries: readonly string[]): Allow {
  const hosts = new Set<string>();
  const networks: Network[] = [];
  for (const raw of entries) {
    const entry = raw.trim().toLowerCase();
    if (entry === '') continue;
    if (entry.includes('/')) networks.push(readNetwork(entry));
    else hosts.add(readHost(entry));
  }
  return { hosts, networks };
}

function readNetwork(entry: string): Network {
  if (!ipaddr.isValidCIDR(entry)) throw new Error(`Not a network: "${entry}"`);
  return ipaddr.parseCIDR(entry);
}

function readHost(entry: string): string {
  const bare = ipaddr.IPv6.isValid(entry) ? `[${entry}]` : entry;
  // A port that is its scheme's default vanishes from a URL, so it is read by hand.
  const port = /:(\d{1,5})$/.exec(bare.replace(/^\[.*\]/, ''))?.[1];
  const url = `http://${port === undefined ? bare : bare.slice(0, -port.length - 1)}`;
  if (!URL.canParse(url) || /[@?#\\\s]/.test(entry)) throw new Error(`Not a host, host:port or network: "${entry}"`);
  const host = plainHost(new URL(url).hostname);
  return port === undefined ? host : `${host}:${Number(port)}`;
}

function plainHost(hostname: string): string {
  return hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
}

function portOf(url: { readonly protocol: string; readonly port: string }): number {
  return url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port);
}

function isAllowedHost(hostname: string, port: number, allow: Allow): boolean {
  const host = plainHost(hostname);
  return allow.hosts.has(host) || allow.hosts.has(`${host}:${port}`);
}

/**
 * Reads an address and refuses what needs no look-up: another scheme, credentials, a forbidden port, a literal private IP.
 * Throws SourceError `refused` with `scheme`, `credentials`, `port`, `private-address` or `address`.
 */
export function checkUrl(text: string, allow: Allow, base?: string): URL {
  if (!URL.canParse(text, base)) throw new SourceError('refused', 'address', 'Not an address');
  const url = new URL(text, base);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new SourceError('refused', 'scheme', `Scheme ${url.protocol} is not fetched`);
  }
  if (url.username !== '' || url.password !== '') {
    throw new SourceError('refused', 'credentials', 'An address with a login or password is not fetched');
  }
  const host = plainHost(url.hostname);
  if (ipaddr.isValid(host)) checkAddresses(host, portOf(url), [host], allow);
  // With networks allowed the port is judged when the addresses are known.
  else if (allow.networks.length === 0) checkPort(host, portOf(url), allow);
  return url;
}

function checkPort(hostname: string, port: number, allow: Allow): void {
  if (PORTS.has(port) || isAllowedHost(hostname, port, allow)) return;
  throw new SourceError('refused', 'port', `Port ${port} of ${hostname} is not fetched`);
}

/** Refuses a host unless every address of it is public (or allowed). One private address among public ones is an attack, not a choice. */
export function checkAddresses(hostname: string, port: number, addresses: readonly string[], allow: Allow): void {
  if (isAllowedHost(hostname, port, allow)) return;
  const outside = addresses.filter((address) => !inNetworks(address, allow.networks));
  if (!outside.every(isPublic)) {
    throw new SourceError('refused', 'private-address', `${hostname} is not on the public internet`);
  }
  if (outside.length > 0) checkPort(hostname, port, allow);
}

/** What IANA gives out in IPv6; all else (`::7f00:1` among it) is someone's internal affair, whatever name it has. */
const GLOBAL_IPV6 = ipaddr.parseCIDR('2000::/3');
/** Public by its number, yet answered inside every machine of one cloud, with its secrets. */
const CLOUD_INSIDES: ReadonlySet<string> = new Set(['168.63.129.16']);

function isPublic(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const ip = ipaddr.process(address);
  if (ip.range() !== 'unicast' || CLOUD_INSIDES.has(ip.toString())) return false;
  return ip.kind() === 'ipv4' || ip.match(...GLOBAL_IPV6);
}

function inNetworks(address: string, networks: readonly Network[]): boolean {
  if (!ipaddr.isValid(address)) return false;
  const ip = ipaddr.process(address);
  return networks.some(([network, bits]) => ip.kind() === network.kind() && ip.match(network, bits));
}

/** The system's resolver; IPv4 first, since hosts with a broken IPv6 are common. Throws SourceError `unreachable`/`dns`. */
export async function resolveSystem(hostname: string): Promise<readonly string[]> {
  const found = await lookup(hostname, { all: true, order: 'ipv4first' });
  return found.map(({ address }) => address);
}

async function addressesOf(hostname: string, resolve: Resolve): Promise<readonly string[]> {
  // Node never looks up an IP literal, so a guard that sits in `lookup` alone would not see it.
  if (ipaddr.isValid(hostname)) return [hostname];
  const addresses = await resolve(hostname).catch((cause: unknown) => {
    throw new SourceError('unreachable', 'dns', `${hostname} was not found (${codeOf(cause)})`);
  });
  if (addresses.length === 0) throw new SourceError('unreachable', 'dns', `${hostname} has no address`);
  return addresses;
}

/** An error's `code`, or its name: short, without addresses or bodies. */
export function codeOf(cause: unknown): string {
  if (!(cause instanceof Error)) return 'unknown';
  return 'code' in cause && typeof cause.code === 'string' ? cause.code : cause.name;
}

/**
 * A connector for undici that resolves a host itself, refuses unless all its addresses pass, and connects to exactly the
 * address it checked: a name that resolves differently the second time (rebinding) gains nothing.
 */
export function guardedConnector(allow: Allow, resolve: Resolve, ca?: string): buildConnector.connector {
  // `ca` replaces what the system trusts, so that is named too.
  const trusted = ca === undefined ? {} : { ca: [...getCACertificates('default'), ca] };
  const connect = buildConnector({ allowH2: false, timeout: 10_000, ...trusted });
  return function guarded(options, callback) {
    const hostname = plainHost(options.hostname);
    const port = portOf(options);
    const tried = addressesOf(hostname, resolve).then((addresses) => {
      checkAddresses(hostname, port, addresses, allow);
      attempt(addresses.slice(0, ADDRESSES_TRIED));
    });
    tried.catch((error: Error) => callback(error, null));

    function attempt(addresses: readonly string[]): void {
      const [address = '', ...rest] = addresses;
      const servername = options.servername ?? (ipaddr.isValid(hostname) ? undefined : hostname);
      const target = { ...options, hostname: address, ...(servername === undefined ? {} : { servername }) };
      // Over plain http `servername` would be looked up again; the checked address alone is used.
      if (options.protocol !== 'https:') delete target.servername;
      connect(target, (...[error, socket]) => {
        if (error !== null) {
          if (rest.length > 0) attempt(rest);
          else callback(error, null);
          return;
        }
        const reached = socket.remoteAddress;
        if (reached !== undefined && (isAllowedHost(hostname, port, allow) || passes(reached))) {
          callback(null, socket);
          return;
        }
        socket.destroy();
        callback(new SourceError('refused', 'private-address', `${hostname} led elsewhere`), null);
      });
    }

    function passes(address: string): boolean {
      return isPublic(address) || inNetworks(address, allow.networks);
    }
  };
}

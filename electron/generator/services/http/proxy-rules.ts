// Parses Chromium's proxy rules for a server.

export type ProxyKind = 'http' | 'https' | 'socks4' | 'socks5';
export type ProxyServer = { kind: ProxyKind; host: string; port: number };
/** A route to a server: directly, through a proxy, or by a rule that Afterimage does not support. */
export type Route = { kind: 'direct' } | ProxyServer | { kind: 'unsupported'; rule: string };

/** Plain `SOCKS` means version 4: https://chromium.googlesource.com/chromium/src/+/HEAD/net/docs/proxy.md */
const kinds: Readonly<Record<string, ProxyKind>> = {
  PROXY: 'http',
  HTTP: 'http',
  HTTPS: 'https',
  SOCKS: 'socks4',
  SOCKS4: 'socks4',
  SOCKS5: 'socks5',
};

/**
 * Returns the routes in the order in which they are tried; none for an empty answer. Direct connections are
 * permitted only if the rules list them.
 *
 * @param rules as from Electron's `session.resolveProxy`: https://www.electronjs.org/docs/latest/api/session.
 */
export function readProxyRules(rules: string): Route[] {
  return rules
    .split(';')
    .map((rule) => rule.trim())
    .filter((rule) => rule !== '')
    .map(readRule);
}

function readRule(rule: string): Route {
  if (/^DIRECT$/i.test(rule)) return { kind: 'direct' };
  const [, name = '', host = '', port = ''] = /^(\w+)\s+(\S+):(\d{1,5})$/.exec(rule) ?? [];
  const kind = kinds[name.toUpperCase()];
  if (kind === undefined || Number(port) > 65_535) return { kind: 'unsupported', rule };
  return { kind, host: withoutBrackets(host), port: Number(port) };
}

/** Returns a proxy as `host:port`. */
export function nameOf({ host, port }: ProxyServer): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}

/** Returns an IPv6 host without the brackets of a URL. */
export function withoutBrackets(host: string): string {
  return host.replace(/^\[(.*)\]$/, '$1');
}

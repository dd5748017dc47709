// Opens a tunnel through an HTTP proxy, with a login if the proxy requires one.

import http, { type IncomingHttpHeaders } from 'node:http';
import https from 'node:https';
import type { Socket } from 'node:net';
import { failure } from '../../../../shared/domain/errors';
import { joinAlternatives } from '../../../../shared/domain/join-sentences';
import type { ProxyLogin } from '../../../../shared/generator/proxies';
import { type Sentence, sentence } from '../../../../shared/languages/sentence';
import { ProxyError } from '../proxy-error';
import { connectTimeoutMs } from './open-socket';
import { mayAskUser, proxyDirectory } from './proxy-directory';
import { nameOf, type ProxyServer } from './proxy-rules';

/** Logins that proxies have accepted, so that the next tunnel needs one request instead of two. */
const accepted = new Map<string, ProxyLogin>();

type Answer = { status: number; headers: IncomingHttpHeaders; socket: Socket };

/**
 * Opens a tunnel (https://www.rfc-editor.org/rfc/rfc9110#name-connect), also for http, so that the proxy does not
 * alter requests.
 *
 * @param target host and port.
 * @throws ProxyError if the proxy refuses, or the socket's error if it is unreachable.
 */
export async function openHttpTunnel(
  proxy: ProxyServer,
  target: string,
  signal: AbortSignal,
): Promise<Socket> {
  const key = `${proxy.kind}://${nameOf(proxy)}`;
  let login = accepted.get(key) ?? null;
  for (;;) {
    const { status, headers, socket } = await requestTunnel(proxy, target, login, signal);
    if (status >= 200 && status < 300) {
      if (login !== null) accepted.set(key, login);
      return socket;
    }
    socket.destroy();
    accepted.delete(key);
    if (status !== 407) {
      throw new ProxyError(
        failure(
          'unreachable',
          sentence('services.proxy_refused', { proxy: nameOf(proxy), status: String(status) }),
        ),
        status >= 500,
      );
    }
    const realm = realmOf(headers['proxy-authenticate']);
    if (realm === null) {
      throw new ProxyError(failure('unreachable', otherSignIn(nameOf(proxy), headers['proxy-authenticate'])));
    }
    login = await proxyDirectory().logIn({
      proxy: nameOf(proxy),
      realm,
      refused: login,
      mayAsk: mayAskUser(),
    });
    if (login === null) {
      throw new ProxyError(
        failure('unreachable', sentence('services.proxy_no_login', { proxy: nameOf(proxy) })),
      );
    }
  }
}

/** Sends the CONNECT request. Rejects with the socket's error. */
function requestTunnel(
  { kind, host, port }: ProxyServer,
  target: string,
  login: ProxyLogin | null,
  signal: AbortSignal,
): Promise<Answer> {
  const { request, Agent } = kind === 'https' ? https : http;
  const authorization = login && { 'proxy-authorization': `Basic ${encode(login)}` };
  return new Promise((resolve, reject) => {
    const headers = { host: target, ...authorization };
    const tunnel = request({
      host,
      port,
      method: 'CONNECT',
      path: target,
      headers,
      agent: new Agent(),
      signal,
    });
    tunnel.setTimeout(connectTimeoutMs, () =>
      tunnel.destroy(Object.assign(new Error('The proxy did not answer in time.'), { code: 'ETIMEDOUT' })),
    );
    tunnel.once('error', reject);
    tunnel.once('connect', ({ statusCode: status = 0, headers: answered }, socket, head) => {
      tunnel.setTimeout(0);
      // Keep the listener, because an error before the request takes over would end the process.
      socket.on('error', () => {});
      if (head.length > 0) socket.unshift(head);
      resolve({ status, headers: answered, socket });
    });
    tunnel.end();
  });
}

/** https://www.rfc-editor.org/rfc/rfc7617 */
function encode({ username, password }: ProxyLogin): string {
  return Buffer.from(`${username}:${password}`).toString('base64');
}

/** https://www.iana.org/assignments/http-authschemes */
const knownSchemes = ['NTLM', 'Negotiate', 'Kerberos', 'Digest', 'Bearer'];

/** Names the authentication schemes that a proxy offers. Quotes only known names. */
function otherSignIn(proxy: string, challenges: string | readonly string[] | undefined): Sentence {
  const text = [challenges ?? []].flat().join(', ');
  const offered = knownSchemes.filter((name) => new RegExp(`(^|,)\\s*${name}(\\s|,|$)`, 'i').test(text));
  if (offered.length === 0) return sentence('services.proxy_sign_in_unknown', { proxy });
  return sentence('services.proxy_sign_in_by', { proxy, schemes: joinAlternatives(offered) });
}

/** Returns the realm of the Basic challenge, which may be empty; null if there is no such challenge. */
function realmOf(challenges: string | readonly string[] | undefined): string | null {
  const text = [challenges ?? []].flat().join(', ');
  if (!/(^|,)\s*basic(\s|,|$)/i.test(text)) return null;
  const [, quoted] = /(?:^|,)\s*basic\s(?:[^"]|"[^"]*")*?realm="([^"]*)"/i.exec(text) ?? [];
  return (quoted ?? '').replace(/\p{C}/gu, ' ').trim().slice(0, 200);
}

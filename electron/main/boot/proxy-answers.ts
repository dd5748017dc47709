// Answers the questions of child processes about proxies.
import type { ProxyAnswer, ProxyQuestion } from '../../../shared/generator/proxies';
import type { ProxyLogins } from '../config/proxy-logins';
import type { SystemProxy } from '../config/system-proxy';

export function createProxyAnswers({
  proxy,
  proxyLogins,
}: {
  proxy: SystemProxy;
  proxyLogins: Pick<ProxyLogins, 'find'>;
}) {
  return async (asked: ProxyQuestion): Promise<ProxyAnswer> => {
    const { question } = asked;
    if (asked.type === 'find-proxy') {
      return { type: 'proxy-found', question, found: await proxy.find(asked.origin) };
    }
    return { type: 'proxy-login-found', question, login: await proxyLogins.find(asked) };
  };
}

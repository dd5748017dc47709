// Asks the main process about proxies, because it knows the system's settings and can ask the user for a password.
import type { Result } from '../../shared/domain/errors';
import type { ProxyAnswer, ProxyLogin, ProxyQuestion } from '../../shared/generator/proxies';
import type { ProxyDirectory } from './services/http/proxy-directory';

/** Returns a proxy directory for requests, and the function that receives the main process's answers. */
export function createProxyQuestions(ask: (question: ProxyQuestion) => void): {
  directory: ProxyDirectory;
  receive: (answer: ProxyAnswer) => void;
} {
  const routes = new Map<number, (found: Result<string>) => void>();
  const logins = new Map<number, (login: ProxyLogin | null) => void>();
  let last = 0;
  return {
    directory: {
      find: (origin) =>
        new Promise((resolve) => {
          last += 1;
          routes.set(last, resolve);
          ask({ type: 'find-proxy', question: last, origin });
        }),
      logIn: (question) =>
        new Promise((resolve) => {
          last += 1;
          logins.set(last, resolve);
          ask({ type: 'proxy-login', question: last, ...question });
        }),
    },
    receive(answer) {
      const { question } = answer;
      if (answer.type === 'proxy-found') routes.get(question)?.(answer.found);
      else logins.get(question)?.(answer.login);
      routes.delete(question);
      logins.delete(question);
    },
  };
}

// Provides the proxy rules and logins for requests. In the app, the main process answers.
import { AsyncLocalStorage } from 'node:async_hooks';
import { type Result, success } from '../../../../shared/domain/errors';
import type { LoginQuestion, ProxyLogin } from '../../../../shared/generator/proxies';

export type ProxyDirectory = {
  /** Returns the rules for a server in Chromium's notation, or why they are unknown. */
  find: (origin: string) => Promise<Result<string>>;
  /** Returns the login of a proxy that requires one; null if there is none. */
  logIn: (question: LoginQuestion) => Promise<ProxyLogin | null>;
};

const withoutProxies: ProxyDirectory = {
  find: async () => success('DIRECT'),
  logIn: async () => null,
};

let directory = withoutProxies;
const silence = new AsyncLocalStorage<true>();

/** Sets the source of the rules for all further requests; null: no proxies. */
export function useProxyDirectory(next: ProxyDirectory | null): void {
  directory = next ?? withoutProxies;
}

/** Returns the current source of the proxy rules and logins. */
export function proxyDirectory(): ProxyDirectory {
  return directory;
}

/** Runs work whose requests must not ask the user anything. */
export function withoutQuestions<Value>(work: () => Value): Value {
  return silence.run(true, work);
}

/** Returns whether the running work may ask the user for a proxy's login. */
export function mayAskUser(): boolean {
  return silence.getStore() !== true;
}

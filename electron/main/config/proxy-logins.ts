// Names and passwords for proxies: entered by the user when a proxy requires them, and kept by the keychain.

import path from 'node:path';
import { z } from 'zod';
import type { ProxyLoginQuestion, proxyRequests } from '../../../shared/contract/proxy';
import { failure, type Result, success } from '../../../shared/domain/errors';
import type { LoginQuestion, ProxyLogin } from '../../../shared/generator/proxies';
import { sentence } from '../../../shared/languages/sentence';
import type { HandlersOf } from '../ipc/handlers';
import { createEntryFile } from './entry-file';
import type { Keychain } from './keychain';

export type ProxyLoginsOptions = {
  dataFolder: string;
  keychain: Keychain;
  /** Called with the next question for the user, or null if there is none. */
  onQuestion: (question: ProxyLoginQuestion | null) => void;
};

export type ProxyLogins = ReturnType<typeof createProxyLogins>;

/** Each entry is an encrypted login, by the host and the port of its proxy. */
const entrySchema = z.base64();
const loginSchema = z.strictObject({ username: z.string(), password: z.string() });

type Pending = {
  question: ProxyLoginQuestion;
  answer: Promise<ProxyLogin | null>;
  end: (login: ProxyLogin | null) => void;
};

/**
 * Keeps logins in memory, and on disk only as encrypted by the keychain, in `proxy-logins.json`. Requests that need the
 * same login wait for one answer.
 */
export function createProxyLogins({ dataFolder, keychain, onQuestion }: ProxyLoginsOptions) {
  const file = createEntryFile(path.join(dataFolder, 'proxy-logins.json'), (movedTo) =>
    console.error(`The logins for proxies could not be read. They were moved to ${path.basename(movedTo)}.`),
  );
  const known = new Map<string, ProxyLogin>();
  /** In the order in which they were asked. */
  const pending = new Map<string, Pending>();
  let loading: Promise<void> | null = null;
  let lastId = 0;

  /** Read when a proxy first requires a login, because the keychain may ask the user to unlock it. */
  async function load(): Promise<void> {
    // If the file cannot be read, logins have to be entered again.
    const entries = await file.read().catch((error: unknown) => {
      console.error('The logins for proxies could not be read:', error);
      return new Map<string, unknown>();
    });
    for (const [proxy, entry] of entries) {
      const { data: encrypted } = entrySchema.safeParse(entry);
      if (encrypted === undefined) continue;
      try {
        const text = await keychain.decrypt(Buffer.from(encrypted, 'base64'));
        known.set(proxy, loginSchema.parse(JSON.parse(text)));
      } catch {
        // The keychain is locked, new or another user's. The error is not logged, because it may quote the password.
        console.error(`The login for the proxy ${proxy} could not be read from the keychain.`);
      }
    }
  }

  /** @param login null removes a stored one. */
  async function store(proxy: string, login: ProxyLogin | null): Promise<Result<null>> {
    try {
      const encrypted = login && (await keychain.encrypt(JSON.stringify(login))).toString('base64');
      await file.change((entries) => {
        if (encrypted === null) entries.delete(proxy);
        else entries.set(proxy, encrypted);
      });
      return success(null);
    } catch {
      return failure('key_not_kept', sentence('services.proxy_password_not_kept'));
    }
  }

  function current(): ProxyLoginQuestion | null {
    const [first] = pending.values();
    return first?.question ?? null;
  }

  async function askUser({ proxy, realm, refused }: LoginQuestion): Promise<ProxyLogin | null> {
    const canRemember = await keychain.isSecure().catch(() => false);
    const asked = pending.get(proxy);
    if (asked) return asked.answer;
    lastId += 1;
    const refusedUsername = refused?.username ?? null;
    const question = { id: lastId, proxy, realm, refusedUsername, canRemember };
    let end: Pending['end'] = () => {};
    const answer = new Promise<ProxyLogin | null>((resolve) => {
      end = resolve;
    });
    pending.set(proxy, { question, answer, end });
    onQuestion(current());
    return answer;
  }

  return {
    /** Returns the login of a proxy, asking the user if there is none or if it was refused; null if there is none. */
    async find(question: LoginQuestion): Promise<ProxyLogin | null> {
      loading ??= load();
      await loading;
      const { proxy, refused, mayAsk } = question;
      const login = known.get(proxy);
      if (login && !(refused && isSame(login, refused))) return login;
      known.delete(proxy);
      return mayAsk ? askUser(question) : null;
    },
    /** Returns the passwords in use, to keep them out of the log. */
    passwords: (): string[] => [...known.values()].map(({ password }) => password),
    handlers: {
      'proxy:read': () => success(current()),
      'proxy:answer': async ({ id, login, remember }) => {
        const found = [...pending.entries()].find(([, { question }]) => question.id === id);
        if (!found) return success(null);
        const [proxy, { end }] = found;
        pending.delete(proxy);
        if (login) known.set(proxy, login);
        end(login);
        onQuestion(current());
        if (login === null) return success(null);
        return store(proxy, remember && (await keychain.isSecure().catch(() => false)) ? login : null);
      },
    } satisfies HandlersOf<typeof proxyRequests>,
  };
}

function isSame(one: ProxyLogin, other: ProxyLogin): boolean {
  return one.username === other.username && one.password === other.password;
}

// Logins for proxies: the question for the user, and the answer. No reply contains a password.
import { z } from 'zod';
import { type RequestDefinition, reply } from './request';
import { noInput } from './schemas';

/** Maximum length of a user name and of a password. The dialog says so if one is longer. */
export const maxProxyLoginLength = 1000;

const text = z.string().max(maxProxyLoginLength);

export const proxyRequests = {
  /** Replies with the question that waits for an answer, or null. */
  'proxy:read': { input: noInput, reply: reply<ProxyLoginQuestion | null>() },
  /** Without a login, the requests that wait for it fail. `remember` has an effect only if there is a keychain. */
  'proxy:answer': {
    input: z.strictObject({
      id: z.int(),
      // A colon would end the name: https://www.rfc-editor.org/rfc/rfc7617#section-2
      login: z.strictObject({ username: text.regex(/^[^:]*$/), password: text }).nullable(),
      remember: z.boolean(),
    }),
    reply: reply<null>(),
  },
} satisfies Record<string, RequestDefinition>;

export type ProxyEvents = {
  /** Null: no proxy waits for a login any more. */
  'proxy:asked': { question: ProxyLoginQuestion | null };
};

/** A proxy requires a name and a password. */
export type ProxyLoginQuestion = {
  id: number;
  /** Host and port. */
  proxy: string;
  /** The proxy's own name for what it protects; may be empty. */
  realm: string;
  /** The user name that the proxy has refused, with its password; null if it has refused none. */
  refusedUsername: string | null;
  /** Whether the login can be kept in a keychain. */
  canRemember: boolean;
};

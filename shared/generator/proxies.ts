// The generator's questions to the main process about proxies, and the answers.
import { z } from 'zod';
import type { Result } from '../domain/errors';

/** A name and a password for a proxy. */
export type ProxyLogin = { username: string; password: string };

const loginSchema = z.strictObject({ username: z.string(), password: z.string() });

/** Sent by the generator. Each is answered by the message with the same number. */
export const findProxySchema = z.strictObject({
  type: z.literal('find-proxy'),
  question: z.int(),
  /** The server's origin, without a path. */
  origin: z.url({ protocol: /^https?$/ }),
});

export const proxyLoginSchema = z.strictObject({
  type: z.literal('proxy-login'),
  question: z.int(),
  /** Host and port, such as `proxy.example:3128`. */
  proxy: z.string().max(300),
  /** The proxy's own name for what it protects; may be empty. */
  realm: z.string().max(200),
  /** The login that the proxy has just refused; null if none was sent. */
  refused: loginSchema.nullable(),
  /** Whether the user may be asked. False for a prefetch, because the user is not waiting for it. */
  mayAsk: z.boolean(),
});

export type ProxyQuestion = z.infer<typeof findProxySchema> | z.infer<typeof proxyLoginSchema>;
export type LoginQuestion = Omit<z.infer<typeof proxyLoginSchema>, 'type' | 'question'>;

export type ProxyAnswer =
  /** The rules are in Chromium's notation, such as "PROXY host:port; DIRECT". */
  | { type: 'proxy-found'; question: number; found: Result<string> }
  /** Null if there is no login. The request then fails. */
  | { type: 'proxy-login-found'; question: number; login: ProxyLogin | null };

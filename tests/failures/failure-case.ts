// A failure of a provider: how a test causes it and what the user sees. And what the tests of several providers send.

import type { ErrorCode } from '../../shared/domain/errors';
import type { ServiceId } from '../../shared/domain/services';

/** A timeout that is waited for. A request has to leave within it on a busy machine. */
export const impatientMs = 1500;

/** The outcome of a job, and the number of requests that the server received. */
export type Played = { outcome: object; requests: number };

export type FailureCase = {
  /** As in the table. Unique for each provider. */
  situation: string;
  code: ErrorCode;
  /** Whether the attempt may have been charged. */
  charged: boolean;
  /** Number of requests; absent: 1. More than one only if none of them can have been charged. */
  requests?: number;
  /** How long the provider asks to wait, in milliseconds. The picture is then retried automatically. */
  waits?: number;
  /** Causes the failure against a server of its own. */
  play: () => Promise<Played>;
};

export type FailureSection = { provider: ServiceId; title: string; cases: readonly FailureCase[] };

/** The expected failure. It is charged, or has another number of requests than one, only if that is given. */
export type Expected = Pick<FailureCase, 'code'> &
  Partial<Pick<FailureCase, 'charged' | 'requests' | 'waits'>>;

/** Returns what makes a provider's cases. @param play causes a failure against a server of its own. */
export function failuresOf<Play>(play: (changes: Play) => Promise<Played>) {
  return (situation: string, expected: Expected, changes: Play): FailureCase => ({
    situation,
    charged: false,
    ...expected,
    play: () => play(changes),
  });
}

/** Must be in nothing that the user sees. */
export const secretKey = 'AIza-secret-of-this-test';

/** A provider's message that repeats the key. */
export const quotingMessage = `The key ${secretKey} was used.`;

/** The page that a network with a login sends. */
export const loginPage = `<!doctype html><title>Sign in</title><p>${quotingMessage}</p>`;

/** An answer byte for byte. */
export function rawAnswer(status: number, contentType: string, body: string) {
  return { kind: 'raw', status, contentType, body } as const;
}

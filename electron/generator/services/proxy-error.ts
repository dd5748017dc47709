// The error of a request that found no permitted way to its server.

/**
 * Nothing was sent. `message` is a sentence for the user.
 *
 * `code` is that of a refused connection if trying again may help, so that it is classified like one.
 */
export class ProxyError extends Error {
  override readonly name = 'ProxyError';
  readonly code: 'ECONNREFUSED' | 'ERR_PROXY';

  /** @param isTemporary whether the same request may succeed a moment later. */
  constructor(sentence: string, isTemporary = false) {
    super(sentence);
    this.code = isTemporary ? 'ECONNREFUSED' : 'ERR_PROXY';
  }
}

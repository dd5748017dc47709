// The error of a request whose server cannot be reached under the proxy rules.
import type { Explanation } from '../../../shared/domain/errors';

/**
 * Nothing was sent. `explained` is for the user; `message` is the same in English. `code` is that of a refused
 * connection if a retry may help, so that the error is classified like one.
 */
export class ProxyError extends Error {
  override readonly name = 'ProxyError';
  readonly explained: Explanation;
  readonly code: 'ECONNREFUSED' | 'ERR_PROXY';

  /** @param isTemporary whether the same request may succeed a moment later. */
  constructor(explained: Explanation, isTemporary = false) {
    super(explained.message);
    this.explained = explained;
    this.code = isTemporary ? 'ECONNREFUSED' : 'ERR_PROXY';
  }
}

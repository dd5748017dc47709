// Reads a chat answer chunk by chunk: a stream of events, or a single JSON document in place of a requested stream.
import { parseJson } from '../../../../shared/domain/parse-json';

/** Thrown for an event that reports a failed request: https://platform.openai.com/docs/api-reference/chat-streaming */
export class StreamFailedError extends Error {
  override readonly name = 'StreamFailedError';
  readonly error: object;
  constructor(error: object) {
    // Not shown: only in the log.
    super('The stream has an error.');
    this.error = error;
  }
}

/**
 * Yields each JSON value of the answer. Skips comments and events without data, which only keep a connection alive,
 * and events that are not JSON:
 * https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream
 *
 * @throws StreamFailedError, SyntaxError for a document that is not JSON, or the error of reading the body.
 */
export async function* readChunks(response: Response): AsyncGenerator<unknown> {
  const decoder = new TextDecoder();
  /** The pieces of an incomplete line. They are joined once, because a picture's line has megabytes. */
  let pieces: string[] = [];
  let isDocument: boolean | null = null;
  let data: string[] = [];

  function* endEvent(): Generator<unknown> {
    const text = data.join('\n').trim();
    data = [];
    if (text === '' || text === '[DONE]') return;
    const value = parseJson(text);
    if (value === undefined) return;
    const error = typeof value === 'object' && value !== null && 'error' in value ? value.error : null;
    if (error) throw new StreamFailedError(typeof error === 'object' ? error : { message: String(error) });
    yield value;
  }

  function* endLine(): Generator<unknown> {
    const line = pieces.join('').replace(/\r$/, '');
    pieces = [];
    if (line === '') yield* endEvent();
    else if (line.startsWith('data:')) data.push(line.slice('data:'.length));
  }

  for await (const bytes of bytesOf(response)) {
    const text = decoder.decode(bytes, { stream: true });
    isDocument ??= text.trim() === '' ? null : text.trimStart().startsWith('{');
    if (isDocument) {
      pieces.push(text);
      continue;
    }
    const lines = text.split('\n');
    for (const [index, line] of lines.entries()) {
      pieces.push(line);
      if (index < lines.length - 1) yield* endLine();
    }
  }
  if (isDocument) {
    yield JSON.parse(pieces.join(''));
    return;
  }
  yield* endLine();
  yield* endEvent();
}

async function* bytesOf({ body }: Response): AsyncGenerator<Uint8Array> {
  const reader = body?.getReader();
  if (!reader) return;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    // Ends the connection if the answer is not read to its end.
    await reader.cancel().catch(() => {});
  }
}

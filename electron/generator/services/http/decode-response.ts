// Decodes compressed responses. Node's fetch decodes them as well, but if a damaged body has arrived completely,
// its stream never ends: by then it no longer listens for an error of its decoder or for an abort.
import { type Duplex, pipeline, Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';

export type Dispatcher = NonNullable<RequestInit['dispatcher']>;
type Handler = Parameters<Dispatcher['dispatch']>[1];
type OnHeaders = NonNullable<Handler['onHeaders']>;

/** The maximum that browsers and Node accept. */
const maxCodings = 5;

/**
 * Returns a dispatcher that hides `Content-Encoding` from fetch, so that fetch does not decode the response.
 * `onEncoding` receives the header's value before each response, or an empty text.
 */
export function withoutDecoding(dispatcher: Dispatcher, onEncoding: (encoding: string) => void): Dispatcher {
  const dispatch: Dispatcher['dispatch'] = (options, handler) => {
    const onHeaders: OnHeaders = function (this: unknown, status, headers, resume, statusText) {
      const kept: Buffer[] = [];
      const encodings: string[] = [];
      for (let index = 0; index + 1 < headers.length; index += 2) {
        const [name, value] = headers.slice(index, index + 2);
        if (name === undefined || value === undefined) continue;
        if (name.toString('latin1').toLowerCase() === 'content-encoding')
          encodings.push(value.toString('latin1'));
        else kept.push(name, value);
      }
      onEncoding(encodings.join(', '));
      return handler.onHeaders?.call(this, status, kept, resume, statusText) ?? true;
    };
    // The handler keeps its state in itself, so the new one inherits everything else from it.
    return dispatcher.dispatch(options, Object.create(handler, { onHeaders: { value: onHeaders } }));
  };
  return Object.create(dispatcher, { dispatch: { value: dispatch } });
}

/**
 * Returns a response with its body decoded: https://www.rfc-editor.org/rfc/rfc9110#field.content-encoding. Reading a body
 * that is damaged or cut off fails like one whose connection was lost. A body in an unknown coding stays as it is, as in
 * browsers.
 */
export function decodeResponse(response: Response, encoding: string): Response {
  const codings = encoding
    .toLowerCase()
    .split(',')
    .map((coding) => coding.trim());
  const decoders = codings.toReversed().map(decoderOf);
  if (!response.body || encoding === '' || decoders.length > maxCodings) return response;
  if (!decoders.every((decoder) => decoder !== null)) return response;
  let last: Readable = Readable.from(response.body);
  // An error of a decoder also rejects the iterator.
  for (const decoder of decoders) last = pipeline(last, decoder, () => {});
  const chunks = last[Symbol.asyncIterator]();
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const { done, value } = await chunks.next();
        if (done) controller.close();
        else controller.enqueue(value);
      } catch (cause) {
        throw new TypeError('terminated', { cause });
      }
    },
    async cancel() {
      await chunks.return?.();
    },
  });
  return new Response(body, response);
}

function decoderOf(coding: string): Duplex | null {
  if (coding === 'gzip' || coding === 'x-gzip') return createGunzip();
  if (coding === 'deflate') return createInflate();
  return coding === 'br' ? createBrotliDecompress() : null;
}

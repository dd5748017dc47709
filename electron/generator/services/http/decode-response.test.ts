import { randomBytes } from 'node:crypto';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { decodeResponse } from './decode-response';

const text = JSON.stringify({ data: 'iVBORw0KGgo'.repeat(20_000) });
const encoded = {
  gzip: gzipSync(text),
  'X-GZIP': gzipSync(text),
  deflate: deflateSync(text),
  br: brotliCompressSync(text),
  'deflate, gzip': gzipSync(deflateSync(text)),
} as const;

/** Returns a response that arrives in chunks of this many bytes, and a promise of whether its body was cancelled. */
function arriving(bytes: Uint8Array, chunkLength = 100) {
  let at = 0;
  let onCancel = () => {};
  const cancelled = new Promise<void>((resolve) => {
    onCancel = resolve;
  });
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (at >= bytes.length) return controller.close();
      controller.enqueue(bytes.slice(at, at + chunkLength));
      at += chunkLength;
    },
    cancel: () => onCancel(),
  });
  return { response: new Response(body, { status: 201, headers: { 'x-id': '7' } }), cancelled };
}

describe.each(Object.entries(encoded))('a body in %s', (encoding, bytes) => {
  test('is decoded, and keeps its status and headers', async () => {
    const response = decodeResponse(arriving(bytes).response, encoding);
    expect([response.status, response.headers.get('x-id')]).toEqual([201, '7']);
    expect(await response.text()).toBe(text);
  });

  test('fails when it is truncated or damaged, even if it has arrived completely', async () => {
    const cutOff = bytes.subarray(0, bytes.length / 2);
    const damaged = Buffer.concat([bytes.subarray(0, 20), Buffer.alloc(200, 0xee)]);
    for (const broken of [cutOff, damaged]) {
      for (const chunkLength of [7, broken.length]) {
        const response = decodeResponse(arriving(broken, chunkLength).response, encoding);
        await expect(response.text()).rejects.toThrow(new TypeError('terminated'));
      }
    }
  });
});

test('cancels the encoded body when the decoded one is no longer read', async () => {
  // More than the buffers in between can hold.
  const { response, cancelled } = arriving(gzipSync(randomBytes(2_000_000)), 1000);
  const reader = decodeResponse(response, 'gzip').body?.getReader();
  await reader?.read();
  await reader?.cancel();
  await cancelled;
});

test.each(['', 'identity', 'zstd', 'gzip, zstd', 'gzip,'.repeat(6)])(
  'a body stays as it is if its encoding is %j',
  async (encoding) => {
    expect(await decodeResponse(arriving(Buffer.from(text)).response, encoding).text()).toBe(text);
  },
);

test('keeps a response without a body', () => {
  expect(decodeResponse(new Response(null, { status: 204 }), 'gzip').body).toBeNull();
});

// Breaks a billed answer in every way that a transport can, and checks that nothing of it is taken to be free.
import { createServer, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createGoogleService } from '../../electron/generator/services/google/google';
import { createHostedService } from '../../electron/generator/services/hosted/hosted-service';
import { createImagenService } from '../../electron/generator/services/imagen/imagen';
import { createOpenaiService } from '../../electron/generator/services/openai/openai';
import { createServiceContext } from '../../electron/generator/services/test-context';
import { xaiProfile } from '../../electron/generator/services/xai/xai';
import { statusOfFailure } from '../../electron/main/chat/status-of';
import { unconfigured } from '../../shared/generator/jobs';
import { pictureJobOf, textJobOf } from './jobs';

/** Long, because each break is noticed at once. */
const timing = { timeoutMs: 60_000, retryDelayMs: () => 0 };
const clock = { now: () => 1_790_000_000_000 };
const google = createGoogleService({ ...timing, clock });
const imagen = createImagenService({ ...timing, clock });
const openai = createOpenaiService(timing);
const xai = createHostedService(xaiProfile, { ...timing, pollMs: 1 });

const requests = {
  'a picture of Google': (origin: string) =>
    google.makePicture(
      pictureJobOf('google', 'gemini-nano-banana-2.1'),
      createServiceContext({ google: { apiKey: 'key', baseUrl: origin } }),
    ),
  'an answer of Google': (origin: string) =>
    google.reply(
      textJobOf('google', 'gemini-3.8-flash'),
      createServiceContext({ google: { apiKey: 'key', baseUrl: origin } }),
    ),
  'a picture of Imagen': (origin: string) =>
    imagen.makePicture(
      {
        ...pictureJobOf('imagen', 'imagen-4.0-generate-001'),
        params: { aspectRatio: '4:3', seed: 7 },
      },
      createServiceContext({ imagen: { apiKey: 'key', baseUrl: origin, project: null, location: null } }),
    ),
  'a picture of OpenAI': (origin: string) =>
    openai.makePicture(
      pictureJobOf('openai', 'gpt-image-1'),
      createServiceContext({ openai: { apiKey: 'key', baseUrl: origin } }),
    ),
  'a picture of xAI': (origin: string) =>
    xai.makePicture(
      { ...pictureJobOf('openai', 'grok-imagine-image'), params: { aspectRatio: '1:1', seed: 7 } },
      {
        ...createServiceContext(),
        service: {
          ...unconfigured({ id: 'openai', kind: 'xai', name: 'xAI' }),
          ...{ apiKey: 'key', baseUrl: origin },
        },
      },
    ),
  'an answer of OpenAI': (origin: string) =>
    openai.reply(
      textJobOf('openai', 'gpt-5-mini'),
      createServiceContext({ openai: { apiKey: 'key', baseUrl: origin } }),
    ),
};

const body = '{"candidates":[{"content":{"parts":[{"inlineData":{"mimeType":"image/png","data":"iVBORw0KGgo';
const head = (...lines: string[]) => ['HTTP/1.1 200 OK', ...lines, '', ''].join('\r\n');
const json = 'Content-Type: application/json';
const compressed = gzipSync(body.repeat(50));

/** The server's ways to break off once it has the request. `end` is an orderly FIN, `resetAndDestroy` an RST. */
const breaks: Readonly<Record<string, (socket: Socket) => void>> = {
  'the connection is reset without an answer': (socket) => socket.resetAndDestroy(),
  'the connection ends without an answer': (socket) => socket.end(),
  'the connection ends within the status line': (socket) => socket.end('HTTP/1.1 2'),
  'the connection ends within the headers': (socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Ty'),
  'the headers are malformed': (socket) => socket.end('HTTP/1.1 200 OK\r\nBad\x01Header: x\r\n\r\n'),
  'two lengths contradict each other': (socket) =>
    socket.end(head(json, 'Content-Length: 7', 'Content-Length: 9') + body),
  'the connection is reset after the headers': (socket) =>
    socket.write(head(json, 'Content-Length: 5000'), () => socket.resetAndDestroy()),
  'the connection is reset within the body': (socket) =>
    socket.write(head(json, 'Content-Length: 5000') + body, () =>
      setTimeout(() => socket.resetAndDestroy(), 50),
    ),
  'the connection ends before the length that was announced': (socket) =>
    socket.end(head(json, 'Content-Length: 5000') + body),
  'the connection ends within a chunk': (socket) =>
    socket.end(`${head(json, 'Transfer-Encoding: chunked')}fff\r\n${body}`),
  'the last chunk is missing': (socket) =>
    socket.end(`${head(json, 'Transfer-Encoding: chunked')}${body.length.toString(16)}\r\n${body}\r\n`),
  'the size of a chunk is no number': (socket) =>
    socket.end(`${head(json, 'Transfer-Encoding: chunked')}${body.length.toString(16)}\r\n${body}\r\nzz\r\n`),
  'compressed data are cut off': (socket) =>
    socket.end(
      Buffer.concat([
        Buffer.from(head(json, 'Content-Encoding: gzip', 'Connection: close')),
        compressed.subarray(0, compressed.length / 2),
      ]),
    ),
  'compressed data are damaged': (socket) =>
    socket.end(
      Buffer.concat([
        Buffer.from(head(json, 'Content-Encoding: gzip', 'Connection: close')),
        compressed.subarray(0, 20),
        Buffer.alloc(200, 0xee),
      ]),
    ),
  'JSON of unknown length is cut off': (socket) => socket.end(head(json, 'Connection: close') + body),
  'JSON without a media type is cut off': (socket) => socket.end(head('Connection: close') + body),
  'the body is empty': (socket) => socket.end(head(json, 'Content-Length: 0')),
  'the body of unknown length is empty': (socket) => socket.end(head(json, 'Connection: close')),
};

/** @returns the server's address. `received` counts the requests. */
async function startServer(breakOff: (socket: Socket) => void) {
  let received = 0;
  const server = createServer((socket) => {
    let text = '';
    socket.on('error', () => {});
    socket.on('data', (data) => {
      text += data.toString('latin1');
      const length = Number(/content-length: (\d+)/i.exec(text)?.[1] ?? 0);
      const start = text.indexOf('\r\n\r\n');
      if (start < 0 || text.length < start + 4 + length) return;
      received += 1;
      text = '';
      breakOff(socket);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return { origin: `http://127.0.0.1:${address.port}`, received: () => received };
}

describe.each(Object.entries(requests))('%s is interrupted and not requested again when', (_name, send) => {
  test.each(Object.entries(breaks))('%s', async (_how, breakOff) => {
    const server = await startServer(breakOff);
    const answer = await send(server.origin);
    if (answer.ok) throw new Error('It succeeded.');
    expect({ ...answer, status: statusOfFailure(answer) }).toMatchObject({
      code: 'connection_lost',
      status: 'interrupted',
      costMicroUsd: expect.any(Number),
    });
    expect(server.received()).toBe(1);
  });
});

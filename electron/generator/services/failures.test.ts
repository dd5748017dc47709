// The explanation of a request that did not reach its service. For a user's own server, it names the address.
import { expect, test } from 'vitest';
import { errorSentences } from '../../../shared/domain/errors';
import { type ConnectionProblem, explainConnectionError, noConnectionFailure } from './failures';
import { notSent } from './http/tracked-fetch';

const problems: readonly ConnectionProblem[] = ['unreachable', 'insecure', 'untrusted', 'late'];

test.each([
  ['openai', null],
  ['openai', 'https://api.openai.com/v1'],
  ['openai', 'https://api.openai.com/v1/'],
  ['openrouter', null],
  ['vertex', null],
] as const)('%s at its usual address %j is not named by it', (kind, baseUrl) => {
  for (const problem of problems) {
    const { message, code } = noConnectionFailure(problem, { kind, baseUrl });
    expect(code).toBe('unreachable');
    expect(message).not.toMatch(/https?:/);
  }
  expect(noConnectionFailure('unreachable', { kind, baseUrl }).message).toBe(errorSentences.unreachable);
});

test.each([
  ['openai-compatible', 'http://127.0.0.1:1234/v1', 'http://127.0.0.1:1234/v1'],
  ['openai', 'http://studio.local:8080/v1/', 'http://studio.local:8080/v1'],
  ['google', 'http://[::1]:9', 'http://[::1]:9'],
  ['comfyui', null, 'http://127.0.0.1:8188'],
  ['ollama', 'http://192.168.1.7:11434/v1', 'http://192.168.1.7:11434/v1'],
  ['automatic1111', null, 'http://127.0.0.1:7860'],
  ['azure', 'https://me.openai.azure.com', 'https://me.openai.azure.com'],
] as const)('%s at the address %j of the user is named by it', (kind, baseUrl, shown) => {
  for (const problem of problems) {
    expect(noConnectionFailure(problem, { kind, baseUrl }).message).toContain(shown);
  }
});

test('shows an address without its password and query', () => {
  const baseUrl = 'http://me:secret-4711@127.0.0.1:8080/v1?key=secret-4711#secret-4711';
  for (const kind of ['openai-compatible', 'automatic1111', 'comfyui', 'google'] as const) {
    for (const problem of problems) {
      const failure = noConnectionFailure(problem, { kind, baseUrl });
      expect(failure.message).toContain(' http://127.0.0.1:8080/v1');
      expect(JSON.stringify(failure)).not.toContain('secret');
    }
  }
});

test('blames the internet connection only for servers on the internet', () => {
  const sayOf = (baseUrl: string) =>
    noConnectionFailure('unreachable', { kind: 'openai-compatible', baseUrl }).message;
  expect(sayOf('https://pictures.example/v1')).toContain('Check the connection');
  expect(sayOf('http://10.0.0.7/v1')).not.toContain('Check the connection');
  expect(sayOf('http://studio.local/v1')).not.toContain('Check the connection');
});

test.each(['ECONNREFUSED', 'ENOTFOUND', 'EHOSTUNREACH', 'UND_ERR_CONNECT_TIMEOUT'])(
  'a connection that fails with %s names the server of the user only',
  (code) => {
    const error = new TypeError('fetch failed', { cause: { code } });
    const messageAt = (baseUrl: string | null) =>
      explainConnectionError(error, { ...notSent, wasSent: true }, 5, { kind: 'openai', baseUrl }).message;
    expect(messageAt('http://127.0.0.1:1/v1')).toContain('http://127.0.0.1:1/v1');
    expect(messageAt(null)).toBe(errorSentences.unreachable);
  },
);

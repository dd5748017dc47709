// Damages what is around the picture of a paid answer, and checks that the picture is kept.
import { randomBytes } from 'node:crypto';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { PictureContext } from '../../electron/generator/services/service';
import { priceOf } from '../../shared/domain/model-lookup';
import type { PictureParams } from '../../shared/domain/models';
import { useServiceDirectory } from '../../shared/domain/service-directory';
import { serviceKinds } from '../../shared/domain/service-kinds';
import { type PictureJob, unconfigured } from '../../shared/generator/jobs';
import { sayInEnglish } from '../../shared/languages/sentence';
import { type Answer, raw, startLoopback } from '../servers/loopback';
import { startWireServer, type WireProtocol, wireKey } from '../servers/wire/wire-server';
import { type Subject, subjects } from '../services/subjects';

const id = '01930000-0000-7000-8000-000000000000';
const params: PictureParams = { aspectRatio: '1:1', seed: 7 };
const timing = { timeoutMs: 60_000, retryDelayMs: () => 1, pollMs: 1 };

useServiceDirectory(
  subjects.map(({ kind }) => ({ id: kind, kind, name: serviceKinds[kind].label, address: null })),
);

function make(
  { kind, model, create }: Subject,
  baseUrl: string,
  signal: AbortSignal = new AbortController().signal,
) {
  const job: PictureJob = {
    ...{ kind: 'picture', jobId: id, requestId: id, provider: kind, model, prompt: 'a lighthouse' },
    params,
  };
  const context: PictureContext = {
    service: { ...unconfigured({ id: kind, kind, name: 'A' }), apiKey: wireKey, baseUrl },
    signal,
    readReference: async () => null,
    prepareEdit: async () => null,
    paint: async () => null,
    changeHere: () => Promise.reject(new Error('Nothing is changed here.')),
    onProgress: () => {},
  };
  return create(timing).makePicture(job, context);
}

/** Adds to the beginning of each JSON object what Python writes and JSON does not have. */
function withPythonNumbers(protocol: WireProtocol): WireProtocol {
  return {
    ...protocol,
    answer: (request, state) => {
      const body = protocol.answer(request, state);
      if (!body || !/json|event-stream/.test(body.contentType)) return body;
      const text = Buffer.from(body.bytes).toString();
      // ComfyUI's history is a list by ids, whose entries have them.
      const places = text.includes('"outputs":{') ? /("outputs":)\{/g : /^(data: ?)?\{/gm;
      const odd = text.replace(places, '$1{"odd":NaN,"more":[ -Infinity , {"x":Infinity}],');
      return { ...body, bytes: Buffer.from(odd) };
    },
  };
}

test.each(subjects)('numbers that JSON does not have cost $kind no picture', async (subject) => {
  const server = await startWireServer(withPythonNumbers(subject.protocol));
  onTestFinished(() => server.close());
  const made = await make(subject, server.baseUrl);
  expect(made.ok && Buffer.from(made.bytes).equals(server.state.picture)).toBe(true);
  expect(made).not.toHaveProperty('warnings');
});

/** Long enough to be decoded as it arrives. */
const pictures = [0, 1].map(() =>
  Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), randomBytes(40_000)]),
);
const [first = '', second = ''] = pictures.map((bytes) => bytes.toString('base64'));

/** The text around the pictures, in the forms of their services. */
const forms = {
  google: (data: string, more = '') =>
    `{"candidates":[{"content":{"parts":[{"inlineData":{"mimeType":"image/png","data":"${data}"${more}`,
  imagen: (data: string, more = '') =>
    `{"predictions":[{"mimeType":"image/png","bytesBase64Encoded":"${data}"${more}`,
  openai: (data: string, more = '') => `{"data":[{"b64_json":"${data}"${more}`,
  xai: (data: string, more = '') => `{"data":[{"b64_json":"${data}"${more}`,
} as const;

const isWithForm = ({ kind }: Subject): boolean => kind in forms;

async function answering(subject: Subject, answer: () => Answer) {
  const server = await startLoopback(answer);
  onTestFinished(() => server.close());
  return { ...server, baseUrl: `${server.origin}${subject.protocol.base}` };
}

describe.each(subjects.filter(isWithForm))('$kind keeps a picture that arrived whole', (subject) => {
  const form = forms[subject.kind as keyof typeof forms];
  const bodies: readonly (readonly [string, string, readonly Buffer[]])[] = [
    ['when the rest is no JSON', `${form(first)}}]}]]`, pictures.slice(0, 1)],
    ['when the rest has not come', form(first, ','), pictures.slice(0, 1)],
    [
      'beside a name that is there twice',
      `${form(first, ',"data":"","b64_json":"","bytesBase64Encoded":""')}`,
      pictures.slice(0, 1),
    ],
    [
      'before another one that broke off',
      form(first, `},${form(second).slice(0, -1000)}`),
      pictures.slice(0, 1),
    ],
    ['as one of two', form(first, `},${form(second)}`), pictures.toReversed()],
  ];

  test.each(bodies)('%s', async (_when, body, kept) => {
    const server = await answering(subject, () => ({ body: raw(200, 'application/json', body) }));
    const made = await make(subject, server.baseUrl);
    if (!made.ok) throw new Error(made.message);
    const all = [made, ...(made.further ?? [])].map(({ bytes }) => Buffer.from(bytes));
    expect(all.map((bytes) => kept.findIndex((one) => one.equals(bytes)))).toEqual([...kept.keys()]);
    expect(made.warnings?.map(sayInEnglish)).toEqual([
      'The service’s answer was damaged. This is what could be kept of it.',
    ]);
    expect(made.costMicroUsd).toBe(priceOf(subject.kind, subject.model, params));
  });

  test('when the connection breaks after it', async () => {
    const body = raw(200, 'application/json', form(first) + ' '.repeat(2 * first.length));
    const server = await answering(subject, () => ({ body, mishap: { kind: 'reset', when: 'midway' } }));
    const made = await make(subject, server.baseUrl);
    expect(made.ok && Buffer.from(made.bytes).equals(pictures[0] ?? Buffer.alloc(0))).toBe(true);
  });

  test('but not when the user stops', async () => {
    const stop = new AbortController();
    const body = raw(200, 'application/json', form(first) + ' '.repeat(2 * first.length));
    const server = await answering(subject, () => {
      setTimeout(() => stop.abort(), 200);
      return { body, mishap: { kind: 'drip' } };
    });
    expect(await make(subject, server.baseUrl, stop.signal)).toMatchObject({ code: 'cancelled_late' });
  });
});

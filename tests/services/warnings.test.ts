// A setting that the user has chosen arrives at the service, or the picture says that it was made without it.
import { describe, expect, onTestFinished, test } from 'vitest';
import { nearestRatio } from '../../shared/domain/model-lookup';
import type { PictureParams } from '../../shared/domain/models';
import { useServiceDirectory } from '../../shared/domain/service-directory';
import { serviceKinds } from '../../shared/domain/service-kinds';
import { unconfigured } from '../../shared/generator/jobs';
import { sayInEnglish } from '../../shared/languages/sentence';
import { json } from '../servers/loopback';
import { fieldsOf } from '../servers/wire/schemas';
import { smallPicture, startWireServer, type WireFailure, wireKey } from '../servers/wire/wire-server';
import { type Subject, subjects } from './subjects';

const timing = { timeoutMs: 60_000, retryDelayMs: () => 1, pollMs: 1 };
const id = '01234567-89ab-7def-8123-456789abcdef';
const seed = 123_456_789;

useServiceDirectory(
  subjects.map(({ kind }) => ({ id: kind, kind, name: serviceKinds[kind].label, address: null })),
);

async function make(subject: Subject, params: Partial<PictureParams>, failure?: WireFailure) {
  const { kind, protocol, create, model } = subject;
  const server = await startWireServer(protocol);
  onTestFinished(() => server.close());
  if (failure) server.failNext(failure);
  const made = await create(timing).makePicture(
    {
      ...{ kind: 'picture', jobId: id, requestId: id, provider: kind, prompt: 'a lighthouse', model },
      params: { aspectRatio: nearestRatio(kind, model, '1:1'), seed, ...params },
    },
    {
      service: {
        ...unconfigured({ id: kind, kind, name: 'A' }),
        ...{ apiKey: protocol.auth ? wireKey : null, baseUrl: server.baseUrl },
      },
      signal: new AbortController().signal,
      readReference: async () => smallPicture,
      prepareEdit: async () => null,
      paint: async () => null,
      changeHere: () => Promise.reject(new Error('Nothing is changed here.')),
      onProgress: () => {},
    },
  );
  if (!made.ok) throw new Error(`${kind}: ${made.message}`);
  const request = server.made.at(-1);
  const sent = request?.body ?? (request && fieldsOf(request));
  return { body: JSON.stringify(sent), warnings: made.warnings?.map(sayInEnglish) ?? [] };
}

/** The seed of any other kind is neither offered nor stored. */
const seeded = subjects.filter(({ kind }) => serviceKinds[kind].takesSeed);

describe.each(seeded)('$kind', (subject) => {
  test('gets the chosen seed, or says that it does not', async () => {
    const { body, warnings } = await make(subject, { seedChosen: true });
    // ComfyUI's and others' requests have it somewhere inside.
    expect(body.includes(String(seed)) || warnings.some((said) => /seed/i.test(said))).toBe(true);
  });
});

describe.each(subjects.filter(({ kind }) => kind === 'fal' || kind === 'replicate'))('$kind', (subject) => {
  test('says that FLUX does not support negative prompts', async () => {
    const { body, warnings } = await make(subject, { negativePrompt: 'blurry-4711' });
    expect(body).not.toContain('blurry-4711');
    expect(warnings).toEqual([expect.stringMatching(/negative.prompt/)]);
  });
});

describe('a refused parameter', () => {
  const fal = subjects.find(({ kind }) => kind === 'fal');
  const refusal = (name: string): WireFailure => ({
    kind: 'body',
    body: json(422, {
      detail: [{ type: 'extra_forbidden', loc: ['body', name], msg: `${name} is unknown` }],
    }),
  });

  test.each([
    ['the shape', 'image_size', {}, ['The service refused the setting “image_size”.']],
    [
      'the seed that the user chose',
      'seed',
      { seedChosen: true } as const,
      ['The service refused the setting “seed”.'],
    ],
    ['a random seed', 'seed', {}, []],
    ['what only the app sets', 'num_images', {}, []],
  ])('is told if it is the user’s: %s', async (_, name, params, expected) => {
    if (!fal) throw new Error('No such subject.');
    const { body, warnings } = await make(fal, params, refusal(name));
    expect(body).not.toContain(name);
    expect(warnings).toEqual(expected);
  });
});

// Each option that the composer offers for a model arrives at its service, and no other option does.

import { describe, expect, test } from 'vitest';
import { createAutomatic1111Service } from '../../electron/generator/services/automatic1111/automatic1111';
import type { PictureContext } from '../../electron/generator/services/service';
import { optionsOf, type PictureOption, type PictureOptions } from '../../shared/domain/picture-options';
import { useServiceDirectory } from '../../shared/domain/service-directory';
import { serviceKinds } from '../../shared/domain/service-kinds';
import { type PictureJob, unconfigured } from '../../shared/generator/jobs';
import { sentence } from '../../shared/languages/sentence';
import { startAutomatic1111Server } from '../servers/automatic1111-server';
import { fieldsOf } from '../servers/wire/schemas';
import { smallPicture, startWireServer, wireKey } from '../servers/wire/wire-server';
import { type Subject, subjects } from './subjects';

const timing = { timeoutMs: 60_000, retryDelayMs: () => 1, pollMs: 5 };
const id = '01234567-89ab-7def-8123-456789abcdef';

useServiceDirectory(
  [...subjects.map(({ kind }) => kind), 'automatic1111' as const].map((kind) => ({
    ...{ id: kind, kind, name: serviceKinds[kind].label, address: null },
  })),
);

/** A value of each option that occurs nowhere else in a request. */
const marked = {
  quality: 'high',
  thinking: 'minimal',
  background: 'transparent',
  negativePrompt: 'blurry-4711',
  steps: 37,
  guidance: 6.25,
  sampler: 'sampler-4711',
  scheduler: 'scheduler-4711',
  strength: 0.4375,
} as const satisfies PictureOptions;
const names = Object.keys(marked).filter((name): name is keyof typeof marked => Object.hasOwn(marked, name));

function jobFor(kind: string, model: string, isEdit: boolean): PictureJob {
  return {
    ...{ kind: 'picture', jobId: id, requestId: id, provider: kind, prompt: 'a lighthouse', model },
    params: { aspectRatio: '1:1', seed: 7, ...marked },
    ...(isEdit && { references: [{ imageId: id, file: 'a.png', prompt: '', signature: null }] }),
  };
}

function contextFor(
  kind: (typeof subjects)[number]['kind'],
  baseUrl: string,
  key: string | null,
): PictureContext {
  return {
    service: { ...unconfigured({ id: kind, kind, name: 'A' }), apiKey: key, baseUrl },
    signal: new AbortController().signal,
    readReference: async () => smallPicture,
    prepareEdit: async () => null,
    paint: async () => null,
    changeHere: () => Promise.reject(new Error('Nothing is changed here.')),
    onProgress: () => {},
  };
}

/** The strength is for edits alone. */
function expected(kind: string, model: string, isEdit: boolean): PictureOption[] {
  return optionsOf(kind, model).filter((name) => name !== 'resolution' && (isEdit || name !== 'strength'));
}

/** @param words what the service calls a value that is a word. */
function arrived(request: unknown, words: Subject['words'] = {}): PictureOption[] {
  // Google writes its levels in capitals.
  const text = JSON.stringify(request).toLowerCase();
  return names.filter((name) => text.includes(JSON.stringify(words[name] ?? marked[name]).toLowerCase()));
}

describe.each(subjects)('$kind', ({ kind, protocol, create, model, editModel, words }) => {
  // The other services take the same options for an edit.
  const edits = kind === 'comfyui' ? [false, true] : [false];
  test.each(edits)('gets what is offered for its model (edit: %s)', async (isEdit) => {
    const server = await startWireServer(protocol);
    const used = isEdit ? (editModel ?? model) : model;
    const context = contextFor(kind, server.baseUrl, protocol.auth ? wireKey : null);
    const made = await create(timing).makePicture(jobFor(kind, used, isEdit), context);
    await server.close();
    expect(made).toMatchObject({ ok: true });
    const request = server.made.at(-1);
    const sent = request?.body ?? (request && fieldsOf(request));
    expect(
      arrived(sent, words).toSorted(),
      'what its profile sends, against what `picture-options.ts` and the catalogue let the composer offer',
    ).toEqual(expected(kind, used, isEdit).toSorted());
  });
});

describe('automatic1111', () => {
  test.each([false, true])('gets what is offered for its model (edit: %s)', async (isEdit) => {
    const server = await startAutomatic1111Server();
    const context = contextFor('automatic1111', server.baseUrl, null);
    const job = jobFor('automatic1111', 'current', isEdit);
    const made = await createAutomatic1111Service(timing).makePicture(job, context);
    await server.close();
    expect(made).toMatchObject({ ok: true });
    expect(arrived(server.works[0]).toSorted()).toEqual(
      expected('automatic1111', 'current', isEdit).toSorted(),
    );
  });
});

test('a picture says which of its options the service has refused', async () => {
  const subject = subjects.find(({ kind }) => kind === 'openai-compatible');
  if (!subject) throw new Error('No such subject.');
  const server = await startWireServer(subject.protocol);
  const context = contextFor('openai-compatible', server.baseUrl, null);
  const made = await subject
    .create(timing)
    .makePicture(jobFor('openai-compatible', 'gpt-image-9', false), context);
  await server.close();
  expect(made).toMatchObject({
    ok: true,
    warnings: ['quality', 'background'].map((name) => sentence('services.setting_refused', { name })),
  });
});

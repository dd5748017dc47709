// Each shape that the composer offers for a model is the one that its service is asked for.
import { expect, onTestFinished, test } from 'vitest';
import { aspectRatiosOf } from '../../shared/domain/model-lookup';
import type { AspectRatio } from '../../shared/domain/models';
import { useServiceDirectory } from '../../shared/domain/service-directory';
import { type ServiceKind, serviceKinds } from '../../shared/domain/service-kinds';
import { unconfigured } from '../../shared/generator/jobs';
import { smallPicture, startWireServer, wireKey } from '../servers/wire/wire-server';
import { subjects } from './subjects';

const timing = { timeoutMs: 60_000, retryDelayMs: () => 1, pollMs: 5 };
/** Sizes are multiples of up to 64 pixels. */
const tolerance = Math.log(1.06);

/**
 * Shapes that are offered although the service makes another, so that the placeholder has the wrong shape: the catalogue
 * takes no model without a price, and their lists have no shapes.
 */
const others: Partial<Record<ServiceKind, readonly AspectRatio[]>> = {
  siliconflow: ['21:9'],
  alibaba: ['3:2', '2:3', '21:9'],
};

useServiceDirectory(
  subjects.map(({ kind }) => ({ id: kind, kind, name: serviceKinds[kind].label, address: null })),
);

/** Returns width / height of a text such as “16:9 2k” or “1024×576”. */
function quotientOf(shape: string): number {
  const [, width = Number.NaN, height = Number.NaN] = /([\d.]+)[:x×*]([\d.]+)/.exec(shape) ?? [];
  return Number(width) / Number(height);
}

test.each(subjects)('$kind is asked for the shapes that are offered', async (subject) => {
  const { kind, protocol, create, model } = subject;
  const server = await startWireServer(protocol);
  onTestFinished(server.close);
  const different: AspectRatio[] = [];
  for (const aspectRatio of aspectRatiosOf(kind, model)) {
    const made = await create(timing).makePicture(
      {
        ...{ kind: 'picture', jobId: 'a', requestId: 'a', provider: kind, prompt: 'a lighthouse', model },
        params: { aspectRatio, seed: 7 },
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
    expect(made).toMatchObject({ ok: true });
    const request = server.made.at(-1);
    if (!request) throw new Error('Nothing was asked for.');
    const distance = Math.log(quotientOf(protocol.shape(request)) / quotientOf(aspectRatio));
    if (Math.abs(distance) > tolerance) different.push(aspectRatio);
  }
  expect(
    different,
    'offered shapes that its profile does not ask for: model-catalogue.ts, or its list, names those that it makes',
  ).toEqual(others[kind] ?? []);
});

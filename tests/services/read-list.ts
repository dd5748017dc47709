// Asks services for their lists of models, and says in a few words what a list has.
import { expect, onTestFinished } from 'vitest';
import type { Service, ServiceContext } from '../../electron/generator/services/service';
import type { OfferedModel } from '../../shared/domain/models';
import { unconfigured } from '../../shared/generator/jobs';
import { type Body, startLoopback } from '../servers/loopback';
import { startWireServer, wireKey } from '../servers/wire/wire-server';
import type { Subject } from './subjects';

const timing = { timeoutMs: 60_000, retryDelayMs: () => 1, pollMs: 5 };

/** Returns what a service lists, and how many requests that took; null if it has no list. */
export async function readList({ kind, protocol, create }: Subject) {
  const server = await startWireServer(protocol);
  try {
    const context: ServiceContext = {
      service: {
        ...unconfigured({ id: kind, kind, name: 'A' }),
        apiKey: protocol.auth ? wireKey : null,
        baseUrl: server.baseUrl,
      },
      signal: new AbortController().signal,
    };
    const offered = await create(timing).listModels?.(context);
    if (!offered) return null;
    if (!offered.ok) throw new Error(offered.message);
    expect(server.refusals).toEqual([]);
    expect(server.made).toEqual([]);
    return { models: offered.models, requests: server.total() };
  } finally {
    await server.close();
  }
}

/** Asks for the list of a server that answers with these bodies, whatever it is asked. */
export async function listFrom(
  service: Pick<Service, 'listModels'>,
  kind: Subject['kind'],
  answer: (path: string) => Body,
) {
  const paths: string[] = [];
  const server = await startLoopback(({ path }) => {
    paths.push(path);
    return { body: answer(path) };
  });
  onTestFinished(() => server.close());
  const context: ServiceContext = {
    service: {
      ...unconfigured({ id: kind, kind, name: 'A' }),
      ...{ apiKey: 'key', baseUrl: server.origin },
    },
    signal: new AbortController().signal,
  };
  return { listed: await service.listModels?.(context), paths };
}

const facts: readonly [string, (model: OfferedModel) => unknown][] = [
  [
    'limits',
    ({ resolutions, aspectRatios, references, options }) =>
      resolutions ?? aspectRatios ?? references ?? options,
  ],
  ['prices', ({ prices }) => prices],
  ['lives', ({ shutsDownOn }) => shutsDownOn],
];

/** Returns such as “with limits and prices”. */
export function describeList(models: readonly OfferedModel[]): string {
  const known = facts
    .filter(([, read]) => models.some((model) => read(model) !== undefined))
    .map(([name]) => name);
  return known.length === 0 ? 'names' : `names, ${known.join(', ')}`;
}

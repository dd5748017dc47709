// Asks a service of the matrix for its list of models, and says in a few words what the list has.
import { expect } from 'vitest';
import type { ServiceContext } from '../../electron/generator/services/service';
import type { OfferedModel } from '../../shared/domain/models';
import { unconfigured } from '../../shared/generator/jobs';
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

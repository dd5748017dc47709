// Each service tells a key that works from one that does not, by requests that make nothing: see decision 040.
import { expect, test } from 'vitest';
import { unconfigured } from '../../shared/generator/jobs';
import { startWireServer, wireKey } from '../servers/wire/wire-server';
import { type Subject, subjects } from './subjects';

const timing = { timeoutMs: 60_000, retryDelayMs: () => 1, pollMs: 5 };

async function check({ kind, protocol, create }: Subject, apiKey: string) {
  const server = await startWireServer(protocol);
  try {
    const checked = await create(timing).check?.({
      service: { ...unconfigured({ id: kind, kind, name: 'A' }), apiKey, baseUrl: server.baseUrl },
      signal: new AbortController().signal,
    });
    expect(server.made).toEqual([]);
    return checked;
  } finally {
    await server.close();
  }
}

test.each(subjects.filter(({ protocol }) => protocol.auth !== null))(
  '$kind accepts a key and rejects another one, and makes nothing',
  async (subject) => {
    expect(await check(subject, wireKey), 'a good key').toMatchObject({ ok: true });
    expect(await check(subject, 'another-key'), 'a bad key').toMatchObject({
      ok: false,
      code: 'key_rejected',
    });
  },
);

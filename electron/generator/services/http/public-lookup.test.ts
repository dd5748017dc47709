// Names that resolve to private addresses are rejected.
import type { LookupAddress } from 'node:dns';
import { expect, it } from 'vitest';
import { PrivateAddressError, publicLookup } from './public-lookup';

it.each([{ all: true }, { all: false }])(
  'rejects a name that resolves to this computer: %o',
  async (options) => {
    const found = new Promise<LookupAddress[] | string>((resolve, reject) =>
      publicLookup('localhost', options, (error, address) => (error ? reject(error) : resolve(address))),
    );
    await expect(found).rejects.toThrow(PrivateAddressError);
  },
);

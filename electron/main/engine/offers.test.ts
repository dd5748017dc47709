import { describe, expect, test } from 'vitest';
import {
  downloadBytes,
  type EngineCatalogue,
  engineCatalogueSchema,
} from '../../../shared/domain/engine-catalogue';
import { type Sentence, sayInEnglish } from '../../../shared/languages/sentence';
import builtIn from './built-in-catalogue.json';
import type { MachineFacts } from './machine/read-machine';
import { explainNothing, makeOffers } from './offers';

const catalogue: EngineCatalogue = engineCatalogueSchema.parse(builtIn);

const laptop: MachineFacts = {
  platform: 'linux',
  arch: 'x64',
  memoryBytes: 16e9,
  cores: 8,
  glibc: '2.39',
  graphics: null,
  freeDiskBytes: 200e9,
};
const card = {
  name: 'A card',
  backends: ['cuda', 'vulkan'] as const,
  memoryBytes: 12e9,
  isIntegrated: false,
};

const nothing = {
  installed: [],
  hasOwnEngine: false,
  storedHashes: new Set<string>(),
  partialBytes: () => 0,
};

function offers(changes: Partial<MachineFacts> = {}, of = catalogue) {
  const machine = { ...laptop, ...changes };
  return makeOffers({ catalogue: of, machine, ...nothing });
}

const summary = (changes: Partial<MachineFacts>) =>
  offers(changes).map(({ model, engine, suitability }) => `${model}, ${engine}, ${suitability}`);

describe('the built-in catalogue', () => {
  test('has a build for each system and kind of card, and models that are small, all-round and for edits', () => {
    expect(catalogue.engines.map(({ platform, backend }) => `${platform} ${backend}`)).toEqual([
      'linux vulkan',
      'linux cpu',
      'win32 cuda',
      'win32 vulkan',
      'win32 cpu',
      'darwin metal',
    ]);
    expect(catalogue.models.map(({ id }) => id)).toEqual([
      'z-image-turbo-q4',
      'flux2-klein-4b-q4',
      'dreamshaper-8-lcm',
    ]);
    expect(catalogue.models.some(({ edits }) => edits)).toBe(true);
  });

  test('names https addresses only, and licences that permit the use', () => {
    const permitted = ['MIT', 'Apache-2.0', 'CreativeML Open RAIL-M', 'NVIDIA CUDA Toolkit EULA'];
    for (const entry of [...catalogue.engines, ...catalogue.models]) {
      expect(permitted).toContain(entry.licence.name);
      for (const { urls, licence } of entry.files) {
        for (const url of urls) expect(new URL(url).protocol).toBe('https:');
        if (licence) expect(permitted).toContain(licence.name);
      }
    }
  });

  test('claims no verification that nobody has made', () => {
    // Change this with `npm run engine:verify -- --write`, which compares every file first.
    expect([...catalogue.engines, ...catalogue.models].filter(({ isVerified }) => isVerified)).toEqual([]);
  });
});

describe('offers', () => {
  test('a small model first where there is no card', () => {
    expect(summary({})).toEqual([
      'dreamshaper-8-lcm, sd-cpp-889-linux-x64-cpu, good',
      'z-image-turbo-q4, sd-cpp-889-linux-x64-cpu, slow',
      'flux2-klein-4b-q4, sd-cpp-889-linux-x64-cpu, slow',
    ]);
  });

  test('the best model first where there is a card, with the fastest build that there is', () => {
    const onLinux = summary({ graphics: card });
    expect(onLinux[0]).toBe('z-image-turbo-q4, sd-cpp-889-linux-x64-vulkan, good');
    const onWindows = summary({ graphics: card, platform: 'win32', glibc: null });
    expect(onWindows[0]).toBe('z-image-turbo-q4, sd-cpp-889-win-x64-cuda, good');
    const apple = { ...card, name: 'Apple graphics', backends: ['metal'] as const };
    const onMac = summary({ graphics: apple, platform: 'darwin', arch: 'arm64', glibc: null });
    // The better one would take longer than a user waits in front of the screen.
    expect(onMac.slice(0, 2)).toEqual([
      'flux2-klein-4b-q4, sd-cpp-889-macos-arm64-metal, good',
      'dreamshaper-8-lcm, sd-cpp-889-macos-arm64-metal, good',
    ]);
  });

  test('the processor where the card has too little memory', () => {
    const small = { ...card, memoryBytes: 2e9 };
    expect(summary({ graphics: small })[0]).toBe('dreamshaper-8-lcm, sd-cpp-889-linux-x64-cpu, good');
  });

  test('a small model first where the graphics are part of the processor, and nothing larger than the memory', () => {
    const graphics = { name: 'Intel', backends: ['vulkan'] as const, memoryBytes: null, isIntegrated: true };
    expect(summary({ graphics })[0]).toBe('dreamshaper-8-lcm, sd-cpp-889-linux-x64-vulkan, good');
    expect(offers({ graphics }).map(({ suitability }) => suitability)).toEqual(['good', 'good', 'slow']);
    expect(offers({ graphics, memoryBytes: 8e9 }).at(-1)?.suitability).toBe('no');
  });

  test('models that do not fit last, as not suitable', () => {
    expect(offers({ memoryBytes: 8e9 }).map(({ model, suitability }) => [model, suitability])).toEqual([
      ['dreamshaper-8-lcm', 'good'],
      ['z-image-turbo-q4', 'no'],
      ['flux2-klein-4b-q4', 'no'],
    ]);
  });

  test('an estimate that falls with more cores and with a card', () => {
    const seconds = (changes: Partial<MachineFacts>) =>
      offers(changes).find(({ model }) => model === 'z-image-turbo-q4')?.secondsPerPicture ?? 0;
    expect(seconds({ cores: 16 })).toBe(Math.round(seconds({ cores: 8 }) / 2));
    expect(seconds({ graphics: card })).toBeLessThan(120);
    expect(seconds({})).toBeGreaterThan(300);
  });

  test('the size, the hosts and every licence of the download', () => {
    const [offer] = offers({ graphics: card, platform: 'win32', glibc: null });
    const build = catalogue.engines.find(({ id }) => id === offer?.engine);
    const model = catalogue.models.find(({ id }) => id === offer?.model);
    if (!offer || !build || !model) throw new Error('There is no offer.');
    expect(offer.downloadBytes).toBe(downloadBytes(build) + downloadBytes(model));
    expect(offer.hosts).toEqual(['github.com', 'huggingface.co']);
    expect(offer.licences.map(({ name }) => name)).toEqual(['MIT', 'NVIDIA CUDA Toolkit EULA', 'Apache-2.0']);
    expect(offer.isVerified).toBe(false);
  });

  test('nothing of what is here already: a file that another model has, or an engine of the user’s own', () => {
    const size = (changes: Partial<typeof nothing>) => {
      const all = makeOffers({ catalogue, machine: laptop, ...nothing, ...changes });
      return all.find(({ model }) => model === 'z-image-turbo-q4');
    };
    const model = catalogue.models.find(({ id }) => id === 'z-image-turbo-q4');
    const [shared] = model?.files ?? [];
    if (!model || !shared?.sha256) throw new Error('The catalogue has changed.');
    const whole = size({});
    const rest = size({ storedHashes: new Set([shared.sha256]) });
    expect((whole?.downloadBytes ?? 0) - (rest?.downloadBytes ?? 0)).toBe(shared.bytes);
    expect(whole?.bringsEngine).toBe(true);
    expect(size({ hasOwnEngine: true })).toMatchObject({
      bringsEngine: false,
      downloadBytes: downloadBytes(model),
    });
  });

  test('the missing disk space, including room for unpacking', () => {
    const [offer] = offers({ graphics: card, freeDiskBytes: 1e9 });
    expect(offer?.missingDiskBytes).toBeGreaterThan(offer?.downloadBytes ?? 0);
    expect(offers({ freeDiskBytes: null })[0]?.missingDiskBytes).toBe(0);
  });
});

const englishOf = (reason: Sentence | null) => reason && sayInEnglish(reason);

describe('nothing is offered, with the reason,', () => {
  test.each([
    [
      'on a system without a build',
      { platform: 'linux', arch: 'arm64' },
      /no engine for this kind of computer/,
    ],
    ['on an Intel Mac', { platform: 'darwin', arch: 'x64' }, /no engine for this kind of computer/],
    ['on an old Linux', { glibc: '2.35' }, /GNU C library 2\.38 or later/],
    ['on a Linux without the GNU C library', { glibc: null }, /GNU C library 2\.38 or later/],
  ] as const)('%s', (_what, changes, reason) => {
    const machine: MachineFacts = { ...laptop, ...changes };
    expect(offers(changes)).toEqual([]);
    expect(englishOf(explainNothing([], catalogue, machine))).toMatch(reason);
  });

  test('where the catalogue has no models', () => {
    expect(englishOf(explainNothing([], { ...catalogue, models: [] }, laptop))).toMatch(
      /has no models.*Connect a service/,
    );
  });

  test('where no hash is known', () => {
    const unknown: EngineCatalogue = {
      ...catalogue,
      engines: catalogue.engines.map((build) => ({
        ...build,
        files: build.files.map((file) => ({ ...file, sha256: null })),
      })),
    };
    expect(offers({}, unknown)).toEqual([]);
    expect(englishOf(explainNothing([], unknown, laptop))).toMatch(/not been verified.*Connect a service/);
  });
});

test('versions of the C library are compared as numbers', () => {
  expect(offers({ glibc: '2.9' })).toEqual([]);
  expect(offers({ glibc: '2.38' })).not.toEqual([]);
  expect(offers({ glibc: '3.0' })).not.toEqual([]);
});

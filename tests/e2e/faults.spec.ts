// The short fault tests: one kill at every fault point, with one provider, and one of each other fault. `npm run faults` is the long run.
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { faultPoints } from '../../shared/domain/fault-points';
import { corruptOnce, deleteFilesOnce, makeTemplate } from '../faults/damage';
import { billedReplyEndings } from '../faults/endings';
import { killGenerators } from '../faults/generator-kills';
import { runTrial } from '../faults/harness';
import { createRandom } from '../harness/random';
import { expect, test } from './fixture';

/** Each point is tried with one of them here, and with both by `npm run faults`: a trial takes two starts. */
const providers = ['painter', 'google'] as const;
const providersOf = (index: number) => [providers[index % 2] ?? 'painter'];

for (const [index, point] of faultPoints.entries()) {
  for (const provider of providersOf(index)) {
    test(`a kill at "${point}" with ${provider} loses nothing, requests nothing twice and leaves no rest`, async ({
      dataFolder,
      google,
    }) => {
      const fault = { kind: 'point', point } as const;
      const trial = { dataFolder, fault, google: provider === 'google' ? google : null, prompt: 'a fox' };
      expect(await runTrial(trial)).toEqual([]);
    });
  }
}

for (const [index, point] of faultPoints.filter((name) => name in billedReplyEndings).entries()) {
  for (const provider of providersOf(index + 1)) {
    test(`a kill at "${point}" during a reply of ${provider} loses nothing and requests nothing twice`, async ({
      dataFolder,
      google,
    }) => {
      const fault = { kind: 'point', point } as const;
      const message = { prompt: 'Why is the sky blue?', answer: 'text' } as const;
      const trial = { dataFolder, fault, google: provider === 'google' ? google : null, ...message };
      expect(await runTrial(trial)).toEqual([]);
    });
  }
}

for (const provider of providers) {
  test(`the app survives two generator kills with ${provider} without losing or duplicating anything`, async ({
    dataFolder,
    google,
  }) => {
    const server = provider === 'google' ? google : null;
    const trial = { dataFolder, google: server, kills: 2, random: createRandom(1), prompt: 'a boat' };
    expect(await killGenerators({ ...trial, note: () => {} })).toEqual([]);
  });
}

test('the next start recovers from a damaged database and marks lost files as missing', async ({
  dataFolder,
}) => {
  const template = path.join(dataFolder, 'template');
  mkdirSync(template);
  await makeTemplate(template);
  const random = createRandom(1);
  const damaged = path.join(dataFolder, 'damaged');
  expect(await corruptOnce(template, damaged, random, () => {})).toEqual([]);
  expect(await deleteFilesOnce(template, path.join(dataFolder, 'lost'), random, () => {})).toEqual([]);
});

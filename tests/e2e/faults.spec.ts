// The short part of the fault tests: the app dies once at every named point, and one of each other fault. The long
// part is `npm run faults`.
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { faultPoints } from '../../shared/domain/fault-points';
import { corruptOnce, deleteFilesOnce, makeTemplate } from '../faults/damage';
import { killGenerators } from '../faults/generator-kills';
import { runTrial } from '../faults/harness';
import { createRandom } from '../harness/random';
import { expect, test } from './fixture';

for (const point of faultPoints) {
  for (const provider of ['painter', 'google'] as const) {
    test(`killed at "${point}" with ${provider}, nothing is lost, doubled or left over`, async ({
      dataFolder,
      google,
    }) => {
      const fault = { kind: 'point', point } as const;
      const trial = { dataFolder, fault, google: provider === 'google' ? google : null, prompt: 'a fox' };
      expect(await runTrial(trial)).toEqual([]);
    });
  }
}

for (const provider of ['painter', 'google'] as const) {
  test(`the generator killed twice with ${provider}: the app goes on and nothing is lost or doubled`, async ({
    dataFolder,
    google,
  }) => {
    const server = provider === 'google' ? google : null;
    const trial = { dataFolder, google: server, kills: 2, random: createRandom(1), prompt: 'a boat' };
    expect(await killGenerators({ ...trial, note: () => {} })).toEqual([]);
  });
}

test('a damaged database and lost files: the next start has what there is, and says what is missing', async ({
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

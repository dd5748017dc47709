// The short fault tests: one kill at every fault point, with one provider, two of the generator, and one of each other fault. `npm run faults` is the long run.
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { type FaultPoint, faultPoints } from '../../shared/domain/fault-points';
import { corruptOnce, deleteFilesOnce, makeTemplate } from '../faults/damage';
import { billedTextEndings } from '../faults/endings';
import { killGenerators } from '../faults/generator-kills';
import { createTrials, type Trial } from '../faults/harness';
import { createRandom } from '../harness/random';
import { expect, test } from './fixture';

/** How long one kill and the next start may take at most, because other work may have most of the processor. */
const maxTrialMs = 60_000;

// Each point is tried with one of them here, and with both by `npm run faults`.
for (const [number, provider] of (['painter', 'google'] as const).entries()) {
  const points = faultPoints.filter((_point, index) => index % 2 === number);
  // First, because older pictures would be derived, too.
  const ofPictures = [...points.filter(isDerive), ...points.filter((point) => !isDerive(point))];
  // The painter answers a question with a picture as well.
  const ofTexts = provider === 'google' ? faultPoints.filter((point) => point in billedTextEndings) : [];

  test(`kills with ${provider} lose nothing, request nothing twice and leave no rest`, async ({
    dataFolder,
    google,
  }) => {
    test.setTimeout((ofPictures.length + ofTexts.length + 2) * maxTrialMs);
    const trials = createTrials(dataFolder);
    const service = { google: provider === 'google' ? google : null };
    async function kill(point: FaultPoint, message: Pick<Trial, 'text' | 'sent'>): Promise<void> {
      const found = await trials.run({ fault: { kind: 'point', point }, ...message, ...service });
      expect(found, `after a kill at "${point}" during "${message.text}"`).toEqual([]);
    }
    try {
      for (const [index, point] of ofPictures.entries())
        await test.step(`of the app at "${point}"`, () => kill(point, { text: `a fox ${index}` }));
      for (const [index, point] of ofTexts.entries())
        await test.step(`of the app at "${point}" during a text`, () =>
          kill(point, { text: `Why is the sky blue, for the ${index}th time?`, sent: 'question' }));
      await test.step('of the generator, twice, while the app goes on', async () => {
        const options = { ...service, kills: 2, random: createRandom(1), prompt: 'a boat' };
        expect(await killGenerators(trials, options)).toEqual([]);
      });
    } finally {
      await trials.end();
    }
  });
}

function isDerive(point: FaultPoint): boolean {
  return point === 'derive: among the small versions';
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

// The short part of the fault tests: the app dies once at every named point. The long part is `npm run faults`.
import { faultPoints } from '../../shared/fault-points';
import { runTrial } from '../faults/harness';
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

// A process that keeps vitest loaded and runs test files on request, so that each mutant takes only the time of its
// tests.

import { join } from 'node:path';
import { createVitest } from 'vitest/node';
import { configFile } from './workspace.mjs';

/** Runs files in the given order. By default Vitest begins with the slowest one. */
class InGivenOrder {
  async shard(specifications) {
    return specifications;
  }
  async sort(specifications) {
    return specifications;
  }
}

const root = process.cwd();
const vitest = await createVitest('test', {
  root,
  config: join(root, configFile),
  watch: false,
  bail: 1,
  fileParallelism: false,
  reporters: [{}],
  cache: false,
  sequence: { sequencer: InGivenOrder },
});
const project = vitest.getRootProject();

process.on('message', async ({ changed, tests }) => {
  for (const file of changed) vitest.invalidateFile(join(root, file));
  const specifications = tests.map((test) => project.createSpecification(join(root, test)));
  const { testModules, unhandledErrors } = await vitest.runTestSpecifications(specifications);
  const failing = testModules.filter((module) => module.state() === 'failed');
  const failed = failing.map(({ relativeModuleId }) => relativeModuleId);
  const hasWaited = failing.some((module) =>
    errorsOf(module).some(({ message }) => /timed out/i.test(message)),
  );
  const ran = testModules.filter((module) => ['passed', 'failed'].includes(module.state())).length;
  process.send?.({ failed, ran, hasWaited, errors: unhandledErrors.length });
});

function errorsOf(module) {
  return [...module.children.allTests('failed')].flatMap((test) => test.result().errors ?? []);
}

process.send?.('ready');

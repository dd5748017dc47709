// Unit tests stand beside what they test; the end-to-end tests are Playwright's.
import { readdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { configDefaults, defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** The slowest files, slowest first. One that began late would run alone at the end. */
const slowest = [
  'electron/main/generation/dispatcher-simulation.test.ts',
  'tests/power/power.test.ts',
  'electron/main/engine/interrupted-downloads.test.ts',
  'electron/main/engine/downloads.test.ts',
  'tests/failures/broken-answers.test.ts',
  'tests/failures/failures.test.ts',
  'tests/services/matrix.test.ts',
  'renderer/features/chat/markdown/markdown-document.test.ts',
  'tests/linear-time/markdown.test.ts',
  'tests/linear-time/texts.test.ts',
  'electron/main/db/rescue.test.ts',
  'electron/generator/painter/paint.test.ts',
];

/**
 * Signs of a test that may leave changed globals, modules or clocks, or children, in its process. Only reading from
 * `process` leaves nothing, and `fresh-process.ts` resets the language, removes spies and finds unfinished work.
 */
const canLeaveSomething =
  /\b(?:vi\.(?!fn\b|waitFor\b|spyOn\b|restoreAllMocks\b)|globalThis|process\.(?!cwd\b|platform\b|arch\b|e?pid\b)|setInterval|Worker|fork\b|spawn|build(?:Script)?\(|performance\.|engine-room|test-engine|engine-downloads)/;

/** The folders whose tests can share processes. Elsewhere, modules keep state, or a test measures time. */
const sharingFolders = [
  'electron',
  'renderer/features',
  'renderer/picture',
  'renderer/ui',
  'scripts',
  'shared',
  'tests/bench',
  'tests/chat',
  'tests/editor',
  'tests/languages',
  'tests/pixels',
  'tests/seed',
  'tests/servers',
  'tests/services',
];

/** Files whose tests change nothing global and start no processes. A process of its own would cost more than most do. */
const sharing = sharingFolders
  .flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => `${folder}/${name}`),
  )
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => /\.test\.(?:ts|mjs)$/.test(file) && !slowest.includes(file))
  .filter((file) => !canLeaveSomething.test(readFileSync(file, 'utf8')));

/** Runs the slowest files first, and last those that share processes, because only neighbours do. */
class SlowestFirst extends BaseSequencer {
  override async sort(specifications: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(specifications);
    return sorted.toSorted((a, b) => rankOf(a) - rankOf(b));
  }
}

function rankOf({ moduleId, project }: TestSpecification): number {
  if (!project.config.isolate) return slowest.length + 1;
  const rank = slowest.findIndex((file) => moduleId.replaceAll('\\', '/').endsWith(`/${file}`));
  return rank < 0 ? slowest.length : rank;
}

const options = {
  // It is an ES module, which its package does not say.
  server: { deps: { inline: [/@jsquash\/jxl/] } },
  // For what never ends; a machine that has much else to do is no failure.
  testTimeout: 240_000,
  hookTimeout: 240_000,
  expect: { poll: { timeout: 90_000 } },
  // As the app's own processes have it: see `environmentOfUtility`.
  env: { DISABLE_SYSTEM_FONTS_LOAD: '1' },
};

export default defineConfig({
  test: {
    ...options,
    include: ['{shared,electron,renderer,scripts,tests}/**/*.test.{ts,mjs}'],
    // More than cores, because some tests wait for other processes, flushes and timeouts.
    maxWorkers: availableParallelism() + 2,
    sequence: { sequencer: SlowestFirst },
    projects: [
      { extends: true, test: { name: 'own process', exclude: [...configDefaults.exclude, ...sharing] } },
      // It does not extend the rest, because it would take its `include`, too.
      {
        test: {
          ...options,
          name: 'shared process',
          include: sharing,
          isolate: false,
          setupFiles: ['tests/harness/fresh-process.ts'],
        },
      },
    ],
  },
});

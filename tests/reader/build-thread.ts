// Builds the reader's thread of the tests.
import { afterAll } from 'vitest';
import { buildScript } from '../harness/build-script';

/** Returns the path of the bundle. */
export async function buildThread(): Promise<string> {
  const { script, remove } = await buildScript('tests/reader/thread.ts');
  afterAll(remove);
  return script;
}

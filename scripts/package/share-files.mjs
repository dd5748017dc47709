// Copies a folder with hard links, which need no disk space.

import { link, mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Links every file of a folder into another on the same disk. Remove a linked file before you replace it: writing to it
 * would change the original.
 * @param {string} from
 * @param {string} to
 */
export async function shareFiles(from, to) {
  await mkdir(to, { recursive: true });
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    await (entry.isDirectory() ? shareFiles(source, target) : link(source, target));
  }
}

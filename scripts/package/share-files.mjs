// A second copy of a folder that takes no room.

import { link, mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Links every file of a folder into another on the same disk. A file that is to differ is removed there first.
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

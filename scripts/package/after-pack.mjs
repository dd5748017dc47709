// electron-builder's hook after it copies the runtime and before it sets the fuses.

import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { feedConfig, feedConfigFile } from './feed.mjs';

/**
 * Removes Electron's default app, which would run any folder that it is given. On Linux it also writes the address of
 * the update feed, which electron-builder does only for the other platforms.
 */
export async function afterPack({ appOutDir, packager, electronPlatformName }) {
  const resources = packager.getResourcesDir(appOutDir);
  await rm(join(resources, 'default_app.asar'), { force: true });
  const { publish } = packager.config;
  if (electronPlatformName === 'linux' && publish) {
    await writeFile(join(resources, feedConfigFile), feedConfig(publish));
  }
}

// biome-ignore lint/style/noDefaultExport: electron-builder loads a hook from the default export.
export default afterPack;

// electron-builder's hook between copying the runtime and setting the fuses.

import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { feedConfig, feedConfigFile } from './feed.mjs';

/**
 * Takes Electron's default app out: it runs whatever folder it is given, and the packaged app is no such tool. On
 * Linux it also writes where updates are looked for, which electron-builder does for the other platforms alone.
 */
export async function afterPack({ appOutDir, packager, electronPlatformName }) {
  const resources = packager.getResourcesDir(appOutDir);
  await rm(join(resources, 'default_app.asar'), { force: true });
  const { publish } = packager.config;
  if (electronPlatformName === 'linux' && publish) {
    await writeFile(join(resources, feedConfigFile), feedConfig(publish));
  }
}

// electron-builder takes a hook by its default export.
// biome-ignore lint/style/noDefaultExport: see above.
export default afterPack;

// Reports of crashes: written by Chromium's own reporter into the data folder, kept there, and never sent.
import { readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { app, crashReporter } from 'electron';

/** A report takes a few megabytes, and the last ones tell enough. */
const kept = 10;

/**
 * Call it before the app is ready, so that every process is watched.
 *
 * @param environmentHasKey a report holds the stack of each process, and on it lies the environment that the process
 *   was started with: then there are none.
 */
export function startCrashReports(dataFolder: string, environmentHasKey: boolean): void {
  app.setPath('crashDumps', path.join(dataFolder, 'crashes'));
  if (!environmentHasKey) crashReporter.start({ uploadToServer: false });
}

/** Removes all but the newest reports. */
export async function pruneCrashReports(dataFolder: string): Promise<void> {
  const folder = path.join(dataFolder, 'crashes');
  const names = await readdir(folder, { recursive: true }).catch(() => []);
  const reports = await Promise.all(
    names
      .filter((name) => name.endsWith('.dmp'))
      .map(async (name) => {
        const file = path.join(folder, name);
        return { file, at: (await stat(file).catch(() => null))?.mtimeMs ?? 0 };
      }),
  );
  for (const { file } of reports.sort((a, b) => b.at - a.at).slice(kept)) await rm(file, { force: true });
}

// Crash reports: Crashpad writes them into the data folder, and they are never uploaded.
import { readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { app, crashReporter } from 'electron';

/** A report takes a few megabytes. */
const maxReports = 10;

/**
 * Call it before the app is ready, so that it covers every process.
 *
 * @param environmentHasKey disables the reports, because a report contains the stack, which includes the environment.
 */
export function startCrashReports(dataFolder: string, environmentHasKey: boolean): void {
  app.setPath('crashDumps', path.join(dataFolder, 'crashes'));
  if (!environmentHasKey) crashReporter.start({ uploadToServer: false });
}

/** Removes all reports but the newest ones. */
export async function pruneCrashReports(dataFolder: string): Promise<void> {
  const folder = path.join(dataFolder, 'crashes');
  const names = await readdir(folder, { recursive: true }).catch(() => []);
  const reports = await Promise.all(
    names
      .filter((name) => name.endsWith('.dmp'))
      .map(async (name) => {
        const file = path.join(folder, name);
        return { file, modifiedAt: (await stat(file).catch(() => null))?.mtimeMs ?? 0 };
      }),
  );
  // Ordered by time, because Crashpad's file names have no order. A wrong clock loses a report at worst.
  const oldReports = reports.sort((a, b) => b.modifiedAt - a.modifiedAt).slice(maxReports);
  for (const { file } of oldReports) await rm(file, { force: true });
}

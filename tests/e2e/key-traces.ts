// Where a key may have left a trace: the files of a folder, and the reports of a crash.
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Running } from '../harness/launch';
import { untilDead } from './fixture';

/** @returns the files under a folder that contain a text in any common encoding. */
export async function findFilesContaining(folder: string, text: string): Promise<string[]> {
  const needles = [
    Buffer.from(text, 'utf8'),
    Buffer.from(text, 'utf16le'),
    Buffer.from(Buffer.from(text).toString('base64').slice(0, 24)),
    Buffer.from(Buffer.from(text).toString('hex')),
  ];
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const found = await Promise.all(
    entries
      .filter((entry) => entry.isFile())
      .map(async (entry) => {
        const file = path.join(entry.parentPath, entry.name);
        // The app may have removed it meanwhile.
        const bytes = await readFile(file).catch(onlyIfGone);
        return needles.some((needle) => bytes.includes(needle)) ? file : null;
      }),
  );
  return found.flatMap((file) => file ?? []);
}

function onlyIfGone(error: NodeJS.ErrnoException): Buffer {
  if (error.code === 'ENOENT') return Buffer.alloc(0);
  throw error;
}

/** Crashes the app. @returns the crash reports in the data folder. */
export async function crashApp({ electron }: Running, dataFolder: string): Promise<string[]> {
  await untilDead({ electron }, () => electron.evaluate(() => void process.crash()));
  const crashes = path.join(dataFolder, 'crashes');
  const names = existsSync(crashes) ? await readdir(crashes, { recursive: true }) : [];
  return names.filter((name) => name.endsWith('.dmp'));
}

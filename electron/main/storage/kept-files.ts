// Finds the bytes that providers sent but that cannot be opened as pictures, so that the user can save them.

import { constants } from 'node:fs';
import { copyFile, open, readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { failure, type Result, success } from '../../../shared/domain/errors';
import { formatOf } from '../../../shared/domain/picture-bytes/format-of';
import { factsOf, keptFile, keptFolder } from '../../../shared/domain/picture-files';
import { type Arrival, arrivalSchema } from '../../../shared/generator/arrivals';
import { t } from '../../../shared/languages/translate';

/** `file` is absolute; `name` is the suggested name of a copy. */
export type KeptFile = { file: string; name: string };

/**
 * Returns the kept file of a message's picture; null if there is none.
 *
 * @param requestIds of the message's requests, the latest first: the file of the latest one is returned. Files of
 * requests missing here, for example after restoring a backup, are found by their own facts.
 */
export async function findKept(
  dataFolder: string,
  messageId: string,
  requestIds: readonly string[],
): Promise<KeptFile | null> {
  const names = await readdir(path.join(dataFolder, keptFolder)).catch(() => []);
  const ids = names.filter((name) => name.endsWith('.json')).map((name) => path.parse(name).name);
  const facts = await Promise.all(ids.map((id) => readFacts(path.join(dataFolder, factsOf(keptFile(id))))));
  const kept = facts.flatMap((arrival) => arrival ?? []);
  const known = requestIds.flatMap((id) => kept.find(({ requestId }) => requestId === id) ?? []);
  // A second answer to the same request has an id of its own: see pipeline/arrivals.ts.
  for (const { requestId, mimeType } of [...known, ...kept.filter(({ jobId }) => jobId === messageId)]) {
    const file = path.join(dataFolder, keptFile(requestId));
    const head = await readHead(file);
    if (head) return { file, name: `${t('storage.kept_file_name')}${extensionOf(head, mimeType)}` };
  }
  return null;
}

async function readFacts(file: string): Promise<Arrival | null> {
  try {
    return arrivalSchema.safeParse(JSON.parse(await readFile(file, 'utf8'))).data ?? null;
  } catch {
    return null;
  }
}

/** Returns the first bytes; null if there is no such file. */
async function readHead(file: string): Promise<Uint8Array | null> {
  const handle = await open(file).catch(() => null);
  if (!handle) return null;
  try {
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(32), 0, 32, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

/** First bytes of formats that providers may send and Afterimage does not open. */
const signatures: readonly [string, string][] = [
  ['BM', '.bmp'],
  ['II*\0', '.tiff'],
  ['MM\0*', '.tiff'],
  ['\0\0\x01\0', '.ico'],
  ['\xff\x0a', '.jxl'],
  ['%PDF', '.pdf'],
  ['<svg', '.svg'],
];

const extensions: Readonly<Record<string, string>> = {
  'image/png': '.png',
  'image/jpeg': '.jpg',
  'image/webp': '.webp',
  'image/avif': '.avif',
  'image/gif': '.gif',
  'image/bmp': '.bmp',
  'image/tiff': '.tiff',
  'image/svg+xml': '.svg',
  'image/heic': '.heic',
  'image/jxl': '.jxl',
  'application/json': '.json',
  'text/html': '.html',
  'text/plain': '.txt',
};

/** Returns the extension for the bytes' signature, else for the provider's type, else `.bin`. */
export function extensionOf(head: Uint8Array, mimeType: string | null): string {
  const format = formatOf(head);
  if (format) return `.${format}`;
  const text = Buffer.from(head).toString('latin1');
  const known = signatures.find(([signature]) => text.startsWith(signature))?.[1];
  const declared = mimeType?.split(';')[0]?.trim().toLowerCase() ?? '';
  return known ?? (Object.hasOwn(extensions, declared) ? extensions[declared] : undefined) ?? '.bin';
}

/** Copies a kept file, which stays where it is. @param target absolute */
export async function saveKept(file: string, target: string): Promise<Result<{ path: string }>> {
  try {
    await copyFile(file, target, constants.COPYFILE_FICLONE);
    return success({ path: target });
  } catch (error) {
    console.error('A kept file could not be copied:', error);
    return failure('copy_not_saved');
  }
}

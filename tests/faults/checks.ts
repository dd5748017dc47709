// Checks a data folder after a fault: nothing is lost, duplicated or left over. Reads the database and files
// directly.
import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { nativeBinding } from '../../electron/main/db/native-binding';
import { projectRoot } from '../harness/launch';
import type { GoogleServer } from '../servers/google-server';
import { waitUntil } from './wait-until';

/** Counts an outcome of a trial or a picture, so that the totals show the effects of the faults. */
export type Note = (outcome: string) => void;

/** Waits until the app has no running work and an empty outbox. */
export async function waitUntilSettled(dataFolder: string): Promise<void> {
  const unfinishedRows = `SELECT id FROM messages WHERE status IN ('pending', 'generating', 'streaming')
                    UNION ALL SELECT id FROM outbox`;
  await waitUntil(
    () => read(dataFolder, unfinishedRows).length === 0,
    'Work is still unfinished after the restart.',
  );
}

/**
 * Checks the data folder after a restart.
 *
 * @param acknowledged ids of messages that the app confirmed before the fault.
 * @param allowedEndings additional final states of a picture, as `status: error code`.
 * @param salvaged ids of pictures that may be in the gallery without a message, because the database was rebuilt.
 * @returns the problems, each a sentence.
 */
export function findProblems(
  dataFolder: string,
  acknowledged: readonly string[],
  google: GoogleServer | null,
  allowedEndings: readonly string[] = [],
  salvaged: readonly string[] = [],
): string[] {
  const found: string[] = [];
  const known = new Set(read(dataFolder, 'SELECT id FROM messages').map(({ id }) => String(id)));
  for (const id of acknowledged) if (!known.has(id)) found.push(`acknowledged message ${id} is lost`);

  const pictures = read(
    dataFolder,
    `SELECT m.id, m.status, m.error_code AS code, m.provider, m.image_file AS file, m.bytes, u.file AS kept FROM messages m
     LEFT JOIN user_images u ON u.message_id = m.id WHERE m.kind = 'image'`,
  );
  for (const { id, status, code, provider, file, bytes, kept } of pictures) {
    const isEnded =
      status === 'ready' ||
      (provider === 'google' && status === 'interrupted') ||
      allowedEndings.includes(`${status}: ${code}`);
    if (!isEnded) found.push(`picture ${id} of ${provider} is ${status}: ${code}`);
    if (status === 'ready' && file !== kept)
      found.push(`picture ${id} has another file in the gallery than in the chat`);
    if (status === 'ready' && sizeOf(path.join(dataFolder, String(file))) !== bytes)
      found.push(`picture ${id} has no complete file`);
  }
  if (new Set(pictures.map(({ id }) => id)).size !== pictures.length)
    found.push('a picture is in the gallery twice');

  const unlogged = read(
    dataFolder,
    `SELECT m.id FROM messages m WHERE m.kind = 'image' AND m.status = 'ready'
     AND NOT EXISTS (SELECT 1 FROM image_generation_log l WHERE l.message_id = m.id AND l.outcome = 'ready')`,
  );
  for (const { id } of unlogged) found.push(`picture ${id} is not in the log`);

  const files = filesOf(dataFolder).map((file) => path.basename(file));
  for (const { id, status, code } of pictures) {
    if (allowedEndings.includes(`${status}: ${code}`)) continue;
    const isKept = files.some((name) => name.startsWith(String(id)));
    if (status !== 'ready' && isKept) found.push(`picture ${id} is ${status} although its bytes are on disk`);
  }
  for (const file of files) {
    const id = file.slice(0, 36);
    if (!known.has(id) && !salvaged.includes(id)) found.push(`file ${file} has no row`);
    // An incomplete thumbnail is created again on demand, and reconciliation removes the partial file.
    if (file.endsWith('.part') && !/\.(512|256|display)\.webp\.part$/.test(file))
      found.push(`file ${file} was left incomplete`);
  }
  const integrity = read(dataFolder, 'PRAGMA integrity_check')[0]?.['integrity_check'];
  if (integrity !== 'ok') found.push(`integrity_check says ${String(integrity)}`);

  const requestedPrompts = (google?.requests ?? []).map(({ prompt }) => prompt);
  for (const prompt of new Set(requestedPrompts)) {
    const times = requestedPrompts.filter((other) => other === prompt).length;
    if (times > 1) found.push(`"${prompt}" was requested ${times} times`);
  }
  return found;
}

/** @returns the size in bytes; null if the file does not exist. */
function sizeOf(file: string): number | null {
  return statSync(file, { throwIfNoEntry: false })?.size ?? null;
}

/** @returns the paths of all files under `images`. */
export function filesOf(dataFolder: string): string[] {
  const images = path.join(dataFolder, 'images');
  return readdirSync(images, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
}

/** Returns the rows of a query on the database of a data folder, opened read-only. */
export function read(dataFolder: string, sql: string): Record<string, unknown>[] {
  const binding = nativeBinding(projectRoot);
  const database = new SqliteDatabase(path.join(dataFolder, 'afterimage.db'), {
    readonly: true,
    ...(binding && { nativeBinding: binding }),
  });
  try {
    return database.prepare<[], Record<string, unknown>>(sql).all();
  } finally {
    database.close();
  }
}

// Starts from the state after a loss of power, and says what was acknowledged and is not there.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Database } from 'better-sqlite3';
import { backupFolder, listBackups, throwIfDamaged } from '../../electron/main/db/backups';
import { openSafely } from '../../electron/main/db/open-safely';
import { openPlain } from '../../electron/main/db/test-database';
import type { TestContext } from '../../electron/main/test-support/test-context';
import { databaseIn, openChat, pictureCost, recoverPictures } from './app-parts';
import type { Marker } from './markers';

export type Crash = {
  /** The folder as the loss of power left it. */
  dataFolder: string;
  /** Markers that were reported before the power failed. */
  reported: readonly Marker[];
  /** Everything that the recorded program reports in the end. Nothing else may appear. */
  all: readonly Marker[];
  /** The database file that a rescue has to keep, by its SHA-1; null if no rescue may happen. */
  damagedSha1: string | null;
};

/** Returns the problems, each a sentence. Starts the app's parts in the folder as a start after the crash does. */
export async function findLosses(crash: Crash): Promise<string[]> {
  const losses = [...lostFiles(crash), ...lostBackups(crash)];
  mkdirSync(path.join(crash.dataFolder, 'images'), { recursive: true });
  let chat: TestContext;
  try {
    const { store, rescue } = openSafely(databaseIn(crash.dataFolder));
    const findings = store.check('full');
    store.close();
    for (const finding of findings) losses.push(`the database is damaged: ${finding}`);
    if (rescue && crash.damagedSha1 === null) losses.push(`the database was rescued: ${rescue.detail}`);
    chat = openChat(crash.dataFolder);
  } catch (error) {
    return [...losses, `the start fails: ${String(error)}`];
  }
  try {
    await recoverPictures(chat, crash.dataFolder);
    chat.outbox.drainAll();
  } finally {
    chat.store.close();
  }
  const database = openPlain(databaseIn(crash.dataFolder).file);
  try {
    const messages = messagesIn(database);
    losses.push(...lostRows(messages, crash), ...wrongPictures(database, messages, crash));
  } finally {
    database.close();
  }
  if (crash.damagedSha1 !== null && !hasFileOf(crash.dataFolder, crash.damagedSha1)) {
    losses.push('the damaged database is gone');
  }
  return losses;
}

type Rows = ReadonlyMap<string, { status: string; text: string | null; file: string | null }>;

/** Reads the tables directly, because their columns change less than the functions that read them. */
function messagesIn(database: Database): Rows {
  const rows = database
    .prepare<[], { id: string; status: string; text: string | null; file: string | null }>(
      'SELECT id, status, text, image_file AS file FROM messages',
    )
    .all();
  return new Map(rows.map((row) => [row.id, row]));
}

function lostRows(messages: Rows, { reported, all }: Crash): string[] {
  const losses: string[] = [];
  for (const marker of reported) {
    if (marker.kind === 'sent') {
      for (const id of marker.ids) if (!messages.has(id)) losses.push(`message ${id} is lost`);
    }
    if (marker.kind === 'generating' && messages.get(marker.id)?.status === 'pending')
      losses.push(`the request of picture ${marker.id} would be sent again`);
    if (marker.kind === 'failed' && messages.get(marker.id)?.status !== 'failed')
      losses.push(`the end of picture ${marker.id} is lost`);
    if (marker.kind === 'replied' && messages.get(marker.id)?.text !== marker.text)
      losses.push(`the reply ${marker.id} is lost`);
  }
  const known = new Set(all.flatMap((marker) => (marker.kind === 'sent' ? marker.ids : [])));
  for (const id of messages.keys()) if (!known.has(id)) losses.push(`message ${id} was never sent`);
  return losses;
}

function wrongPictures(database: Database, messages: Rows, { dataFolder, reported, all }: Crash): string[] {
  const losses: string[] = [];
  const gallery = database
    .prepare<[string], string>('SELECT file FROM user_images WHERE message_id = ?')
    .pluck();
  const costs = database
    .prepare<[string], number>(
      "SELECT cost_micro_usd FROM image_generation_log WHERE message_id = ? AND outcome = 'ready'",
    )
    .pluck();
  const safe = new Set(
    reported.flatMap((marker) => (marker.kind === 'stored' || marker.kind === 'ready' ? [marker.id] : [])),
  );
  for (const marker of all) {
    if (marker.kind !== 'ready') continue;
    const { id, sha1 } = marker;
    const { status, file = null } = messages.get(id) ?? {};
    if (status !== 'ready' || file === null) {
      if (safe.has(id)) losses.push(`picture ${id} is ${status ?? 'lost'} although it was stored`);
      continue;
    }
    if (sha1Of(path.join(dataFolder, file)) !== sha1)
      losses.push(`the file of picture ${id} is not complete`);
    if (gallery.all(id).join() !== file) losses.push(`picture ${id} is not in the gallery once`);
    const logged = costs.all(id);
    if (logged.length !== 1) losses.push(`picture ${id} is in the log ${logged.length} times`);
    else if (safe.has(id) && logged[0] !== pictureCost) losses.push(`the cost of picture ${id} is lost`);
  }
  return losses;
}

/** A file has the content that was reported last, or one that was being written after that. */
function lostFiles({ dataFolder, reported, all }: Crash): string[] {
  const contentsOf = (markers: readonly Marker[], name: string): string[] =>
    markers.flatMap((marker) => (marker.kind === 'written' && marker.name === name ? [marker.content] : []));
  const names = new Set(all.flatMap((marker) => (marker.kind === 'written' ? [marker.name] : [])));
  return [...names].flatMap((name) => {
    const count = contentsOf(reported, name).length;
    const file = path.join(dataFolder, name);
    if (!existsSync(file)) return count === 0 ? [] : [`file ${name} is lost`];
    const allowed = contentsOf(all, name).slice(Math.max(0, count - 1));
    return allowed.includes(readFileSync(file, 'utf8')) ? [] : [`file ${name} has another content`];
  });
}

/** Every file with a backup's name is a whole one. */
function lostBackups({ dataFolder, reported }: Crash): string[] {
  const folder = backupFolder(dataFolder);
  const losses = listBackups(folder).flatMap(({ file, bytes }) => {
    try {
      throwIfDamaged(file, databaseIn(dataFolder).nativeBinding);
      return bytes > 0 ? [] : [`backup ${path.basename(file)} is empty`];
    } catch (error) {
      return [`backup ${path.basename(file)} cannot be used: ${String(error)}`];
    }
  });
  for (const marker of reported) {
    if (marker.kind === 'backup' && sha1Of(path.join(folder, marker.name)) !== marker.sha1)
      losses.push(`backup ${marker.name} is lost`);
  }
  return losses;
}

/** Returns whether the database or what a rescue has moved aside has this content. */
function hasFileOf(dataFolder: string, sha1: string): boolean {
  const names = readdirSync(dataFolder).filter((name) => name.startsWith('afterimage.db'));
  return names.some((name) => sha1Of(path.join(dataFolder, name)) === sha1);
}

/** Returns null if the file does not exist. */
export function sha1Of(file: string): string | null {
  return existsSync(file) ? createHash('sha1').update(readFileSync(file)).digest('hex') : null;
}

// Damages a data folder while the app is closed: corrupts the database or deletes picture files.
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { readRescue } from '../../electron/main/db/rescue-record';
import { readPictureName } from '../../shared/domain/picture-files';
import { launch, type Running } from '../harness/launch';
import { between, pick, type Random } from '../harness/random';
import { filesOf, findProblems, type Note, read, waitUntilSettled } from './checks';
import { environmentFor, send } from './harness';
import { waitUntil } from './wait-until';

const env = environmentFor(null);
const pictures = 4;

/** Fills a data folder with pictures and a database backup. Each trial starts with a copy of it. */
export async function makeTemplate(dataFolder: string): Promise<void> {
  const first = await launch({ dataFolder, env });
  for (let picture = 0; picture < pictures; picture += 1) await send(first.page, `a template ${picture}`);
  await waitUntilSettled(dataFolder);
  await first.quit();
  // The app makes a backup within half a minute after it starts.
  const second = await launch({ dataFolder, env });
  await waitUntil(() => backupsOf(dataFolder).length > 0, 'No backup was made.');
  await second.quit();
}

/** Corrupts the database of a copy and starts the app on it. @returns the problems found afterwards. */
export async function corruptOnce(
  template: string,
  dataFolder: string,
  random: Random,
  note: Note,
): Promise<string[]> {
  cpSync(template, dataFolder, { recursive: true });
  const ids = read(dataFolder, 'SELECT id FROM user_images').map(({ id }) => String(id));
  const messages = read(dataFolder, 'SELECT id FROM messages').map(({ id }) => String(id));
  const hasBackup = random() < 0.5;
  if (!hasBackup) rmSync(path.join(dataFolder, 'backups'), { recursive: true });
  const file = path.join(dataFolder, 'afterimage.db');
  writeFileSync(file, damage(readFileSync(file), random));

  const acknowledged = await withApp(dataFolder, async ({ page }) => {
    await waitUntil(() => readRescue(dataFolder)?.stage !== 'salvaging', 'The salvage did not end.');
    const sent = await send(page, `after the damage ${dataFolder}`);
    await waitUntilSettled(dataFolder);
    return sent;
  });

  // Without a backup the messages are lost and the user is told. Pictures are never lost.
  const rescue = readRescue(dataFolder);
  const isReported = rescue?.stage === 'done';
  if (!rescue) note('unharmed or repaired');
  else note(rescue.backupAt === null ? 'rebuilt from the files' : 'restored from a backup');
  const kept = hasBackup || !isReported ? messages : [];
  const found = findProblems(dataFolder, [...kept, ...acknowledged], null, [], ids);
  for (const id of ids) {
    const rows = read(dataFolder, `SELECT id FROM user_images WHERE id = '${id}'`).length;
    if (rows !== 1) found.push(`picture ${id} is in the gallery ${rows} times after the damage`);
  }
  return found;
}

/** Flips bytes, truncates the file, or overwrites a part with zeros. */
function damage(bytes: Buffer, random: Random): Buffer {
  const kind = pick(random, ['flip', 'truncate', 'zero'] as const);
  if (kind === 'truncate') return bytes.subarray(0, between(random, 0, bytes.length - 1));
  const start = between(random, 0, bytes.length - 2);
  const end = Math.min(bytes.length, start + between(random, 512, 32_768));
  for (let at = start; at < end; at += 1) {
    bytes[at] = kind === 'zero' ? 0 : (bytes[at] ?? 0) ^ between(random, 1, 255);
  }
  return bytes;
}

/** Deletes picture files of a copy and starts the app on it. @returns the problems found afterwards. */
export async function deleteFilesOnce(
  template: string,
  dataFolder: string,
  random: Random,
  note: Note,
): Promise<string[]> {
  cpSync(template, dataFolder, { recursive: true });
  const lost = new Set<string>();
  for (const file of filesOf(dataFolder)) {
    const name = readPictureName(path.basename(file));
    if (!name || random() < 0.6) continue;
    rmSync(file);
    lost.add(file);
  }
  const acknowledged = await withApp(dataFolder, async ({ page }) => {
    const sent = await send(page, `after the loss ${dataFolder}`);
    await waitUntil(() => page.evaluate(isReconciled), 'Rows and files were not compared.');
    await waitUntilSettled(dataFolder);
    return sent;
  });
  const found: string[] = [];
  for (const { id, file, missing } of read(
    dataFolder,
    'SELECT id, file, missing_at AS missing FROM user_images',
  )) {
    const kept = path.join(dataFolder, String(file));
    note(lost.has(kept) ? 'missing' : 'present');
    if (lost.has(kept) && missing === null) found.push(`picture ${id} is not marked as missing`);
    if (!lost.has(kept) && missing !== null)
      found.push(`picture ${id} is marked as missing although its file exists`);
    if (!lost.has(kept) && !existsSync(kept))
      found.push(`file ${file} disappeared although the trial did not delete it`);
    // Restore the file, because the common checks require it.
    if (lost.has(kept)) cpSync(path.join(template, String(file)), kept);
  }
  return [...found, ...findProblems(dataFolder, acknowledged, null)];
}

async function isReconciled(): Promise<boolean> {
  const reply = await window.afterimage.request('diagnostics:read', {});
  return reply.ok && reply.value.reconciled !== null;
}

async function withApp(dataFolder: string, work: (running: Running) => Promise<string[]>): Promise<string[]> {
  const running = await launch({ dataFolder, env });
  try {
    return await work(running);
  } finally {
    await running.quit();
  }
}

function backupsOf(dataFolder: string): string[] {
  const folder = path.join(dataFolder, 'backups');
  return existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.db')) : [];
}

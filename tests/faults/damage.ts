// What happens to a data folder while the app is closed: a damaged database, and picture files that are gone.
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { readRescue } from '../../electron/main/db/rescue-record';
import { readPictureName } from '../../shared/domain/picture-files';
import { launch, type Running } from '../harness/launch';
import { between, pick, type Random } from '../harness/random';
import { filesOf, type Note, patience, problems, read, settled } from './checks';
import { environmentFor, send } from './harness';

const env = environmentFor(null);
const pictures = 4;

/** A folder with pictures and a backup of its database, properly closed: each trial begins with a copy of it. */
export async function makeTemplate(dataFolder: string): Promise<void> {
  const first = await launch({ dataFolder, env });
  for (let picture = 0; picture < pictures; picture += 1) await send(first.page, `a template ${picture}`);
  await settled(dataFolder);
  await first.quit();
  // A backup is made a few seconds after a start.
  const second = await launch({ dataFolder, env });
  await until(() => backupsOf(dataFolder).length > 0, 'No backup was made.');
  await second.quit();
}

/** Damages a copy's database. @returns what is wrong after the next start, in words. */
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

  const acknowledged = await startAgain(dataFolder, async ({ page }) => {
    await until(() => readRescue(dataFolder)?.stage !== 'salvaging', 'The salvage did not end.');
    const sent = await send(page, `after the damage ${dataFolder}`);
    await settled(dataFolder);
    return sent;
  });

  // Without a backup the words are gone, and the user is told so; the pictures never are.
  const rescue = readRescue(dataFolder);
  const isTold = rescue?.stage === 'done';
  if (!rescue) note('unharmed or mended');
  else note(rescue.backupAt === null ? 'rebuilt from the files' : 'restored from a backup');
  const kept = hasBackup || !isTold ? messages : [];
  const found = problems(dataFolder, [...kept, ...acknowledged], null, [], ids);
  for (const id of ids) {
    const rows = read(dataFolder, `SELECT id FROM user_images WHERE id = '${id}'`).length;
    if (rows !== 1) found.push(`picture ${id} is in the gallery ${rows} times after the damage`);
  }
  return found;
}

/** Flips bytes, cuts the end off, or writes zeros. */
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

/** Removes files of a copy's pictures. @returns what is wrong after the next start, in words. */
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
  const acknowledged = await startAgain(dataFolder, async ({ page }) => {
    const sent = await send(page, `after the loss ${dataFolder}`);
    await until(() => page.evaluate(isReconciled), 'Rows and files were not compared.');
    await settled(dataFolder);
    return sent;
  });
  const found: string[] = [];
  for (const { id, file, missing } of read(
    dataFolder,
    'SELECT id, file, missing_at AS missing FROM user_images',
  )) {
    const kept = path.join(dataFolder, String(file));
    note(lost.has(kept) ? 'missing' : 'there');
    if (lost.has(kept) && missing === null) found.push(`picture ${id} is not said to be missing`);
    if (!lost.has(kept) && missing !== null) found.push(`picture ${id} is said to be missing`);
    if (!lost.has(kept) && !existsSync(kept)) found.push(`file ${file} went although nobody removed it`);
    // What is put back is there again, so that the rest can be judged as always.
    if (lost.has(kept)) cpSync(path.join(template, String(file)), kept);
  }
  return [...found, ...problems(dataFolder, acknowledged, null)];
}

async function isReconciled(): Promise<boolean> {
  const reply = await window.afterimage.request('diagnostics:read', {});
  return reply.ok && reply.value.reconciled !== null;
}

async function startAgain(
  dataFolder: string,
  work: (running: Running) => Promise<string[]>,
): Promise<string[]> {
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

async function until(isSo: () => boolean | Promise<boolean>, complaint: string): Promise<void> {
  const end = Date.now() + patience;
  while (!(await isSo())) {
    if (Date.now() > end) throw new Error(complaint);
    await wait(25);
  }
}

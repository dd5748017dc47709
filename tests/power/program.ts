// The recorded programs. Arguments: the scenario and the data folder. Reports what it has acknowledged as markers.
import { createHash } from 'node:crypto';
import { mkdirSync, openSync, readFileSync, writeSync } from 'node:fs';
import path from 'node:path';
import { writeAtomically } from '../../electron/files/write-atomically';
import { writeAtomicallySync } from '../../electron/files/write-atomically-sync';
import { noise } from '../../electron/generator/pipeline/test-pictures';
import { backupFolder, makeBackup } from '../../electron/main/db/backups';
import { recordCleanExit } from '../../electron/main/db/clean-exit';
import { openSafely } from '../../electron/main/db/open-safely';
import type { TestContext } from '../../electron/main/test-support/test-context';
import {
  beginJob,
  databaseIn,
  openChat,
  pictureJob,
  send,
  settleFailed,
  settleReply,
  settleStored,
  storeAnswer,
  testNow,
} from './app-parts';
import type { Marker } from './markers';
import { markerFile } from './operations';

const [scenario = '', dataFolder = ''] = process.argv.slice(2);
const markers = openSync(path.join(path.dirname(dataFolder), markerFile), 'a');

function report(marker: Marker): void {
  writeSync(markers, `${JSON.stringify(marker)}\n`);
}

function start(): void {
  // As electron/main/boot/data-folder.ts does.
  mkdirSync(path.join(dataFolder, 'images'), { recursive: true });
  openSafely(databaseIn(dataFolder)).store.close();
  report({ kind: 'opened' });
}

function sendAndReport(chat: TestContext, mode: 'picture' | 'auto', text: string) {
  const rows = send(chat, mode, text);
  report({ kind: 'sent', ids: rows.map(({ id }) => id) });
  const answer = rows.at(-1);
  if (!answer) throw new Error('There is no answer.');
  return answer;
}

function beginPicture(chat: TestContext, prompt: string) {
  const answer = sendAndReport(chat, 'picture', prompt);
  if (answer.kind !== 'image') throw new Error('The answer is no picture.');
  const job = pictureJob(answer);
  beginJob(chat, job);
  report({ kind: 'generating', id: job.jobId });
  return job;
}

async function makePicture(chat: TestContext, prompt: string, side: number): Promise<void> {
  const job = beginPicture(chat, prompt);
  const bytes = noise(side, side).toBuffer('image/png');
  const sha1 = createHash('sha1').update(bytes).digest('hex');
  const answer = await storeAnswer(dataFolder, job, bytes);
  report({ kind: 'stored', id: job.jobId, sha1 });
  settleStored(chat, job, answer);
  report({ kind: 'ready', id: job.jobId, sha1 });
  chat.outbox.drainAll();
  await answer.deriveFiles(80);
}

async function write(name: string, content: string): Promise<void> {
  await writeAtomically(path.join(dataFolder, name), Buffer.from(content));
  report({ kind: 'written', name, content });
}

function writeSynchronously(name: string, content: string): void {
  writeAtomicallySync(path.join(dataFolder, name), content);
  report({ kind: 'written', name, content });
}

function close(chat: TestContext): void {
  chat.outbox.drainAll();
  chat.store.close();
  recordCleanExit(databaseIn(dataFolder).file);
  report({ kind: 'closed' });
}

async function useChat(): Promise<void> {
  start();
  let chat = openChat(dataFolder);
  await makePicture(chat, 'a fox at dawn', 48);
  const question = sendAndReport(chat, 'auto', 'How are you?');
  settleReply(chat, question.id, 'Very well.');
  report({ kind: 'replied', id: question.id, text: 'Very well.' });
  const refused = beginPicture(chat, 'something forbidden');
  settleFailed(chat, refused);
  report({ kind: 'failed', id: refused.jobId });
  close(chat);
  start();
  chat = openChat(dataFolder);
  await makePicture(chat, 'a lake in winter', 32);
  sendAndReport(chat, 'auto', 'Good night.');
}

async function writeFiles(): Promise<void> {
  await write('new/folder/keys.json', 'first '.repeat(300));
  await write('new/folder/keys.json', 'second '.repeat(200));
  await write('window.json', 'one');
  writeSynchronously('rescue.json', 'first '.repeat(300));
  writeSynchronously('rescue.json', 'second');
  writeSynchronously('new/other.json', 'third');
}

function backUp(): void {
  const { file, nativeBinding } = databaseIn(dataFolder);
  const folder = backupFolder(dataFolder);
  const backup = makeBackup({ file, folder, nativeBinding, now: testNow, freeBytes: () => 1e12 });
  if (!backup) throw new Error('There was no room for a backup.');
  const sha1 = createHash('sha1').update(readFileSync(backup.file)).digest('hex');
  report({ kind: 'backup', name: path.basename(backup.file), sha1 });
}

async function rescue(): Promise<void> {
  start();
  const chat = openChat(dataFolder);
  await makePicture(chat, 'a hill after the rescue', 32);
  close(chat);
}

const scenarios: Record<string, () => void | Promise<void>> = {
  chat: useChat,
  files: writeFiles,
  backup: backUp,
  rescue,
};
await scenarios[scenario]?.();
report({ kind: 'finished' });

// Ends the app at a point or at a time, starts it again, and checks that nothing is lost, doubled or left over.
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import SqliteDatabase from 'better-sqlite3';
import { nativeBinding } from '../../electron/main/db/native-binding';
import type {} from '../../renderer/ipc';
import type { FaultPoint } from '../../shared/fault-points';
import { launch, projectRoot, type Running } from '../harness/launch';
import type { GoogleServer } from '../servers/google-server';

export type Fault = { kind: 'point'; point: FaultPoint } | { kind: 'time'; afterMs: number };

export type Trial = {
  dataFolder: string;
  fault: Fault;
  /** Where pictures come from: the painter, or Google's protocol on a loopback server. */
  google: GoogleServer | null;
  prompt: string;
};

/** How long anything may take before it counts as hanging, in milliseconds. */
const patience = 30_000;

/** Runs one trial. @returns what is wrong afterwards, in words; nothing where all is well. */
export async function runTrial({ dataFolder, fault, google, prompt }: Trial): Promise<string[]> {
  const env: Record<string, string> = google
    ? { GEMINI_API_KEY: 'key', GOOGLE_GEMINI_BASE_URL: google.baseUrl }
    : { AFTERIMAGE_PROVIDER: 'painter' };
  const armed = fault.kind === 'point' ? { ...env, AFTERIMAGE_FAULT_POINT: fault.point } : env;
  const doomed = await launch({ dataFolder, env: armed });
  const acknowledged = await sendUntilDeath(doomed, fault, prompt);

  const revived = await launch({ dataFolder, env });
  try {
    await settled(dataFolder);
  } finally {
    await revived.quit();
  }
  return problems(dataFolder, acknowledged, google);
}

/** @returns the ids that were acknowledged before the app died. */
async function sendUntilDeath(running: Running, fault: Fault, prompt: string): Promise<string[]> {
  const died = new Promise<void>((resolve) => {
    running.electron.process().once('exit', () => resolve());
  });
  const sent = send(running.page, prompt).catch(() => []);
  if (fault.kind === 'time') {
    await wait(fault.afterMs);
    await running.kill();
  } else {
    await within(died, `The app did not die at "${fault.point}".`);
    await running.kill();
  }
  return sent;
}

function send(page: Page, prompt: string): Promise<string[]> {
  return page.evaluate(async (text) => {
    const draft = { conversationId: null, text, mode: 'picture', aspectRatio: '1:1', count: 1 } as const;
    const reply = await window.afterimage.request('chat:send', draft);
    return reply.ok ? reply.value.messages.map(({ id }) => id) : [];
  }, prompt);
}

/** Waits until the app that was started again has nothing under way and nothing in its outbox. */
async function settled(dataFolder: string): Promise<void> {
  const until = Date.now() + patience;
  const underWay = `SELECT id FROM messages WHERE status IN ('pending', 'generating', 'streaming')
                    UNION ALL SELECT id FROM outbox`;
  while (read(dataFolder, underWay).length > 0) {
    if (Date.now() > until) throw new Error('Something is still under way after the restart.');
    await wait(25);
  }
}

/** Everything that must hold after a restart. */
function problems(
  dataFolder: string,
  acknowledged: readonly string[],
  google: GoogleServer | null,
): string[] {
  const found: string[] = [];
  const known = new Set(read(dataFolder, 'SELECT id FROM messages').map(({ id }) => String(id)));
  for (const id of acknowledged) if (!known.has(id)) found.push(`acknowledged message ${id} is lost`);

  const pictures = read(
    dataFolder,
    `SELECT m.id, m.status, m.provider, m.image_file AS file, u.file AS kept FROM messages m
     LEFT JOIN user_images u ON u.message_id = m.id WHERE m.kind = 'image'`,
  );
  for (const { id, status, provider, file, kept } of pictures) {
    const isEnded = status === 'ready' || (provider === 'google' && status === 'interrupted');
    if (!isEnded) found.push(`picture ${id} of ${provider} is ${status}`);
    if (status === 'ready' && file !== kept)
      found.push(`picture ${id} is not in the gallery as it is in the chat`);
    if (status === 'ready' && !existsSync(path.join(dataFolder, String(file))))
      found.push(`picture ${id} has no file`);
  }
  if (new Set(pictures.map(({ id }) => id)).size !== pictures.length)
    found.push('a picture is in the gallery twice');

  const files = filesOf(dataFolder).map((file) => path.basename(file));
  for (const { id, status } of pictures) {
    const isKept = files.some((name) => name.startsWith(String(id)));
    if (status !== 'ready' && isKept) found.push(`picture ${id} is ${status} although its bytes are on disk`);
  }
  for (const file of files) {
    if (!known.has(file.slice(0, 36))) found.push(`file ${file} has no row`);
    if (file.endsWith('.part')) found.push(`file ${file} was left half written`);
  }
  const integrity = read(dataFolder, 'PRAGMA integrity_check')[0]?.['integrity_check'];
  if (integrity !== 'ok') found.push(`integrity_check says ${String(integrity)}`);

  const asked = (google?.requests ?? []).map(({ prompt }) => prompt);
  for (const prompt of new Set(asked)) {
    const times = asked.filter((other) => other === prompt).length;
    if (times > 1) found.push(`"${prompt}" was asked for ${times} times`);
  }
  return found;
}

function filesOf(dataFolder: string): string[] {
  const images = path.join(dataFolder, 'images');
  return readdirSync(images, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
}

function read(dataFolder: string, sql: string): Record<string, unknown>[] {
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

async function within(event: Promise<void>, complaint: string): Promise<void> {
  const giveUp = new AbortController();
  const late = wait(patience, undefined, { signal: giveUp.signal }).then(() => {
    throw new Error(complaint);
  });
  try {
    await Promise.race([event, late]);
  } finally {
    giveUp.abort();
    late.catch(() => {});
  }
}

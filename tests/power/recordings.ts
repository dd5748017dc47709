// The recordings that the tests and the long run use, each of a folder that is prepared for it.
import { cpSync } from 'node:fs';
import path from 'node:path';
import { damageFile, zeroBytes } from '../../electron/main/db/test-rescue';
import { databaseIn } from './app-parts';
import { sha1Of } from './find-losses';
import { type Marker, parseMarkers } from './markers';
import type { Recording } from './operations';
import type { Program } from './record';

export const programEntry = 'tests/power/program.ts';

export type Recorded = { recording: Recording; before: Marker[]; damagedSha1: string | null };

export const recordingNames = ['chat', 'files', 'backup', 'rescue'] as const;

export type Recordings = Record<(typeof recordingNames)[number], Recorded>;

/**
 * Records the spine from an empty folder; atomic writes; a backup of the chat's database; and a rescue of that database
 * once it is damaged, with the chat that follows.
 *
 * @param folder an empty one for the recorded folders.
 */
export async function makeRecordings({ run }: Program, folder: string): Promise<Recordings> {
  const dataIn = (name: string): string => path.join(folder, name, 'data');
  const fresh = (recording: Recording): Recorded => ({ recording, before: [], damagedSha1: null });
  const chat = fresh(await run('chat', dataIn('chat')));
  const files = fresh(await run('files', dataIn('files')));

  // The recorded program left its database without closing it, so there is a WAL as after a crash.
  const sent = markersOf(chat.recording);
  cpSync(dataIn('chat'), dataIn('backup'), { recursive: true });
  const backup = { recording: await run('backup', dataIn('backup')), before: sent, damagedSha1: null };

  cpSync(dataIn('backup'), dataIn('rescue'), { recursive: true });
  const { file } = databaseIn(dataIn('rescue'));
  damageFile(file, (bytes) => Buffer.concat([zeroBytes(bytes.subarray(0, 100)), bytes.subarray(100)]));
  const damagedSha1 = sha1Of(file);
  const rescue = { recording: await run('rescue', dataIn('rescue')), before: sent, damagedSha1 };
  return { chat, files, backup, rescue };
}

function markersOf({ operations }: Recording): Marker[] {
  return parseMarkers(
    operations.flatMap((operation) => (operation.kind === 'marker' ? [operation.text] : [])),
  );
}

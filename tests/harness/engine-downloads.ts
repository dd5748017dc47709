// The engine's room with a server of downloads, and what its tests request of it.
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, onTestFinished } from 'vitest';
import type { EngineOptions } from '../../electron/main/engine/create-engine';
import { temporaryFolder } from '../../electron/main/test-support/temporary-folder';
import type { EngineStatus } from '../../shared/domain/engine';
import type { Result } from '../../shared/domain/errors';
import { type DownloadServer, startDownloadServer } from '../servers/downloads';
import { serveCatalogue, type TestCatalogue } from '../servers/engine-catalogue';
import { buildDownloader, openRoom, type TestRoom } from './engine-room';

type DownloadsFixture = {
  server: DownloadServer;
  served: TestCatalogue;
  dataFolder: string;
};

// Filled before each test, so it is never seen empty.
/** The objects of the current test; see `useDownloads`. */
export const fixture = {} as DownloadsFixture;

let downloader: Awaited<ReturnType<typeof buildDownloader>>;

/** Builds the downloader for the tests of a file, and serves a catalogue before each of them. */
export function useDownloads(): void {
  beforeAll(async () => {
    downloader = await buildDownloader();
  });
  afterAll(() => downloader.remove());
  beforeEach(async () => {
    const server = await startDownloadServer();
    const served = await serveCatalogue(server);
    const { folder: dataFolder, remove } = temporaryFolder();
    onTestFinished(remove);
    Object.assign(fixture, { server, served, dataFolder } satisfies DownloadsFixture);
  });
  afterEach(() => fixture.server.close());
}

/** Opens the room as a start of the app does. */
export function open(changes: Partial<EngineOptions> = {}): TestRoom {
  const room = openRoom(fixture.dataFolder, downloader.script, fixture.served.catalogue, changes);
  onTestFinished(room.close);
  return room;
}

type Name = Exclude<keyof TestRoom['handlers'], 'engine:status'>;
type Input = { model?: string; id?: string; url?: string; sha256?: string; role?: string };

export function request(room: TestRoom, name: Name, input: Input = {}): Promise<Result<unknown>> {
  return Reflect.apply(room.handlers[name], null, [input, { sender: null }]);
}

export function download(room: TestRoom, model = 'one'): Promise<Result<unknown>> {
  return request(room, 'engine:download', { model });
}

/** Waits until the status meets a condition. */
export async function until(
  room: TestRoom,
  condition: (status: EngineStatus) => boolean,
): Promise<EngineStatus> {
  await expect.poll(async () => condition(await room.status())).toBe(true);
  return room.status();
}

/** Returns whether an item is installed, and nothing is being downloaded. */
export function isInstalled(id: string): (status: EngineStatus) => boolean {
  return ({ installed, downloads }) => installed.some((item) => item.id === id) && downloads.length === 0;
}

/** Returns the paths of all files in a folder, sorted. */
export function filesIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .toSorted();
}

/** Returns the path of the downloaded part of a file. */
export function partOf(id: string, index = 0): string {
  return path.join(fixture.dataFolder, 'engine', 'partial', id, `${index}.part`);
}

// Pictures on disk that are served as the app serves them.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, expect, onTestFinished } from 'vitest';
import { type PictureFormat, pictureFile, thumbnailOf } from '../../../shared/domain/picture-files';
import { temporaryFolder } from '../test-support/temporary-folder';
import { serveImages } from './image-protocol';
import { asResponse } from './test-response';

/** The one picture, and its file. */
export const id = '01930000-0000-7000-8000-0000000000ab';
export const file = pictureFile(id, 'png');
export const immutable = 'public, max-age=31536000, immutable';

export type Arrival = { requestId: string; format: PictureFormat };

type ImagesFixture = {
  dataFolder: string;
  /** Every id that was looked up. */
  lookedUp: string[];
  arrivals: Map<string, Arrival | Promise<Arrival | undefined>>;
  serve: ReturnType<typeof serveImages>;
};

// Filled before each test, so it is never seen empty.
/** The objects of the current test; see `useServedImages`. */
export const fixture = {} as ImagesFixture;

/** Writes the picture with its thumbnails, and secrets beside them, before each test of a file. */
export function useServedImages(): void {
  beforeEach(() => {
    const { folder, remove } = temporaryFolder();
    onTestFinished(remove);
    const dataFolder = path.join(folder, 'data');
    mkdirSync(path.join(dataFolder, path.dirname(file)), { recursive: true });
    writeFileSync(path.join(dataFolder, file), 'the picture');
    writeFileSync(path.join(dataFolder, thumbnailOf(file)), 'the thumbnail');
    writeFileSync(path.join(dataFolder, thumbnailOf(file, 256)), 'the small one');
    writeFileSync(path.join(folder, 'secret.png'), 'secret');
    writeFileSync(path.join(dataFolder, 'afterimage.db'), 'secret');
    const lookedUp: string[] = [];
    const arrivals: ImagesFixture['arrivals'] = new Map();
    const serve = serveImages(dataFolder, {
      fileOf(imageId) {
        lookedUp.push(imageId);
        return imageId === id ? file : undefined;
      },
      arrivalOf: (imageId) => arrivals.get(imageId),
    });
    Object.assign(fixture, { dataFolder, lookedUp, arrivals, serve } satisfies ImagesFixture);
  });
}

export async function get(
  address: string,
  headers: Record<string, string> = {},
  method = 'GET',
): Promise<Response> {
  return asResponse(await fixture.serve(new URL(address), { method, headers }));
}

export const plainGet = { method: 'GET', headers: {} };

export async function expectNotFound(response: Response): Promise<void> {
  expect(response.status).toBe(404);
  expect(await response.text()).toBe('Not found');
  expect(response.headers.get('cache-control')).toBeNull();
}

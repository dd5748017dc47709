import { rmSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { fingerprintBytes } from '../../../shared/domain/fingerprints';
import { pictureFile, thumbnailOf } from '../../../shared/domain/picture-files';
import { temporaryFolder } from '../../main/test-support/temporary-folder';
import { pictureId, sample } from '../pipeline/test-pictures';
import { storeArrived } from '../pipeline/test-storing';
import { performCodecTask } from './perform-task';

const png = pictureFile(pictureId, 'png');

let dataFolder: string;

beforeEach(async () => {
  const { folder, remove } = temporaryFolder();
  onTestFinished(remove);
  dataFolder = folder;
  const stored = await storeArrived(dataFolder, sample(300, 200).toBuffer('image/png'));
  if (!stored.ok) throw new Error(stored.message);
  await stored.value.deriveFiles(90);
});

const at = (file: string) => path.join(dataFolder, file);
const thumbnail = () => at(thumbnailOf(png, 256));
const fingerprint = () => performCodecTask({ kind: 'fingerprint', dataFolder, file: png });

test.each([
  ['missing', () => rmSync(thumbnail())],
  ['empty', () => truncateSync(thumbnail(), 0)],
  ['cut off', () => truncateSync(thumbnail(), 40)],
  ['no picture', () => writeFileSync(thumbnail(), 'no picture')],
])('computes the fingerprint from the picture itself if its thumbnail is %s', async (_name, damage) => {
  vi.spyOn(console, 'error').mockImplementation(() => {});
  damage();
  expect(await fingerprint()).toHaveLength(fingerprintBytes);
});

test('returns no fingerprint for a picture that cannot be opened', async () => {
  truncateSync(thumbnail(), 0);
  rmSync(at(png));
  expect(await fingerprint()).toBeNull();
});

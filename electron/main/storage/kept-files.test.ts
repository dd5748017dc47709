import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { factsOf, keptFile } from '../../../shared/domain/picture-files';
import { arrival } from '../../generator/pipeline/test-storing';
import { temporaryFolder } from '../test-support/temporary-folder';
import { extensionOf, findKept, saveKept } from './kept-files';

const jobId = '01930000-0000-7000-8000-0000000000ab';
let folder: string;

beforeEach(() => {
  const temporary = temporaryFolder();
  onTestFinished(temporary.remove);
  folder = temporary.folder;
});

function keep(requestId: string, bytes: Uint8Array, changes: Partial<typeof arrival> = {}): void {
  mkdirSync(path.join(folder, 'kept'), { recursive: true });
  const facts = { ...arrival, requestId, jobId, ...changes };
  writeFileSync(path.join(folder, factsOf(keptFile(requestId))), JSON.stringify(facts));
  writeFileSync(path.join(folder, keptFile(requestId)), bytes);
}

const id = (number: number) => `01930000-0000-7000-8000-00000000ff0${number}`;

test('finds what the latest request of a message has brought, whatever the clock said', async () => {
  keep(id(1), Buffer.from('BM...'), { arrivedAt: 9 });
  keep(id(2), Buffer.from('II*\0...'), { arrivedAt: 1 });
  keep(id(4), Buffer.from('...'), { arrivedAt: 9, jobId: null });
  writeFileSync(path.join(folder, factsOf(keptFile(id(5)))), '{');
  const tiff = { file: path.join(folder, keptFile(id(2))), name: 'Afterimage picture.tiff' };
  expect(await findKept(folder, jobId, [id(5), id(3), id(2), id(1)])).toEqual(tiff);
});

test('finds a prefetch that the message has taken over, and what the ledger does not know', async () => {
  keep(id(4), Buffer.from('BM'), { jobId: null });
  expect(await findKept(folder, jobId, [])).toBeNull();
  expect(await findKept(folder, jobId, [id(4)])).toMatchObject({ name: 'Afterimage picture.bmp' });
  keep(id(6), Buffer.from('II*\0...'), {});
  expect(await findKept(folder, jobId, [])).toMatchObject({ name: 'Afterimage picture.tiff' });
});

test('finds nothing for another message, without a folder, or without the bytes', async () => {
  expect(await findKept(folder, jobId, [])).toBeNull();
  keep(id(1), Buffer.from('BM'), { jobId: id(9) });
  mkdirSync(path.join(folder, 'kept'), { recursive: true });
  writeFileSync(
    path.join(folder, factsOf(keptFile(id(2)))),
    JSON.stringify({ ...arrival, requestId: id(2), jobId }),
  );
  expect(await findKept(folder, jobId, [])).toBeNull();
});

test.each([
  ['\x89PNG\r\n\x1a\n', 'text/html', '.png'],
  ['BM', null, '.bmp'],
  ['MM\0*', null, '.tiff'],
  ['unknown', 'image/heic', '.heic'],
  ['unknown', 'Image/JPEG; charset=binary', '.jpg'],
  ['unknown', 'constructor', '.bin'],
  ['unknown', '../../x', '.bin'],
  ['unknown', null, '.bin'],
  ['', null, '.bin'],
])('bytes %j declared as %s get the extension %s', (text, mimeType, extension) => {
  expect(extensionOf(Buffer.from(text, 'latin1'), mimeType)).toBe(extension);
});

test('copies the bytes and leaves them', async () => {
  keep(id(1), Buffer.from('BM...'));
  const file = path.join(folder, keptFile(id(1)));
  const target = path.join(folder, 'copy.bmp');
  expect(await saveKept(file, target)).toEqual({ ok: true, value: { path: target } });
  expect(readFileSync(target)).toEqual(readFileSync(file));
});

test('says that a copy could not be written', async () => {
  vi.spyOn(console, 'error').mockImplementation(() => {});
  onTestFinished(() => void vi.restoreAllMocks());
  keep(id(1), Buffer.from('BM...'));
  const file = path.join(folder, keptFile(id(1)));
  const target = path.join(folder, 'missing', 'copy.bmp');
  expect(await saveKept(file, target)).toMatchObject({ ok: false, code: 'copy_not_saved' });
});

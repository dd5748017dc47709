// Failures of downloads of engines and models: each is caused by a loopback server, through the downloader's own code.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { ZipFile } from 'yazl';
import { fetchItem } from '../../electron/generator/downloader/fetch-item';
import { checkModelFile } from '../../electron/main/engine/model-file';
import { readOwnAddress } from '../../electron/main/engine/own-models';
import { type ErrorCode, failure, type Result } from '../../shared/domain/errors';
import type { FetchTask, WantedFile } from '../../shared/generator/downloader-messages';
import { type DownloadFault, type DownloadServer, sha256Of, startDownloadServer } from '../servers/downloads';

export type DownloadCase = {
  situation: string;
  code: ErrorCode;
  /** How it goes on, as in the table. */
  afterwards: string;
  play: () => Promise<Result<unknown>>;
};

const content = Buffer.alloc(100_000, 'weights');
const retry = 'Try again continues it';
const anew = 'Try again begins it anew';
const byItself = 'continues by itself after a minute, or at the next start';

type Play = {
  fault?: DownloadFault;
  file?: Partial<WantedFile>;
  task?: Partial<FetchTask>;
  minFreeBytes?: number;
  /** Prepares the folder of the task. */
  prepare?: (folder: string) => void;
  /** The bytes that the server has instead of the weights. */
  serves?: () => Promise<Buffer>;
  isClosed?: boolean;
};

async function play(options: Play): Promise<Result<unknown>> {
  const server = await startDownloadServer();
  const folder = mkdtempSync(path.join(tmpdir(), 'afterimage-failures-'));
  try {
    return await playIn(folder, server, options);
  } finally {
    if (!options.isClosed) await server.close();
    rmSync(folder, { recursive: true });
  }
}

async function playIn(folder: string, server: DownloadServer, options: Play): Promise<Result<unknown>> {
  const bytes = options.serves ? await options.serves() : content;
  const url = server.serve('/file', bytes);
  if (options.fault) server.failAlways('/file', options.fault);
  if (options.isClosed) await server.close();
  options.prepare?.(folder);
  const file = { name: 'file', urls: [url], bytes: bytes.length, sha256: sha256Of(bytes) };
  const task: FetchTask = {
    task: 1,
    partialFolder: path.join(folder, 'partial'),
    folder: path.join(folder, 'models', 'x'),
    files: [{ ...file, unpack: null, copies: [], ...options.file }],
    executable: null,
    allowLoopback: true,
    ...options.task,
  };
  const timing = { stallMs: 200, pausesMs: [0, 1], minFreeBytes: options.minFreeBytes ?? 0 };
  return fetchItem(task, { signal: new AbortController().signal, timing, onProgress: () => {} });
}

async function zipWith(name: string, mode: number): Promise<Buffer> {
  const archive = new ZipFile();
  archive.addBuffer(Buffer.from('x'), name, { mode });
  archive.end();
  return buffer(archive.outputStream);
}

const failed = (situation: string, code: ErrorCode, afterwards: string, options: Play): DownloadCase => ({
  situation,
  code,
  afterwards,
  play: () => play(options),
});
const answered = (status: number, code: ErrorCode): DownloadCase =>
  failed(`${status}`, code, retry, { fault: { kind: 'status', status } });
const redirected = (to: string): DownloadCase =>
  failed(`A redirect to ${to}`, 'engine_unsafe_address', retry, { fault: { kind: 'redirect', to } });

export const downloadFailures: readonly DownloadCase[] = [
  failed('No server at the address', 'engine_unreachable', byItself, { isClosed: true }),
  failed('The connection breaks again and again', 'engine_connection_lost', byItself, {
    fault: { kind: 'cut', afterBytes: 0 },
  }),
  failed('Nothing more arrives', 'engine_connection_lost', byItself, {
    fault: { kind: 'stall', afterBytes: 0 },
  }),
  answered(401, 'engine_server_refused'),
  answered(403, 'engine_server_refused'),
  answered(404, 'engine_file_gone'),
  answered(410, 'engine_file_gone'),
  answered(429, 'engine_server_refused'),
  answered(500, 'engine_server_refused'),
  answered(503, 'engine_server_refused'),
  redirected('http://example.com/file'),
  redirected('https://192.168.1.1/file'),
  failed('Other bytes', 'engine_wrong_hash', anew, { fault: { kind: 'tamper' } }),
  failed('A file of another size', 'engine_wrong_hash', anew, { file: { bytes: 99 } }),
  failed('A body that does not end', 'engine_wrong_hash', anew, { fault: { kind: 'too-long' } }),
  failed('An archive that is none', 'engine_bad_archive', anew, { file: { unpack: 'zip' } }),
  failed('An archive with a link', 'engine_bad_archive', anew, {
    file: { unpack: 'zip' },
    serves: () => zipWith('sd-server', 0o120777),
  }),
  failed('An archive without the program', 'engine_bad_archive', anew, {
    file: { unpack: 'zip' },
    serves: () => zipWith('another', 0o100755),
    task: { executable: 'sd-server' },
  }),
  failed(
    'The disk is nearly full',
    'engine_disk_full',
    'pauses, and continues by itself when there is room',
    {
      minFreeBytes: Number.MAX_SAFE_INTEGER,
    },
  ),
  failed('The data folder cannot be written', 'engine_not_stored', retry, {
    prepare: (folder) => writeFileSync(path.join(folder, 'partial'), 'a file in the place of the folder'),
  }),
  {
    situation: 'A model’s address in the local network',
    code: 'not_a_model_address',
    afterwards: 'nothing begins',
    play: async () =>
      readOwnAddress({ url: 'https://nas.local/m.gguf', sha256: 'a'.repeat(64), role: 'model' }, false),
  },
  {
    situation: 'A chosen file that is no model',
    code: 'not_a_model',
    afterwards: 'nothing is added',
    play: async () => {
      const folder = mkdtempSync(path.join(tmpdir(), 'afterimage-failures-'));
      mkdirSync(path.join(folder, 'model.gguf'));
      const checked = await checkModelFile(path.join(folder, 'model.gguf'));
      rmSync(folder, { recursive: true });
      return checked.ok ? failure('internal') : checked;
    },
  },
];

// A catalogue whose engine and models come from a loopback server.
import { randomBytes } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { ZipFile } from 'yazl';
import type { EngineCatalogue } from '../../shared/domain/engine-catalogue';
import { type DownloadServer, sha256Of } from './downloads';
import { sdServerScript } from './sd-server';

const licence = { name: 'MIT', url: 'https://spdx.org/licenses/MIT.html' };

/** Sizes of the files in the test catalogue, in bytes. */
export const modelBytes = 800_000;

export type TestCatalogue = Awaited<ReturnType<typeof serveCatalogue>>;

/** Serves an engine, which is the strict sd-server, and two models, which share an encoder. */
export async function serveCatalogue(server: DownloadServer) {
  const archive = new ZipFile();
  const unpacked = [Buffer.from(sdServerScript()), Buffer.from('library')] as const;
  archive.addBuffer(unpacked[0], 'sd-server', { mode: 0o100755 });
  archive.addBuffer(unpacked[1], 'lib/libsd.so', { mode: 0o100644 });
  archive.end();
  const engine = await buffer(archive.outputStream);
  const weights = randomBytes(modelBytes);
  const encoder = randomBytes(300_000);
  const file = (name: string, bytes: Buffer) => ({
    name,
    urls: [server.serve(`/${name}`, bytes)],
    bytes: bytes.length,
    sha256: sha256Of(bytes),
  });
  const model = {
    goodAt: 'Everything.',
    licence,
    source: 'https://example.com/model',
    isVerified: true,
    memoryBytes: 4e9,
    videoMemoryBytes: 3e9,
    teraflopPerPicture: 8,
    edits: false,
    defaults: { steps: 4, guidance: 1, side: 512 },
    arguments: [],
  };
  const catalogue: EngineCatalogue = {
    version: 1,
    engines: [
      {
        id: 'test-engine',
        label: 'Test engine',
        version: '1',
        platform: 'linux',
        arch: 'x64',
        backend: 'cpu',
        licence,
        source: 'https://example.com/engine',
        isVerified: true,
        files: [{ ...file('engine.zip', engine), unpack: 'zip' }],
        executable: 'sd-server',
      },
    ],
    models: [
      {
        ...model,
        id: 'one',
        label: 'Model one',
        files: [
          { ...file('one.gguf', weights), role: 'diffusion-model' },
          { ...file('encoder.gguf', encoder), role: 'llm' },
        ],
      },
      {
        ...model,
        id: 'two',
        label: 'Model two',
        files: [
          { ...file('two.gguf', randomBytes(200_000)), role: 'diffusion-model' },
          { ...file('encoder.gguf', encoder), role: 'llm' },
        ],
      },
    ],
  };
  return {
    catalogue,
    weights,
    engine,
    /** The files that a download of the first model transfers and installs. */
    files: [
      { path: '/engine.zip', bytes: engine, unpacked: [...unpacked] },
      { path: '/one.gguf', bytes: weights, unpacked: [weights] },
      { path: '/encoder.gguf', bytes: encoder, unpacked: [encoder] },
    ],
  };
}

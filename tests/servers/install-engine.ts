// Installs the strict sd-server and a model in a data folder, as a download would.
import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { createSdServer } from './sd-server';

type Program = ReturnType<typeof createSdServer>;

/** Installs an engine and a model. @param weightBytes the model's bytes. */
export function installEngine(
  dataFolder: string,
  { executable }: Pick<Program, 'executable'>,
  weightBytes = Buffer.from('weights'),
): void {
  const folder = path.join(dataFolder, 'engine');
  const files = [
    { from: executable, to: path.join(folder, 'builds', 'test-build', 'sd-server') },
    { from: null, to: path.join(folder, 'models', 'test-model', 'weights.gguf') },
  ];
  const [program, weights] = files.map(({ from, to }) => {
    mkdirSync(path.dirname(to), { recursive: true });
    if (from === null) writeFileSync(to, weightBytes);
    else copyFileSync(from, to);
    const bytes = readFileSync(to);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    return { path: path.basename(to), bytes: bytes.length, sha256 };
  });
  const common = { installedAt: 1, lastUsedAt: null };
  writeFileSync(
    path.join(folder, 'items.json'),
    JSON.stringify({
      version: 1,
      items: [
        {
          ...{ kind: 'engine', id: 'test-build', label: 'Test engine', version: '1', ...common },
          ...{ platform: process.platform, arch: process.arch, backend: 'cpu', executable: 'sd-server' },
          files: [{ ...program, role: null }],
        },
        {
          ...{ kind: 'model', id: 'test-model', label: 'Test model', ...common, isOwn: false },
          ...{ goodAt: 'Tests.', edits: false, arguments: [], memoryBytes: 1, videoMemoryBytes: 1 },
          ...{ teraflopPerPicture: 1, defaults: { steps: 4, guidance: 1, side: 256 } },
          files: [{ ...weights, role: 'diffusion-model' }],
        },
      ],
    }),
  );
}

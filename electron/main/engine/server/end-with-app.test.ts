import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { isAlive } from '../../../../tests/servers/sd-server';
import { temporaryFolder } from '../../test-support/temporary-folder';
import { endWithApp } from './end-with-app';

let temporary: ReturnType<typeof temporaryFolder>;

beforeEach(() => {
  temporary = temporaryFolder();
});

afterEach(() => temporary.remove());

/** Starts a small app that starts a server, and kills the app. @returns the server's process id. */
async function killApp(platform: string, isHelpKnown: boolean): Promise<number> {
  const { folder } = temporary;
  const entry = path.join(folder, 'app.mjs');
  writeFileSync(
    entry,
    `import { endWithApp } from ${JSON.stringify(fileURLToPath(new URL('./end-with-app.ts', import.meta.url)))};
    import { spawn } from 'node:child_process';
    const { wrap, watch } = await endWithApp(${JSON.stringify(platform)}${isHelpKnown ? '' : ", async () => ''"});
    const { command, args } = wrap(process.execPath, ['-e', 'console.log("started"); setInterval(() => {}, 1e6)']);
    const server = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'], detached: true });
    watch(server.pid);
    server.stdout.once('data', () => console.log(server.pid));
    setInterval(() => {}, 1e6);`,
  );
  await build({
    logLevel: 'silent',
    build: {
      ssr: entry,
      outDir: path.join(folder, 'out'),
      rollupOptions: { output: { entryFileNames: 'app.mjs' } },
    },
  });
  const app = spawn(process.execPath, [path.join(folder, 'out', 'app.mjs')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await once(app.stdout, 'data');
  const server = Number(String(line));
  expect(isAlive(server)).toBe(true);
  app.kill('SIGKILL');
  return server;
}

describe('a server ends by itself when the app is killed', () => {
  test.each([
    ['by the kernel', 'linux', true],
    ['by a shell that holds a pipe, where the kernel cannot', 'linux', false],
    ['by a shell that holds a pipe, on macOS', 'darwin', true],
  ] as const)('%s', async (_how, platform, isHelpKnown) => {
    const server = await killApp(platform, isHelpKnown);
    await expect.poll(() => isAlive(server)).toBe(false);
  });
});

test('the watch of a server that has ended ends too, and a later process with its id is left alone', async () => {
  const { watch } = await endWithApp('darwin');
  const server = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1e6)']);
  const endWatch = watch(server.pid ?? 0);
  endWatch();
  expect(isAlive(server.pid ?? 0)).toBe(true);
  server.kill('SIGKILL');
  await once(server, 'exit');
});

test('on Windows the command line is as it was given', async () => {
  const { wrap } = await endWithApp('win32');
  expect(wrap('C:\\e\\sd-server.exe', ['--model', 'C:\\m.gguf'])).toEqual({
    command: 'C:\\e\\sd-server.exe',
    args: ['--model', 'C:\\m.gguf'],
  });
});

import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { loggedPart, progressOf, watchOutput } from './server-output';

test.each([
  ['[INFO ] main.cpp:253  - listening on: 127.0.0.1:40123', 'INFO: listening on: 127.0.0.1:40123'],
  [
    '[INFO ] stable-diffusion.cpp:750  - total params memory size = 7014.25MB (VRAM 7014.25MB, RAM 0.00MB)',
    'INFO: total params memory size = 7014.25MB (VRAM 7014.25MB, RAM 0.00MB)',
  ],
  [
    '[INFO ] stable-diffusion.cpp:9  - sampling completed, taking 12.30s',
    'INFO: sampling completed, taking 12.30s',
  ],
  [
    'ggml_vulkan: 0 = AMD Radeon (RADV NAVI33) | uma: 0',
    'ggml_vulkan: 0 = AMD Radeon (RADV NAVI33) | uma: 0',
  ],
])('logs %s', (line, logged) => {
  expect(loggedPart(line)).toBe(logged);
});

test.each([
  '[DEBUG] stable-diffusion.cpp:1234 - prompt: a secret fox',
  '[INFO ] stable-diffusion.cpp:1234 - parse \'a secret fox\' to [["a secret fox", 1], ]',
  "[INFO ] stable-diffusion.cpp:201  - loading model from '/home/somebody/model.gguf'",
  '[INFO ] main.cpp:253  - listening on: 127.0.0.1:40123 for a secret fox',
  '[INFO ] main.cpp:253  - sampling using Euler method, a secret fox, method',
  '[ERROR] main.cpp:1 - invalid json: {"prompt":"a secret fox"}',
  'a secret fox',
  'listening on: 127.0.0.1:1',
  'ggml_vulkan: "a secret fox"',
  '',
])('does not log %j', (line) => {
  expect(loggedPart(line)).toBeNull();
});

test('reads the steps of a progress bar', () => {
  expect(progressOf('  |=====>    | 3/20 - 1.25s/it\u001b[K')).toEqual({
    step: 3,
    steps: 20,
    secondsPerStep: 1.25,
  });
  expect(progressOf('  |==========| 20/20 - 4.00it/s')).toMatchObject({ step: 20, secondsPerStep: 0.25 });
  expect(progressOf('  |==========| 20/20 - 0.00it/s')).toMatchObject({ step: 20, secondsPerStep: 0 });
  expect(progressOf('  |==========| 300/1130 - 2.0GB/s')).toBeNull();
  expect(progressOf('paint 3/20 of a fox')).toBeNull();
});

test('reports each bar as it is drawn, once, however the output is cut', () => {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const steps: number[] = [];
  watchOutput({ stdout, stderr }, { log: () => {}, progress: ({ step }) => void steps.push(step) });
  const bar = (step: number) => `\r  |==>  | ${step}/3 - 9.50s/it\u001b[K`;
  stdout.emit('data', Buffer.from(bar(1)));
  // It has no end of line yet, and the next one may be minutes away.
  expect(steps).toEqual([1]);
  for (const piece of [bar(2).slice(0, 9), bar(2).slice(9), `${bar(2)}${bar(3)}\n`, 'sampling completed'])
    stdout.emit('data', Buffer.from(piece));
  expect(steps).toEqual([1, 2, 3]);
  // The next picture has as many steps.
  stdout.emit('data', Buffer.from(bar(1)));
  expect(steps).toEqual([1, 2, 3, 1]);
});

test.each([
  ['ggml_cuda: cudaMalloc failed: out of memory', true, null],
  ['ggml_backend_cpu_buffer_type_alloc_buffer: failed to allocate buffer of size 8589934592', true, null],
  [
    '/opt/sd-server: error while loading shared libraries: libcudart.so.12: cannot open',
    false,
    'libcudart.so.12',
  ],
  ['dyld[123]: Library not loaded: @rpath/libstable-diffusion.dylib', false, 'libstable-diffusion.dylib'],
  ['[INFO ] main.cpp:1 - listening on: 127.0.0.1:1', false, null],
])('finds in %j why a server ends', async (line, ranOutOfMemory, missingLibrary) => {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const output = watchOutput({ stdout, stderr }, { log: () => {}, progress: () => {} });
  stderr.end(`${line}\n`);
  stdout.end();
  await expect.poll(output.signs).toEqual({ ranOutOfMemory, missingLibrary });
});

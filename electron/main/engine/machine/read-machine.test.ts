import { describe, expect, test } from 'vitest';
import { cardMakers, readNvidiaCard } from './graphics-cards';
import { readMachine, type SystemFacts } from './read-machine';
import { runProgram, systemFacts } from './system-facts';
import { vulkanLoaders } from './vulkan';

const nvidia = 'NVIDIA GeForce RTX 4070, 12282, 551.61\n';
const gpuOf = (...vendorIds: number[]) => ({
  gpuDevice: vendorIds.map((vendorId) => ({ active: false, vendorId, deviceId: 1 })),
});

/** A computer without graphics; each test adds what it is about. */
function facts(
  changes: Partial<SystemFacts> & { files?: Record<string, string>; smi?: string },
): SystemFacts {
  const { files = {}, smi, ...others } = changes;
  return {
    platform: 'linux',
    arch: 'x64',
    memoryBytes: 32e9,
    cores: 8,
    glibc: '2.39',
    variables: {},
    gpuInfo: async () => gpuOf(),
    run: async () => smi ?? null,
    exists: async (file) => Object.hasOwn(files, file),
    list: async (folder) => [
      ...new Set(
        Object.keys(files)
          .filter((file) => file.startsWith(`${folder}/`))
          .map((file) => file.slice(folder.length + 1).split('/')[0] ?? ''),
      ),
    ],
    readText: async (file) => files[file] ?? null,
    freeDiskBytes: async () => 50e9,
    ...others,
  };
}

const linuxVulkan = { '/usr/lib/x86_64-linux-gnu/libvulkan.so.1': '' };
const windowsVulkan = { 'C:\\Windows\\System32\\vulkan-1.dll': '' };

describe('the graphics', () => {
  test.each([
    ['none', facts({ files: linuxVulkan }), null],
    [
      'an NVIDIA card on Linux',
      facts({ smi: nvidia, files: linuxVulkan }),
      {
        name: 'NVIDIA GeForce RTX 4070',
        backends: ['cuda', 'vulkan'],
        memoryBytes: 12282 * 1024 ** 2,
        isIntegrated: false,
      },
    ],
    [
      'an NVIDIA card with an old driver',
      facts({ smi: 'Tesla K80, 11441, 470.82.01', files: linuxVulkan }),
      { name: 'Tesla K80', backends: ['vulkan'], memoryBytes: 11441 * 1024 ** 2, isIntegrated: false },
    ],
    [
      'an NVIDIA card with a driver that is too old on Windows, though not on Linux',
      facts({ platform: 'win32', smi: 'T4, 15360, 550.90', files: windowsVulkan }),
      { name: 'T4', backends: ['vulkan'], memoryBytes: 15360 * 1024 ** 2, isIntegrated: false },
    ],
    ['an NVIDIA card that nothing can use', facts({ smi: 'K80, 11441, 470.82' }), null],
    [
      'an AMD card on Linux',
      facts({
        gpuInfo: async () => gpuOf(0x8086, 0x1002),
        files: {
          ...linuxVulkan,
          '/sys/class/drm/card0/device/mem_info_vram_total': '536870912\n',
          '/sys/class/drm/card1/device/mem_info_vram_total': '17163091968\n',
          '/sys/class/drm/card1-DP-1/device/mem_info_vram_total': '99999999999999\n',
        },
      }),
      { name: 'AMD graphics', backends: ['vulkan'], memoryBytes: 17163091968, isIntegrated: false },
    ],
    [
      'an AMD card on Windows, whose memory is unknown',
      facts({ platform: 'win32', gpuInfo: async () => gpuOf(0x1002), files: windowsVulkan }),
      { name: 'AMD graphics', backends: ['vulkan'], memoryBytes: null, isIntegrated: false },
    ],
    [
      'an AMD processor with graphics of its own',
      facts({
        gpuInfo: async () => gpuOf(0x1002),
        files: { ...linuxVulkan, '/sys/class/drm/card0/device/mem_info_vram_total': '536870912' },
      }),
      { name: 'AMD graphics', backends: ['vulkan'], memoryBytes: null, isIntegrated: true },
    ],
    [
      'an Intel processor',
      facts({ gpuInfo: async () => gpuOf(0x8086), files: linuxVulkan }),
      { name: 'Intel graphics', backends: ['vulkan'], memoryBytes: null, isIntegrated: true },
    ],
    ['a card without the Vulkan loader', facts({ gpuInfo: async () => gpuOf(0x1002) }), null],
    ['a virtual card', facts({ gpuInfo: async () => gpuOf(0x1af4, 0x15ad), files: linuxVulkan }), null],
    ['an answer of another form', facts({ gpuInfo: async () => 'no', files: linuxVulkan }), null],
    [
      'Apple silicon',
      facts({ platform: 'darwin', arch: 'arm64', memoryBytes: 16e9 }),
      { name: 'Apple graphics', backends: ['metal'], memoryBytes: 12e9, isIntegrated: false },
    ],
    ['an Intel Mac', facts({ platform: 'darwin', gpuInfo: async () => gpuOf(0x1002) }), null],
  ] as const)('of a computer: %s', async (_what, computer, expected) => {
    expect((await readMachine(computer)).graphics).toEqual(expected);
  });
});

test('asks for nvidia-smi by its full path on Windows, where the current folder comes first', async () => {
  const programs: string[] = [];
  const run = async (program: string) => {
    programs.push(program);
    return null;
  };
  await readMachine(facts({ platform: 'win32', variables: { SystemRoot: 'D:\\Win' }, run }));
  await readMachine(facts({ run }));
  expect(programs).toEqual(['D:\\Win\\System32\\nvidia-smi.exe', 'nvidia-smi']);
});

test('takes the NVIDIA card with the most memory, and nothing that is no card', () => {
  expect(readNvidiaCard('A, 4096, 551.1\r\nB, 8192, 551.1\r\n')?.name).toBe('B');
  for (const text of ['', 'No devices were found', 'A, [N/A], 551.1', 'A, 4096', ', 4096, 551.1']) {
    expect(readNvidiaCard(text)).toBeNull();
  }
});

test('names each maker once, the fastest first', () => {
  expect(cardMakers(gpuOf(0x8086, 0x10de, 0x8086))).toEqual(['NVIDIA', 'Intel']);
});

test('knows where the Vulkan loader is on each system', () => {
  const places = (platform: NodeJS.Platform, arch = 'x64') =>
    vulkanLoaders({ platform, arch, variables: {} });
  expect(places('linux', 'arm64')[0]).toBe('/usr/lib/aarch64-linux-gnu/libvulkan.so.1');
  expect(places('win32')).toEqual(['C:\\Windows\\System32\\vulkan-1.dll']);
  expect(places('darwin')).toEqual([]);
});

describe('this computer', () => {
  test('answers every question, and a missing card or folder is no error', async () => {
    const failing = async () => {
      throw new Error('The GPU process has crashed.');
    };
    const machine = await readMachine(systemFacts('/no/such/folder', failing));
    expect(machine).toMatchObject({ platform: process.platform, arch: process.arch, freeDiskBytes: null });
    expect(machine.memoryBytes).toBeGreaterThan(100e6);
    expect(machine.cores).toBeGreaterThan(0);
    if (process.platform === 'linux') expect(machine.glibc).toMatch(/^\d+\.\d+/);
  });

  test('ends a program that hangs, and one that prints too much', async () => {
    const start = performance.now();
    expect(await runProgram(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], 200)).toBeNull();
    expect(performance.now() - start).toBeLessThan(60_000);
    expect(await runProgram(process.execPath, ['-e', 'console.log("x".repeat(1e6))'])).toBeNull();
    expect(await runProgram('/no/such/program', [])).toBeNull();
    expect(await runProgram(process.execPath, ['-e', 'process.stdout.write("fine")'], 60_000)).toBe('fine');
  });
});

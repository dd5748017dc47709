// Starts the built app as a user's machine would, on a data folder of its own, and ends all of it again.
import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { _electron, type ElectronApplication, type Page } from '@playwright/test';

/** Tests and benchmark are run from the project's root; this file may run from a bundle. */
export const projectRoot = process.cwd();

export type LaunchOptions = {
  dataFolder: string;
  /** Over the environment; undefined takes a variable away. */
  env?: Record<string, string | undefined>;
  args?: string[];
  /** The main bundle to run, relative to the project, where it is not the app's own. */
  main?: string;
};

export type Running = {
  electron: ElectronApplication;
  page: Page;
  /** What the app wrote to its standard output and error so far. */
  output: () => string;
  /** Ends it as a user would. */
  quit: () => Promise<void>;
  /** Ends it as a power cut would: every process, at once, by its id. */
  kill: () => Promise<void>;
};

/** @returns the running app once its window shows the composer. */
export async function launch({
  dataFolder,
  env = {},
  args = [],
  main = '.',
}: LaunchOptions): Promise<Running> {
  const start = electronCommand({ dataFolder, env, args, main });
  const electron = await _electron.launch({
    executablePath: start.command,
    args: start.args,
    // Playwright would switch the sandbox off by itself.
    chromiumSandbox: !start.args.includes('--no-sandbox'),
    colorScheme: null,
    env: start.env,
  });
  let output = '';
  const child = electron.process();
  child.stdout?.on('data', (data: Buffer) => {
    output += data.toString();
  });
  child.stderr?.on('data', (data: Buffer) => {
    output += data.toString();
  });
  const exited = new Promise<void>((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) resolve();
    else child.once('exit', () => resolve());
  });
  const page = await electron.firstWindow();
  await page.getByRole('textbox', { name: 'Message' }).waitFor();

  return {
    electron,
    page,
    output: () => output,
    async quit() {
      const family = descendants(child.pid);
      await electron.close();
      await exited;
      endLeftovers(family);
    },
    async kill() {
      const family = descendants(child.pid);
      child.kill('SIGKILL');
      await exited;
      endLeftovers(family);
    },
  };
}

/** @returns how the built app is started, for whoever does it without Playwright. */
export function electronCommand({ dataFolder, env = {}, args = [], main = '.' }: LaunchOptions) {
  const command = process.env['AFTERIMAGE_ELECTRON'] ?? installedElectron();
  const electronArgs = (process.env['AFTERIMAGE_ELECTRON_ARGS'] ?? defaultArgs()).split(' ').filter(Boolean);
  return {
    command,
    // A packaged app is told of no folder: it has its own.
    args: [...electronArgs, ...args, ...(isPackaged() ? [] : [path.join(projectRoot, main)])],
    env: environment(dataFolder, env),
  };
}

/** Returns the executable of the `electron` package, for a test run without our scripts. It downloads it if needed. */
function installedElectron(): string {
  const executable: unknown = createRequire(path.join(projectRoot, 'package.json'))('electron');
  if (typeof executable !== 'string') throw new Error('The electron package did not name its executable.');
  return executable;
}

/** Chromium's sandbox refuses to run as root. */
function defaultArgs(): string {
  return process.getuid?.() === 0 ? '--no-sandbox' : '';
}

/** Starts the app once more on the same folder, as a system does that opens a link. @returns its exit code. */
export function startAgain(dataFolder: string, args: string[]): Promise<number | null> {
  const { command, args: usual, env } = electronCommand({ dataFolder });
  const child = spawn(command, [...usual, ...args], { env, stdio: 'ignore' });
  return new Promise((resolve, reject) => child.once('error', reject).once('exit', resolve));
}

function isPackaged(): boolean {
  return process.env['AFTERIMAGE_PACKAGED'] !== undefined;
}

/** @returns the folder of the packaged app that is tested, as it ships. */
export function packagedFolder(): string {
  const folder = process.env['AFTERIMAGE_PACKAGED'];
  if (!folder) throw new Error('AFTERIMAGE_PACKAGED is not set. Run these tests by `npm run test:packaged`.');
  return folder;
}

/** Everything that could reach the network or another folder is taken out, then `changes` put in. */
function environment(
  dataFolder: string,
  changes: Record<string, string | undefined>,
): Record<string, string> {
  const merged: Record<string, string | undefined> = {
    ...process.env,
    GEMINI_API_KEY: undefined,
    GOOGLE_API_KEY: undefined,
    GOOGLE_GEMINI_BASE_URL: undefined,
    AFTERIMAGE_PROVIDER: undefined,
    AFTERIMAGE_PAINTER_DELAY_MS: undefined,
    AFTERIMAGE_UPDATE_FEED: undefined,
    AFTERIMAGE_DATA_DIR: dataFolder,
    ...changes,
  };
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(merged)) if (value !== undefined) kept[name] = value;
  return kept;
}

/** @returns the ids of a process's children, their children and so on. Linux only; elsewhere none. */
function descendants(root: number | undefined): number[] {
  if (root === undefined || process.platform !== 'linux') return [];
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc')) {
    const parent = /^\d+$/.test(name) ? parentOf(Number(name)) : null;
    if (parent !== null) parents.set(Number(name), parent);
  }
  const family: number[] = [];
  let generation = [root];
  while (generation.length > 0) {
    generation = [...parents].filter(([, parent]) => generation.includes(parent)).map(([id]) => id);
    family.push(...generation);
  }
  return family;
}

function parentOf(id: number): number | null {
  try {
    return Number(/^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${id}/status`, 'utf8'))?.[1] ?? 0);
  } catch {
    return null;
  }
}

function endLeftovers(family: readonly number[]): void {
  for (const id of family) {
    try {
      process.kill(id, 'SIGKILL');
    } catch {
      // Gone already, as it should be.
    }
  }
}

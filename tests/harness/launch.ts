// Starts the built app with its own data folder and ends all of its processes.
import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { _electron, type ElectronApplication, type Page } from '@playwright/test';
import { appEnvironment } from './app-environment';
import { killProcess } from './kill-process';
import { patient } from './patient';

/** Tests and benchmarks run from the project's root. `import.meta` cannot be used, because this file may be bundled. */
export const projectRoot = process.cwd();

export type LaunchOptions = {
  dataFolder: string;
  /** Overrides of the environment; `undefined` removes a variable. */
  env?: Record<string, string | undefined>;
  args?: string[];
  /** The main bundle to run, relative to the project. The app's own by default. */
  main?: string;
};

export type Running = {
  electron: ElectronApplication;
  page: Page;
  /** Returns what the app has written to its standard output and error. */
  output: () => string;
  /** Quits the app as a user would. */
  quit: () => Promise<void>;
  /** Kills all processes of the app at once, as a power cut would. */
  kill: () => Promise<void>;
};

/** Limit for a page that does not answer. */
const describeTimeoutMs = 10_000;

/** Running apps that were started here. */
const running = new Set<Running>();

/** Kills every app that was started here, for a caller that has lost an app because of an error. */
export async function killAllApps(): Promise<void> {
  for (const app of running) await app.kill();
}

/** Starts the app. @returns once its window shows the composer. */
export async function launch({
  dataFolder,
  env = {},
  args = [],
  main = '.',
}: LaunchOptions): Promise<Running> {
  const start = electronCommand({ dataFolder, env, args, main });
  const electron = await _electron.launch({
    executablePath: start.command,
    ...patient,
    args: start.args,
    // Playwright disables the sandbox by default.
    chromiumSandbox: !start.args.includes('--no-sandbox'),
    colorScheme: null,
    env: start.env,
  });
  electron.context().setDefaultTimeout(patient.timeout);
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
  async function kill(): Promise<void> {
    const processIds = descendants(child.pid);
    child.kill('SIGKILL');
    await exited;
    killRemaining(processIds);
  }

  try {
    const page = await electron.firstWindow(patient);
    // Not selected by its name, which depends on the language.
    await page
      .locator('textarea')
      .first()
      .waitFor(patient)
      .catch(async (error: unknown) => {
        const state = await Promise.race([
          Promise.all([page.evaluate(describePage), electron.evaluate(describeWindows)]),
          wait(describeTimeoutMs),
        ]);
        throw new Error(`The composer did not show: ${JSON.stringify(state)}. ${output}`, { cause: error });
      });
    const app: Running = {
      electron,
      page,
      output: () => output,
      async quit() {
        const processIds = descendants(child.pid);
        await electron.close();
        await exited;
        killRemaining(processIds);
      },
      kill,
    };
    running.add(app);
    void exited.then(() => running.delete(app));
    return app;
  } catch (error) {
    // A running app would hold the data folder's lock.
    await kill();
    throw error;
  }
}

/** Runs in the main process. @returns the state of its windows. */
function describeWindows({ BrowserWindow }: typeof import('electron')) {
  return BrowserWindow.getAllWindows().map((window) => ({
    bounds: window.getBounds(),
    isVisible: window.isVisible(),
  }));
}

/** Runs in the page. @returns reasons why an element may be hidden. */
function describePage() {
  const field = document.querySelector('textarea');
  const { width, height } = field?.getBoundingClientRect() ?? { width: 0, height: 0 };
  return {
    visibility: document.visibilityState,
    window: [innerWidth, innerHeight],
    field: [width, height],
    sheets: document.styleSheets.length,
    text: document.body.innerText.slice(0, 500),
  };
}

/** @returns the command that starts the built app, for callers that do not use Playwright. */
export function electronCommand({ dataFolder, env = {}, args = [], main = '.' }: LaunchOptions) {
  const command = process.env['AFTERIMAGE_ELECTRON'] ?? installedElectron();
  const electronArgs = (process.env['AFTERIMAGE_ELECTRON_ARGS'] ?? defaultArgs()).split(' ').filter(Boolean);
  return {
    command,
    // A packaged app contains its own main bundle.
    args: [...electronArgs, ...args, ...(isPackaged() ? [] : [path.join(projectRoot, main)])],
    env: appEnvironment(process.env, dataFolder, env),
  };
}

/**
 * Returns the executable of the `electron` package, for a test run without our scripts. The package downloads it if
 * needed.
 */
function installedElectron(): string {
  const executable: unknown = createRequire(path.join(projectRoot, 'package.json'))('electron');
  if (typeof executable !== 'string') throw new Error('The electron package did not name its executable.');
  return executable;
}

// Chromium's sandbox does not run as root.
function defaultArgs(): string {
  return process.getuid?.() === 0 ? '--no-sandbox' : '';
}

/** Starts a second instance on the same data folder, as the system does to open a link. @returns its exit code. */
export function startSecondInstance(
  dataFolder: string,
  args: string[],
  changes: Record<string, string> = {},
): Promise<number | null> {
  const { command, args: usual, env } = electronCommand({ dataFolder, env: changes });
  const child = spawn(command, [...usual, ...args], { env, stdio: 'ignore' });
  return new Promise((resolve, reject) => child.once('error', reject).once('exit', resolve));
}

function isPackaged(): boolean {
  return process.env['AFTERIMAGE_PACKAGED'] !== undefined;
}

/** @returns the folder of the packaged app under test. */
export function packagedFolder(): string {
  const folder = process.env['AFTERIMAGE_PACKAGED'];
  if (!folder)
    throw new Error('AFTERIMAGE_PACKAGED is not set. Run these tests with `npm run test:packaged`.');
  return folder;
}

/** @returns the process ids of all descendants. Linux only; an empty list elsewhere. */
function descendants(root: number | undefined): number[] {
  if (root === undefined || process.platform !== 'linux') return [];
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc')) {
    const parent = /^\d+$/.test(name) ? parentOf(Number(name)) : null;
    if (parent !== null) parents.set(Number(name), parent);
  }
  const found: number[] = [];
  let generation = [root];
  while (generation.length > 0) {
    generation = [...parents].filter(([, parent]) => generation.includes(parent)).map(([id]) => id);
    found.push(...generation);
  }
  return found;
}

function parentOf(id: number): number | null {
  try {
    return Number(/^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${id}/status`, 'utf8'))?.[1] ?? 0);
  } catch {
    return null;
  }
}

function killRemaining(processIds: readonly number[]): void {
  for (const id of processIds) killProcess(id);
}

// Kills the app or its downloader during a download, damages stored files, and checks that only verified files are
// used.
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { EngineStatus } from '../../shared/domain/engine';
import { killProcess } from '../harness/kill-process';
import { launch, type Running } from '../harness/launch';
import type { Random } from '../harness/random';
import { unlessGone } from '../harness/unless-gone';
import { sha256Of, startDownloadServer } from '../servers/downloads';
import { serveCatalogue } from '../servers/engine-catalogue';
import { createSdServer } from '../servers/sd-server';
import { findProblems, read, waitUntilSettled } from './checks';
import {
  type EngineTrial,
  type Hit,
  orphansOf,
  partialBytes,
  quitAndCheck,
  unverifiedFiles,
} from './engine-phases';
import { send } from './harness';
import { holdsInTime, untilKillMs } from './wait-until';

/** Returns the progress of the download at the time of the kill, from 0 to 1; null: during the installation. */
function pickMoment(random: Random): number | null {
  return random() < 0.25 ? null : random();
}

/** Sends small chunks, so that a kill can come between any two of them. */
const slowly = { kind: 'drip', bytes: 20_000, pauseMs: 5 } as const;

/** @returns the problems found afterwards. */
export async function killDownloadOnce({
  dataFolder,
  random,
  prompt,
  hit,
}: EngineTrial & { hit: Hit }): Promise<string[]> {
  const server = await startDownloadServer();
  try {
    return await killDownload({ dataFolder, random, prompt, hit }, server);
  } finally {
    await server.close();
  }
}

async function killDownload(
  { dataFolder, random, prompt, hit }: Omit<EngineTrial, 'note'> & { hit: Hit },
  server: Awaited<ReturnType<typeof startDownloadServer>>,
): Promise<string[]> {
  const engineFolder = path.join(dataFolder, 'engine');
  rmSync(engineFolder, { recursive: true, force: true });
  const program = createSdServer(`${dataFolder}-program`);
  program.set({});
  const before = program.events().length;
  const { catalogue, files } = await serveCatalogue(server);
  const engines = catalogue.engines.map((build) => {
    return { ...build, platform: process.platform, arch: process.arch };
  });
  const offered = server.serve('/catalogue.json', Buffer.from(JSON.stringify({ ...catalogue, engines })));
  const env = { ...program.env, AFTERIMAGE_ENGINE_CATALOGUE: offered };
  for (const { path: served } of files) server.failAlways(served, slowly);

  const problems: string[] = [];
  const first = await launch({ dataFolder, env });
  // Without an engine, the painter makes this picture while the download runs.
  const sent = unlessGone(send(first.page, `${prompt}, painted`), []);
  const asked = unlessGone(download(first), undefined);
  const total = files.reduce((sum, { bytes }) => sum + bytes.length, 0);
  const moment = pickMoment(random);
  const isInstalled = () => installedModels(dataFolder) > 0;
  await holdsInTime(() => isInstalled() || hasReached(moment, dataFolder, total), untilKillMs);
  const victim = random() < 0.6 ? 'app' : 'downloader';
  hit(victim, isInstalled() ? 'later' : 'download');
  if (victim === 'app') {
    first.electron.process().kill('SIGKILL');
    for (const name of await orphansOf(dataFolder)) problems.push(`a process outlives its app: ${name}`);
    await first.kill();
  } else {
    const pid = await downloaderOf(first);
    if (pid !== null) killProcess(pid);
    await wait(random() * 100);
    await waitUntilSettled(dataFolder);
    problems.push(...(await quitAndCheck(first, dataFolder, program)));
  }
  await asked;
  const acknowledged: string[] = [...(await sent)];
  problems.push(...wrongInstalled(engineFolder, files));
  if (random() < 0.4) damagePart(engineFolder, random);
  if (random() < 0.2) rmSync(path.join(engineFolder, 'downloads.json'), { force: true });

  for (const { path: served } of files) server.failAlways(served, null);
  const second = await launch({ dataFolder, env });
  if (!(await finishDownload(second))) problems.push('the download did not end');
  problems.push(...wrongInstalled(engineFolder, files));
  acknowledged.push(...(await send(second.page, `${prompt}, made`)));
  await waitUntilSettled(dataFolder);
  const [made] = read(
    dataFolder,
    "SELECT provider, status FROM messages WHERE kind = 'image' ORDER BY rowid DESC",
  );
  if (made?.['provider'] !== 'engine' || made['status'] !== 'ready')
    problems.push(
      `the picture after the download is ${String(made?.['status'])} by ${String(made?.['provider'])}`,
    );
  problems.push(...(await quitAndCheck(second, dataFolder, program)));
  const starts = program
    .events()
    .slice(before)
    .filter(({ event }) => event === 'start');
  const verified = files.flatMap(({ unpacked }) => unpacked.map(sha256Of));
  return [
    ...problems,
    ...unverifiedFiles(starts, verified),
    ...findProblems(dataFolder, acknowledged, null, ['failed: engine_changed']),
  ];
}

function hasReached(moment: number | null, dataFolder: string, total: number): boolean {
  if (moment !== null) return partialBytes(dataFolder) >= moment * total;
  const partial = path.join(dataFolder, 'engine', 'partial');
  return (
    existsSync(partial) && readdirSync(partial).some((id) => existsSync(path.join(partial, id, 'ready')))
  );
}

async function download({ page }: Running): Promise<void> {
  await page.evaluate(() => window.afterimage.request('engine:download', { model: 'one' }));
}

function statusIn({ page }: Running): Promise<EngineStatus | null> {
  return page.evaluate(async () => {
    const reply = await window.afterimage.request('engine:status', {});
    return reply.ok ? reply.value : null;
  });
}

/** Waits until the model is installed. Requests it again if the list of downloads was lost or the download failed. */
async function finishDownload(running: Running): Promise<boolean> {
  return holdsInTime(async () => {
    const status = await statusIn(running);
    const isThere = status?.installed.some(({ id, isDamaged }) => id === 'one' && !isDamaged) ?? false;
    if (isThere && status?.downloads.length === 0) return true;
    const isStuck = status?.downloads.every(({ state }) => state === 'failed' || state === 'paused') ?? false;
    if (isStuck) await download(running);
    return false;
  }, 50);
}

function downloaderOf({ electron }: Running): Promise<number | null> {
  return electron.evaluate(
    ({ app }) => app.getAppMetrics().find(({ name }) => name === 'Afterimage downloader')?.pid ?? null,
  );
}

function installedModels(dataFolder: string): number {
  return foldersIn(path.join(dataFolder, 'engine', 'models')).length;
}

function foldersIn(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder) : [];
}

type Served = Awaited<ReturnType<typeof serveCatalogue>>['files'];

/** Returns the problems of installed items: an item's folder must be complete and verified, or not exist. */
function wrongInstalled(engineFolder: string, files: Served): string[] {
  const hashes = new Set(files.flatMap(({ unpacked }) => unpacked.map(sha256Of)));
  return ['builds', 'models'].flatMap((kind) => {
    const folder = path.join(engineFolder, kind);
    const names = existsSync(folder)
      ? readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
      : [];
    return names
      .map((entry) => path.join(entry.parentPath, entry.name))
      .filter((file) => !hashes.has(sha256Of(readFileSync(file))))
      .map((file) => `${file} is installed and was never verified`);
  });
}

/** Changes a byte of the largest part, as a faulty disk may. */
function damagePart(engineFolder: string, random: Random): void {
  const partial = path.join(engineFolder, 'partial');
  if (!existsSync(partial)) return;
  const parts = readdirSync(partial, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.part'))
    .map((name) => path.join(partial, name))
    .toSorted((one, other) => statSync(other).size - statSync(one).size);
  const [part] = parts;
  if (part === undefined || statSync(part).size === 0) return;
  const bytes = readFileSync(part);
  const at = Math.floor(random() * bytes.length);
  bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at);
  writeFileSync(part, bytes);
}

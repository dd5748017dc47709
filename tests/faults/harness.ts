// Kills the app at a fault point or after a delay, restarts it, and checks that nothing is lost or duplicated.
import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import type {} from '../../renderer/ipc';
import type { FaultPoint } from '../../shared/domain/fault-points';
import { launch, type Running } from '../harness/launch';
import { newMessage } from '../harness/new-message';
import { unlessGone } from '../harness/unless-gone';
import type { GoogleServer } from '../servers/google-server';
import { findProblems, waitUntilSettled } from './checks';
import { type KilledMessage, type Sent, wrongEnding } from './endings';
import { waitUntil } from './wait-until';

export type Fault = { kind: 'point'; point: FaultPoint } | { kind: 'time'; afterMs: number };

export type Trial = {
  fault: Fault;
  /** The loopback Google server that makes the pictures; null uses the painter. */
  google: GoogleServer | null;
  /** Must be unique among the trials in this folder. */
  text: string;
  /** Absent: a prompt. */
  sent?: Sent;
};

export type Trials = ReturnType<typeof createTrials>;

/**
 * Runs trials in one data folder, one at a time. The app that is restarted after a kill is the one that is killed
 * next, and the checks cover everything since the first trial. `end` must always be called.
 */
export function createTrials(dataFolder: string) {
  const faultFile = path.join(dataFolder, 'fault-point');
  const acknowledged: string[] = [];
  const killed: KilledMessage[] = [];
  let running: { app: Running; google: GoogleServer | null } | null = null;

  /** Returns the app that uses a service, and starts it if it is not running. */
  async function appWith(google: GoogleServer | null): Promise<Running> {
    if (running?.google === google) return running.app;
    await end();
    const env = { ...environmentFor(google), AFTERIMAGE_FAULT_POINT: faultFile };
    running = { google, app: await launch({ dataFolder, env }) };
    return running.app;
  }

  async function end(): Promise<void> {
    const last = running;
    running = null;
    await last?.app.quit();
  }

  /** Waits until the app has finished its work. @returns the problems, each a sentence. */
  async function findAllProblems(google: GoogleServer | null): Promise<string[]> {
    const { page } = await appWith(google);
    await waitUntilSettled(dataFolder);
    // The answer shows that the main process has finished the work that wrote the last rows.
    await page.evaluate(() => window.afterimage.request('app:ping', {}));
    return [...findProblems(dataFolder, acknowledged, google), ...killed.flatMap(wrongEnding)];
  }

  return {
    dataFolder,
    appWith,
    /** Records messages that the app has acknowledged. */
    acknowledge: (ids: readonly string[]) => void acknowledged.push(...ids),
    findAllProblems,
    /** Runs one trial. @returns the problems found afterwards. */
    async run({ fault, google, text, sent = 'prompt' }: Trial): Promise<string[]> {
      const app = await appWith(google);
      if (fault.kind === 'point') {
        writeFileSync(faultFile, fault.point);
        killed.push({ dataFolder, google, text, sent, point: fault.point });
      }
      acknowledged.push(...(await sendUntilExit(app, fault, text, sent)));
      running = null;
      rmSync(faultFile, { force: true });
      return findAllProblems(google);
    },
    end,
  };
}

/** @returns the message ids that the app acknowledged before it exited. */
async function sendUntilExit(running: Running, fault: Fault, text: string, sent: Sent): Promise<string[]> {
  let hasExited = false;
  running.electron.process().once('exit', () => {
    hasExited = true;
  });
  const acknowledged = unlessGone(send(running.page, text, sent), []);
  if (fault.kind === 'time') {
    await wait(fault.afterMs);
    await running.kill();
  } else {
    await waitUntil(() => hasExited, `The app did not exit at "${fault.point}".`);
    await running.kill();
  }
  return acknowledged;
}

/** @returns the environment that selects the service. */
export function environmentFor(google: GoogleServer | null): Record<string, string> {
  return google
    ? { GEMINI_API_KEY: 'key', GOOGLE_GEMINI_BASE_URL: google.baseUrl }
    : { AFTERIMAGE_PROVIDER: 'painter' };
}

/** Sends a message. @returns the acknowledged message ids; none if the request failed. */
export function send(page: Page, text: string, sent: Sent = 'prompt'): Promise<string[]> {
  const mode = sent === 'prompt' ? 'picture' : 'auto';
  const message = { ...newMessage(), text, mode, aspectRatio: '1:1' } as const;
  return page.evaluate(async (input) => {
    const reply = await window.afterimage.request('chat:send', input);
    return reply.ok ? reply.value.messages.map(({ id }) => id) : [];
  }, message);
}

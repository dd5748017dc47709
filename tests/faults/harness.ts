// Kills the app at a fault point or after a delay, restarts it, and checks that nothing is lost or duplicated.
import { setTimeout as wait } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import type {} from '../../renderer/ipc';
import type { FaultPoint } from '../../shared/domain/fault-points';
import { launch, type Running } from '../harness/launch';
import { newMessage } from '../harness/new-message';
import type { GoogleServer } from '../servers/google-server';
import { findProblems, timeoutMs, waitUntilSettled } from './checks';

export type Fault = { kind: 'point'; point: FaultPoint } | { kind: 'time'; afterMs: number };

export type Trial = {
  dataFolder: string;
  fault: Fault;
  /** The loopback Google server that makes the pictures; null uses the painter. */
  google: GoogleServer | null;
  prompt: string;
};

/** Runs one trial. @returns the problems found afterwards. */
export async function runTrial({ dataFolder, fault, google, prompt }: Trial): Promise<string[]> {
  const env = environmentFor(google);
  const faultEnv = fault.kind === 'point' ? { ...env, AFTERIMAGE_FAULT_POINT: fault.point } : env;
  const first = await launch({ dataFolder, env: faultEnv });
  const acknowledged = await sendUntilExit(first, fault, prompt);

  const second = await launch({ dataFolder, env });
  try {
    await waitUntilSettled(dataFolder);
  } finally {
    await second.quit();
  }
  return findProblems(dataFolder, acknowledged, google);
}

/** @returns the message ids that the app acknowledged before it exited. */
async function sendUntilExit(running: Running, fault: Fault, prompt: string): Promise<string[]> {
  const exited = new Promise<void>((resolve) => {
    running.electron.process().once('exit', () => resolve());
  });
  const sent = send(running.page, prompt).catch(() => []);
  if (fault.kind === 'time') {
    await wait(fault.afterMs);
    await running.kill();
  } else {
    await rejectAfterTimeout(exited, `The app did not exit at "${fault.point}".`);
    await running.kill();
  }
  return sent;
}

/** @returns the environment that selects the service. */
export function environmentFor(google: GoogleServer | null): Record<string, string> {
  return google
    ? { GEMINI_API_KEY: 'key', GOOGLE_GEMINI_BASE_URL: google.baseUrl }
    : { AFTERIMAGE_PROVIDER: 'painter' };
}

/** Requests a picture. @returns the acknowledged message ids; none if the request failed. */
export function send(page: Page, prompt: string): Promise<string[]> {
  const message = { ...newMessage(), text: prompt, mode: 'picture', aspectRatio: '1:1' } as const;
  return page.evaluate(async (sent) => {
    const reply = await window.afterimage.request('chat:send', sent);
    return reply.ok ? reply.value.messages.map(({ id }) => id) : [];
  }, message);
}

async function rejectAfterTimeout(event: Promise<void>, message: string): Promise<void> {
  const cancelTimeout = new AbortController();
  const timeout = wait(timeoutMs, undefined, { signal: cancelTimeout.signal }).then(() => {
    throw new Error(message);
  });
  try {
    await Promise.race([event, timeout]);
  } finally {
    cancelTimeout.abort();
    timeout.catch(() => {});
  }
}

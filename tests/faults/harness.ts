// Kills the app at a fault point or after a delay, restarts it, and checks that nothing is lost or duplicated.
import { setTimeout as wait } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import type {} from '../../renderer/ipc';
import type { FaultPoint } from '../../shared/domain/fault-points';
import { launch, type Running } from '../harness/launch';
import { newMessage } from '../harness/new-message';
import type { GoogleServer } from '../servers/google-server';
import { findProblems, timeoutMs, waitUntilSettled } from './checks';
import { type Answer, wrongEnding } from './endings';

export type Fault = { kind: 'point'; point: FaultPoint } | { kind: 'time'; afterMs: number };

export type Trial = {
  dataFolder: string;
  fault: Fault;
  /** The loopback Google server that makes the pictures; null uses the painter. */
  google: GoogleServer | null;
  /** No other trial in this folder may have the same. */
  prompt: string;
  /** A text that is no prompt gets a reply. Absent: a picture. */
  answer?: Answer;
};

/** Runs one trial. @returns the problems found afterwards. */
export async function runTrial({
  dataFolder,
  fault,
  google,
  prompt,
  answer = 'picture',
}: Trial): Promise<string[]> {
  const env = environmentFor(google);
  const faultEnv = fault.kind === 'point' ? { ...env, AFTERIMAGE_FAULT_POINT: fault.point } : env;
  const first = await launch({ dataFolder, env: faultEnv });
  const acknowledged = await sendUntilExit(first, fault, prompt, answer);

  const second = await launch({ dataFolder, env });
  try {
    await waitUntilSettled(dataFolder);
  } finally {
    await second.quit();
  }
  const problems = findProblems(dataFolder, acknowledged, google);
  if (fault.kind === 'time') return problems;
  return [...problems, ...wrongEnding({ dataFolder, google, prompt, answer, point: fault.point })];
}

/** @returns the message ids that the app acknowledged before it exited. */
async function sendUntilExit(
  running: Running,
  fault: Fault,
  prompt: string,
  answer: Answer,
): Promise<string[]> {
  const exited = new Promise<void>((resolve) => {
    running.electron.process().once('exit', () => resolve());
  });
  const sent = send(running.page, prompt, answer).catch(() => []);
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

/** Sends a message. @returns the acknowledged message ids; none if the request failed. */
export function send(page: Page, prompt: string, answer: Answer = 'picture'): Promise<string[]> {
  const mode = answer === 'picture' ? 'picture' : 'auto';
  const message = { ...newMessage(), text: prompt, mode, aspectRatio: '1:1' } as const;
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

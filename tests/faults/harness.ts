// Ends the app at a point or at a time, starts it again, and checks that nothing is lost, doubled or left over.
import { setTimeout as wait } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import type {} from '../../renderer/ipc';
import type { FaultPoint } from '../../shared/domain/fault-points';
import { launch, type Running } from '../harness/launch';
import type { GoogleServer } from '../servers/google-server';
import { patience, problems, settled } from './checks';

export type Fault = { kind: 'point'; point: FaultPoint } | { kind: 'time'; afterMs: number };

export type Trial = {
  dataFolder: string;
  fault: Fault;
  /** Where pictures come from: the painter, or Google's protocol on a loopback server. */
  google: GoogleServer | null;
  prompt: string;
};

/** Runs one trial. @returns what is wrong afterwards, in words; nothing where all is well. */
export async function runTrial({ dataFolder, fault, google, prompt }: Trial): Promise<string[]> {
  const env = environmentFor(google);
  const armed = fault.kind === 'point' ? { ...env, AFTERIMAGE_FAULT_POINT: fault.point } : env;
  const doomed = await launch({ dataFolder, env: armed });
  const acknowledged = await sendUntilDeath(doomed, fault, prompt);

  const revived = await launch({ dataFolder, env });
  try {
    await settled(dataFolder);
  } finally {
    await revived.quit();
  }
  return problems(dataFolder, acknowledged, google);
}

/** @returns the ids that were acknowledged before the app died. */
async function sendUntilDeath(running: Running, fault: Fault, prompt: string): Promise<string[]> {
  const died = new Promise<void>((resolve) => {
    running.electron.process().once('exit', () => resolve());
  });
  const sent = send(running.page, prompt).catch(() => []);
  if (fault.kind === 'time') {
    await wait(fault.afterMs);
    await running.kill();
  } else {
    await within(died, `The app did not die at "${fault.point}".`);
    await running.kill();
  }
  return sent;
}

/** Where pictures come from. */
export function environmentFor(google: GoogleServer | null): Record<string, string> {
  return google
    ? { GEMINI_API_KEY: 'key', GOOGLE_GEMINI_BASE_URL: google.baseUrl }
    : { AFTERIMAGE_PROVIDER: 'painter' };
}

/** @returns the ids that were acknowledged; none where it was refused. */
export function send(page: Page, prompt: string): Promise<string[]> {
  return page.evaluate(async (text) => {
    const draft = { conversationId: null, text, mode: 'picture', aspectRatio: '1:1', count: 1 } as const;
    const reply = await window.afterimage.request('chat:send', draft);
    return reply.ok ? reply.value.messages.map(({ id }) => id) : [];
  }, prompt);
}

async function within(event: Promise<void>, complaint: string): Promise<void> {
  const giveUp = new AbortController();
  const late = wait(patience, undefined, { signal: giveUp.signal }).then(() => {
    throw new Error(complaint);
  });
  try {
    await Promise.race([event, late]);
  } finally {
    giveUp.abort();
    late.catch(() => {});
  }
}

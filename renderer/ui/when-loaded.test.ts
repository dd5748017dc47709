import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { whenLoaded } from './when-loaded';

const page = new EventTarget();
let isLoaded: boolean;

beforeEach(() => {
  isLoaded = false;
});

function stubPage(readyState: DocumentReadyState): void {
  onTestFinished(() => void vi.unstubAllGlobals());
  vi.stubGlobal('document', { readyState });
  vi.stubGlobal('window', page);
}

async function wait(): Promise<void> {
  await whenLoaded();
  isLoaded = true;
}

test.each(['loading', 'interactive'] as const)('waits for the load of a page that is %s', async (state) => {
  stubPage(state);
  const waiting = wait();
  await Promise.resolve();
  expect(isLoaded).toBe(false);
  page.dispatchEvent(new Event('load'));
  await waiting;
  expect(isLoaded).toBe(true);
});

test('does not wait for a page that is loaded', async () => {
  stubPage('complete');
  await wait();
  expect(isLoaded).toBe(true);
});

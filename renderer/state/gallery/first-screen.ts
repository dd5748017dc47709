// Tells when the thumbnails of a screen have come: until then nothing that is out of sight is worth any work.

/** Longer than this, in milliseconds, nothing waits for a thumbnail. */
const patience = 600;

const waiting = new Set<object>();
const listeners = new Set<() => void>();

/** @returns what to call when the thumbnail is on screen, or not wanted any more. */
export function awaitThumbnail(): () => void {
  const one = {};
  waiting.add(one);
  return () => {
    if (waiting.delete(one) && waiting.size === 0) for (const listener of [...listeners]) listener();
  };
}

/** Resolves when what has been drawn has its thumbnails, and they are painted. */
export async function untilScreenIsFull(): Promise<void> {
  await new Promise<void>((resolve) => requestIdleCallback(() => resolve(), { timeout: 100 }));
  if (waiting.size === 0) return;
  await new Promise<void>((resolve) => {
    const end = () => {
      clearTimeout(late);
      listeners.delete(painted);
      resolve();
    };
    const painted = () => requestAnimationFrame(() => setTimeout(end));
    // No frame comes while the window is hidden.
    const late = setTimeout(end, patience);
    listeners.add(painted);
  });
}

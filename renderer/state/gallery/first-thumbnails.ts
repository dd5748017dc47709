// Waits for the thumbnails of the first screen. Until they are painted, nothing out of sight is loaded or rendered.

/** Maximum wait for thumbnails (ms). */
const maxWaitMs = 600;

function createFirstThumbnails() {
  const pending = new Set<object>();
  const listeners = new Set<() => void>();

  return {
    /** Registers a thumbnail. @returns a function to call when it is painted or no longer needed. */
    track(): () => void {
      const thumbnail = {};
      pending.add(thumbnail);
      return () => {
        if (pending.delete(thumbnail) && pending.size === 0)
          for (const listener of [...listeners]) listener();
      };
    },

    /** Resolves when every registered thumbnail is painted. */
    async whenPainted(): Promise<void> {
      await new Promise<void>((resolve) => requestIdleCallback(() => resolve(), { timeout: 100 }));
      if (pending.size === 0) return;
      await new Promise<void>((resolve) => {
        const end = () => {
          clearTimeout(timeout);
          listeners.delete(onLoaded);
          resolve();
        };
        const onLoaded = () => requestAnimationFrame(() => setTimeout(end));
        // A hidden window has no frames.
        const timeout = setTimeout(end, maxWaitMs);
        listeners.add(onLoaded);
      });
    },
  };
}

export const firstThumbnails = createFirstThumbnails();

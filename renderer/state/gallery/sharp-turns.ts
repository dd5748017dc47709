// Lets a few tiles at a time load their larger thumbnail, because most of those have to be made first.

/** As many as the codec decodes beside other work. */
const maxAtOnce = 3;

function createSharpTurns() {
  const waiting = new Set<() => void>();
  let running = 0;

  function beginNext(): void {
    for (const begin of waiting) {
      if (running >= maxAtOnce) return;
      waiting.delete(begin);
      running += 1;
      begin();
    }
  }

  return {
    /** Calls `begin` when it is this one's turn. @returns ends the turn, or the wait for it; more than once does no harm. */
    take(begin: () => void): () => void {
      let state: 'waits' | 'runs' | 'ended' = 'waits';
      const beginTurn = () => {
        state = 'runs';
        begin();
      };
      waiting.add(beginTurn);
      beginNext();
      return () => {
        if (state === 'runs') running -= 1;
        waiting.delete(beginTurn);
        state = 'ended';
        beginNext();
      };
    },
  };
}

export const sharpTurns = createSharpTurns();

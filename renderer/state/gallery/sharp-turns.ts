// Lets a few tiles at a time load their larger thumbnails, because most of these have to be made first.

/** Number of pictures that the codec can decode beside other work. */
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
    /** Calls `begin` when it is this tile's turn. @returns a function that ends the turn or the wait; calling it again is harmless. */
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

// Runs work on different pictures in parallel, but the tasks of one picture in sequence.

type Waiting = { pictureId: string; start: () => void };

/**
 * Two tasks on one picture would write over each other's files. How much memory the tasks take is limited where their
 * sizes are known: see codec/byte-budget.ts.
 *
 * @param maxRunning how many tasks run at once.
 * @returns a function that runs a task as soon as it may, and settles as the task does.
 */
export function createPictureTasks(
  maxRunning: number,
): (pictureId: string, task: () => Promise<void>) => Promise<void> {
  const busy = new Set<string>();
  const waiting: Waiting[] = [];

  function startNext(): void {
    while (busy.size < maxRunning) {
      const index = waiting.findIndex(({ pictureId }) => !busy.has(pictureId));
      const [next] = index < 0 ? [] : waiting.splice(index, 1);
      if (!next) return;
      next.start();
    }
  }

  return (pictureId, task) =>
    new Promise((resolve, reject) => {
      const start = () => {
        busy.add(pictureId);
        task()
          .finally(() => {
            busy.delete(pictureId);
            startNext();
          })
          .then(resolve, reject);
      };
      waiting.push({ pictureId, start });
      startNext();
    });
}

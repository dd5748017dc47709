// Runs tasks on different pictures in parallel, and those on the same picture in sequence.

type Waiting = { pictureId: string; start: () => void };

/**
 * Creates a queue of tasks by picture. Two tasks on one picture at once would overwrite each other's files. Memory
 * is limited elsewhere, where the tasks' sizes are known: see codec/byte-budget.ts.
 *
 * @param maxRunning maximum number of tasks that run at once.
 * @returns a function that runs a task as soon as possible, and settles as the task does.
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

// Limits the memory of concurrent tasks by the number of bytes that each of them needs.

type Waiting = { bytes: number; start: () => void };

/**
 * Creates a budget. Tasks start in the order of their arrival; a task that needs more than the whole budget runs
 * alone.
 *
 * @param maxBytes maximum that the running tasks may need together.
 * @returns a function that runs a task once its bytes are free, and settles as the task does.
 */
export function createByteBudget(
  maxBytes: number,
): <Value>(bytes: number, task: () => Promise<Value>) => Promise<Value> {
  const waiting: Waiting[] = [];
  let used = 0;

  function startNext(): void {
    for (let next = waiting[0]; next; next = waiting[0]) {
      if (used > 0 && used + next.bytes > maxBytes) return;
      waiting.shift();
      used += next.bytes;
      next.start();
    }
  }

  return (bytes, task) =>
    new Promise((resolve, reject) => {
      const start = () =>
        void task()
          .finally(() => {
            used -= bytes;
            startNext();
          })
          .then(resolve, reject);
      waiting.push({ bytes, start });
      startNext();
    });
}

// Runs tasks one after another.

/** Returns a function that runs a task when all earlier ones have ended. After a rejection every later task rejects too. */
export function createSerialQueue(): (task: () => Promise<void>) => Promise<void> {
  let last: Promise<void> = Promise.resolve();
  return (task) => {
    last = last.then(task);
    return last;
  };
}

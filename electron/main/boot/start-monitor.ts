// Records tasks that block the main process for too long.
import { createLongTasks, type LongTasks, longTaskMs, unnamedTask } from '../../../shared/domain/long-tasks';
import { watchEventLoop } from '../../files/watch-event-loop';

export function startMonitor() {
  const longTasks = createLongTasks(
    () => performance.now(),
    (name, milliseconds, isDue) => {
      if (isDue) console.info(`A long task: ${name} took ${milliseconds.toFixed(1)} ms.`);
    },
  );
  const onWork = watchEventLoop({
    takeKnown: longTasks.takeLongest,
    minMs: longTaskMs,
    report: (milliseconds) => longTasks.record(unnamedTask, milliseconds),
  });
  /** Measures work after which more may follow, and records unnamed long tasks for some seconds afterwards. */
  const work: Pick<LongTasks, 'measure'> = {
    measure(name, run) {
      onWork();
      return longTasks.measure(name, run);
    },
  };
  return { longTasks, work };
}

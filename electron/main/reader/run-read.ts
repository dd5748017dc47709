// Runs one read: at once in a snapshot, or slice by slice with pauses.
import type { Read, ReadContext } from '../db/read';

/** The read was cancelled. */
export class ReadReplaced extends Error {
  override readonly name = 'ReadReplaced';
}

export type RunOptions = {
  context: ReadContext;
  isReplaced: () => boolean;
  /** Runs statements so that all of them see the same commit. */
  snapshot: <Value>(work: () => Value) => Value;
  /** Lets other work run between two slices. */
  pause: () => Promise<void>;
};

/** @throws ReadReplaced, or what the read throws. */
export async function runRead(
  read: Read<never, unknown>,
  input: unknown,
  options: RunOptions,
): Promise<unknown> {
  const { context, isReplaced, snapshot, pause } = options;
  if (isReplaced()) throw new ReadReplaced();
  // The input was type-checked by the caller; the type is lost between the threads.
  const known = input as never;
  if ('run' in read) return snapshot(() => read.run(context, known));
  const slices = read.slices(context, known);
  for (let step = slices.next(); ; step = slices.next()) {
    if (step.done) return step.value;
    await pause();
    if (isReplaced()) throw new ReadReplaced();
  }
}

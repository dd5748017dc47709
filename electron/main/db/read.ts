// The types of reads that a worker thread can run: functions on a read-only connection.
import type { Result } from '../../../shared/domain/errors';
import type { SnapshotStore } from './open-reader';
import type { Slices } from './slices';

export type ReadContext = {
  store: SnapshotStore;
  /** Absolute. */
  dataFolder: string;
};

type Common<Input> = {
  /** Returns whether `newer` makes the answer to `older` unnecessary, for example while the user types. */
  replaces?: (newer: Input, older: Input) => boolean;
};

/** A read of a few milliseconds, in one snapshot. */
export type SnapshotRead<Input, Value> = Common<Input> & {
  run: (context: ReadContext, input: Input) => Value;
  /**
   * Whether the page combines the answer with events. Such an answer is never older than an event that the page has
   * already received.
   */
  isOrdered?: boolean;
};

/** A long read, which can be cancelled between slices. Shorter reads are answered in between. */
export type SlicedRead<Input, Value> = Common<Input> & {
  slices: (context: ReadContext, input: Input) => Slices<Value>;
};

export type Read<Input, Value> = SnapshotRead<Input, Value> | SlicedRead<Input, Value>;

/** Reads by their names. */
export type Reads = Record<string, Read<never, unknown>>;

type InputOf<Each> = Each extends { run: (context: ReadContext, input: infer Input) => unknown }
  ? Input
  : Each extends { slices: (context: ReadContext, input: infer Input) => unknown }
    ? Input
    : never;
type ValueOf<Each> = Each extends { run: (...parts: never[]) => infer Value }
  ? Value
  : Each extends { slices: (...parts: never[]) => Slices<infer Value> }
    ? Value
    : never;

/** How rooms call their reads. The answer is a failure if a newer read has replaced it, or the reader is closed. */
export type ReadFunctions<All extends Reads> = {
  [Name in keyof All]: (input: InputOf<All[Name]>) => Promise<Result<ValueOf<All[Name]>>>;
};

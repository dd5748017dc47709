// What a read is that a worker thread can answer: a function on a connection that can only read.
import type { Result } from '../../../shared/domain/errors';
import type { SnapshotStore } from './open-reader';
import type { Slices } from './slices';

export type ReadContext = {
  store: SnapshotStore;
  /** Absolute. */
  dataFolder: string;
};

type Common<Input> = {
  /** Returns whether nobody needs the answer to `older` once `newer` is asked for, such as while the user types. */
  replaces?: (newer: Input, older: Input) => boolean;
};

/** A read of a few milliseconds. All of it sees the same commit. */
export type SnapshotRead<Input, Value> = Common<Input> & {
  run: (context: ReadContext, input: Input) => Value;
  /**
   * Whether the page joins the answer with events. Such an answer is never older than an event that the page has
   * received before it.
   */
  isOrdered?: boolean;
};

/** A long read. It can be ended between two slices, and shorter reads are answered in between. */
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

/** How a room asks for its reads. An answer is a failure if a newer read has replaced it, or the reader has ended. */
export type AskedReads<All extends Reads> = {
  [Name in keyof All]: (input: InputOf<All[Name]>) => Promise<Result<ValueOf<All[Name]>>>;
};

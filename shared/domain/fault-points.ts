// Named points in a picture's life at which the fault tests kill the app, to test what the next start recovers.

export const faultPoints = [
  'send: in the transaction',
  'send: committed',
  'send: replied',
  'begin: starts',
  'begin: committed',
  'generator: before the request',
  'generator: the answer is in memory',
  'arrive: the facts are written',
  'store: the bytes have arrived',
  'store: the recipe is written',
  'store: the picture has its name',
  'settle: in the transaction',
  'settle: committed',
  'settle: broadcast',
  'drain: in the transaction',
  'drain: committed',
  'derive: among the small versions',
] as const;

export type FaultPoint = (typeof faultPoints)[number];

/** The environment's settings for fault points; all undefined in an ordinary run. */
export type FaultOptions = {
  /** Returns the point at which the process ends now. */
  armed?: (() => string) | undefined;
  /** A point at which the process blocks, and for how long, such as `begin: committed 2000` (ms). */
  slow?: string | undefined;
  /** The file to which each point is appended as it is reached. */
  trace?: string | undefined;
};

export type FaultActions = {
  /** Must end the process immediately. */
  die: () => void;
  /** Blocks the process, as a slow disk does. */
  block?: (milliseconds: number) => void;
  record?: (file: string, point: FaultPoint) => void;
};

/** Returns the function that is called with each point as it is reached. */
export function createFaultPoint(
  { armed, slow, trace }: FaultOptions,
  { die, block, record }: FaultActions,
): (point: FaultPoint) => void {
  if (armed === undefined && slow === undefined && trace === undefined) return () => {};
  const [, slowPoint, milliseconds] = /^(.*) (\d+)$/.exec(slow ?? '') ?? [];
  return (point) => {
    if (point === slowPoint) block?.(Number(milliseconds));
    if (trace !== undefined) record?.(trace, point);
    if (point === armed?.()) die();
  };
}

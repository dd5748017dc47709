// Named points in a picture's life at which the fault tests kill the app, to test what the next start recovers.

export const faultPoints = [
  'send: in the transaction',
  'send: committed',
  'begin: committed',
  'generator: before the request',
  'generator: the answer is in memory',
  'arrive: the facts are written',
  'store: the bytes have arrived',
  'store: the recipe is written',
  'store: the picture has its name',
  'settle: in the transaction',
  'settle: committed',
  'drain: in the transaction',
  'drain: committed',
  'derive: among the small versions',
] as const;

export type FaultPoint = (typeof faultPoints)[number];

/**
 * Returns a function that ends the process when it is called with the armed point.
 *
 * @param armed from the environment; undefined, as in every ordinary run, arms none.
 * @param die must end the process immediately.
 */
export function createFaultPoint(armed: string | undefined, die: () => void): (point: FaultPoint) => void {
  if (armed === undefined) return () => {};
  return (point) => {
    if (point === armed) die();
  };
}

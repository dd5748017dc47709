// Named places on the way of a picture where the fault tests end the app, to see what the next start makes of it.

export const faultPoints = [
  'send: in the transaction',
  'send: committed',
  'begin: committed',
  'generator: before the request',
  'generator: the answer is in memory',
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
 * @param armed the point to die at, as the environment has it; undefined, as in every ordinary run, arms none.
 * @param die ends the process on the spot.
 */
export function createFaultPoint(armed: string | undefined, die: () => void): (point: FaultPoint) => void {
  if (armed === undefined) return () => {};
  return (point) => {
    if (point === armed) die();
  };
}

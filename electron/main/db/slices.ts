// Long reads as generators that stop between slices of a few milliseconds. Each slice sees the latest commit.

/** A read that its caller runs slice by slice, so that it can do other work in between, or end the read. */
export type Slices<Value> = Generator<undefined, Value>;

/** Runs every slice at once. */
export function runToEnd<Value>(slices: Slices<Value>): Value {
  for (;;) {
    const step = slices.next();
    if (step.done) return step.value;
  }
}

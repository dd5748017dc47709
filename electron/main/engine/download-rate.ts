// The rate of a download over the last seconds.

/** Only this much of the past counts (ms): a rate since the start would not notice a change of the network. */
const windowMs = 5_000;

/** @param now milliseconds of a clock that never jumps. */
export function createDownloadRate(now: () => number) {
  let samples: { at: number; bytes: number }[] = [];
  return {
    /** Takes how many bytes are there; less than before means that the download began again. */
    add(bytes: number): void {
      const at = now();
      const last = samples.at(-1);
      if (last && bytes < last.bytes) samples = [];
      samples = [...samples.filter((sample) => at - sample.at <= windowMs), { at, bytes }];
    },
    /** Returns bytes per second; null while two points in time are missing. */
    perSecond(): number | null {
      const [first] = samples;
      const last = samples.at(-1);
      if (!first || !last || last.at <= first.at) return null;
      return Math.round(((last.bytes - first.bytes) * 1000) / (last.at - first.at));
    },
    reset(): void {
      samples = [];
    },
  };
}

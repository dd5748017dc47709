// Records how long things take, for the diagnostics view. Holds the latest samples in memory only.
import { summarise, type Timing } from '../../../shared/domain/timings';

const maxSamplesPerName = 500;

export type Metrics = ReturnType<typeof createMetrics>;

export function createMetrics() {
  const samplesByName = new Map<string, number[]>();

  return {
    record(name: string, milliseconds: number): void {
      const samples = samplesByName.get(name) ?? [];
      samples.push(milliseconds);
      if (samples.length > maxSamplesPerName) samples.shift();
      samplesByName.set(name, samples);
    },
    /** Returns one entry per name, in the order in which the names were first recorded. */
    summary(): Timing[] {
      return [...samplesByName].map(([name, samples]) => summarise(name, samples));
    },
  };
}

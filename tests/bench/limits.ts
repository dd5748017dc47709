// The table that compares the app with the limits of the machine: its rows, its printing, and the machine's load.
import { loadavg } from 'node:os';

/** A row of the table. Values are in the unit that `figure` names; a ratio is of two values of the same run. */
export type LimitRow = {
  figure: string;
  /** The app's current value. */
  now: number;
  /** The machine's lower bound for this value; null if the goal is an absolute value. */
  floor: number | null;
  /** `now` divided by `floor`; null without a floor. */
  ratio: number | null;
  /** The goal for the ratio, or for the value itself without a floor. */
  goal: Goal;
  met: boolean;
};

export type Goal = { atMost: number } | { atLeast: number };

/** Average number of processes that ran or waited to run, over the last minute. */
export type MachineLoad = { before: number; after: number };

/**
 * Returns a row whose goal is a ratio to a floor of the same run.
 *
 * @throws if a value is not a number or the floor is not above zero, because the row would be meaningless.
 */
export function rowAgainstFloor(figure: string, now: number, floor: number, goal: Goal): LimitRow {
  if (!(Number.isFinite(now) && Number.isFinite(floor) && floor > 0)) {
    throw new Error(`"${figure}" was not measured: ${now} against ${floor}.`);
  }
  const ratio = now / floor;
  return { figure, now, floor, ratio, goal, met: isMet(ratio, goal) };
}

/**
 * Returns a row whose goal is a value, such as milliseconds or frames.
 *
 * @throws if the value is not a number.
 */
export function rowOfValue(figure: string, now: number, goal: Goal): LimitRow {
  if (!Number.isFinite(now)) throw new Error(`"${figure}" was not measured: ${now}.`);
  return { figure, now, floor: null, ratio: null, goal, met: isMet(now, goal) };
}

/** Returns the load of the last minute. */
export function machineLoad(): number {
  return loadavg()[0] ?? 0;
}

/** Prints all rows as one table, with the machine's load. */
export function printLimits(rows: readonly LimitRow[], load: MachineLoad): void {
  console.log(
    `\nHow close to the limit; the machine's load was ${load.before.toFixed(1)} before and ${load.after.toFixed(1)} after\n`,
  );
  console.table(Object.fromEntries(rows.map((row) => [row.figure, columns(row)])));
  const met = rows.filter(({ met }) => met).length;
  console.log(`${met} of ${rows.length} goals are met.\n`);
}

function columns({ now, floor, ratio, goal, met }: LimitRow) {
  const unit = ratio === null ? '' : ' x';
  return {
    now: show(now),
    floor: floor === null ? '' : show(floor),
    ratio: ratio === null ? '' : `${ratio.toFixed(2)} x`,
    goal: 'atMost' in goal ? `at most ${goal.atMost}${unit}` : `at least ${goal.atLeast}${unit}`,
    met: met ? 'met' : 'NOT MET',
  };
}

function show(value: number): string {
  if (Number.isInteger(value)) return String(value);
  return value.toFixed(Math.abs(value) < 10 ? 2 : 1);
}

function isMet(value: number, goal: Goal): boolean {
  return 'atMost' in goal ? value <= goal.atMost : value >= goal.atLeast;
}

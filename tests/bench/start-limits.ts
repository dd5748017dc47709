// Compares the app's start and idle memory with an empty window: the figures, and their rows in the table of
// limits.
import { summarise } from '../../shared/domain/timings';
import { type LimitRow, rowAgainstFloor } from './limits';
import {
  type Comparison,
  comparePrograms,
  type Memory,
  type ProgramName,
  packagedPrograms,
  unpackagedPrograms,
} from './programs';
import type { Start } from './when-quiet';

const maxMemoryRatio = 1.3;
const maxStartRatio = { unpackaged: 1.25, packaged: 1.15 };

export type StartKind = keyof typeof maxStartRatio;

type Spread = { p50: number; p95: number };

export type StartLimits = {
  rows: LimitRow[];
  /** Milliseconds from the spawn. */
  background: Record<ProgramName, Spread>;
  firstPaint: Record<ProgramName, Spread>;
  interactive: Record<ProgramName, Spread>;
  /** Proportional set size of all processes. */
  memory: Record<ProgramName, Memory>;
};

/** Measures and prints the figures. @param rounds the number of starts of each program. */
export async function reportStartLimits(kind: StartKind, rounds: number): Promise<StartLimits> {
  const programs = kind === 'packaged' ? packagedPrograms() : unpackagedPrograms();
  const measured = await comparePrograms(programs, rounds);
  const { memory } = measured;
  const background = spreads(measured, 'background');
  const firstPaint = spreads(measured, 'firstPaint');
  const interactive = spreads(measured, 'interactive');
  const megabytes = (name: ProgramName) => memory[name].bytes / 1e6;
  const rows = [
    rowAgainstFloor(
      `Start to first paint, ${kind}, against an empty window (ms, p50)`,
      ...([firstPaint.app.p50, firstPaint.empty.p50] as const),
      { atMost: maxStartRatio[kind] },
    ),
    rowAgainstFloor(
      `Idle memory, ${kind}, against an empty window (MB)`,
      ...([megabytes('app'), megabytes('empty')] as const),
      { atMost: maxMemoryRatio },
    ),
  ];
  const figures = { rows, background, firstPaint, interactive, memory };
  print(kind, rounds, figures);
  return figures;
}

function spreads({ starts }: Comparison, moment: keyof Start): Record<ProgramName, Spread> {
  const spread = (name: ProgramName) => {
    const { p50, p95 } = summarise(
      'start',
      starts[name].map((start) => start[moment]),
    );
    return { p50, p95 };
  };
  return { app: spread('app'), empty: spread('empty') };
}

function print(
  kind: StartKind,
  rounds: number,
  { background, firstPaint, interactive, memory }: StartLimits,
): void {
  const show = ({ p50, p95 }: Spread) => `${p50.toFixed(0)} / ${p95.toFixed(0)}`;
  const line = ({ app, empty }: Record<ProgramName, Spread>) => ({
    'empty window': show(empty),
    Afterimage: show(app),
    ratio: (app.p50 / empty.p50).toFixed(3),
  });
  console.log(
    `\nStart, ${kind}, against an empty window; ${rounds} starts each; ms from spawn as p50 / p95\n`,
  );
  console.table({
    Background: line(background),
    'First paint': line(firstPaint),
    Interactive: line(interactive),
  });
  const megabytes = ({ bytes, processes }: Memory) =>
    `${(bytes / 1e6).toFixed(0)} MB in ${processes} processes`;
  console.log(`Idle: ${megabytes(memory.app)}; the empty window ${megabytes(memory.empty)}.`);
}

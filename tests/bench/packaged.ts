// `npm run bench -- --packaged`: compares the packaged app's start and memory with an empty window of the same runtime.
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { machineLoad, printLimits } from './limits';
import { reportStartLimits } from './start-limits';

const { values } = parseArgs({
  options: {
    packaged: { type: 'boolean' },
    json: { type: 'string' },
    rounds: { type: 'string', default: '15' },
  },
});
const rounds = Number(values.rounds);
if (!Number.isInteger(rounds) || rounds < 1) throw new Error('--rounds must be a whole number.');

const before = machineLoad();
const { rows, ...figures } = await reportStartLimits('packaged', rounds);
const load = { before, after: machineLoad() };
printLimits(rows, load);
if (values.json !== undefined) {
  const machine = { cores: cpus().length, cpu: cpus()[0]?.model ?? '', node: process.version, load };
  writeFileSync(values.json, `${JSON.stringify({ rounds, machine, ...figures, limits: rows }, null, 2)}\n`);
}

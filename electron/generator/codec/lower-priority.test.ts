// Only on Linux do threads have priorities of their own.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'vite';
import { expect, onTestFinished, test } from 'vitest';
import { temporaryFolder } from '../../main/test-support/temporary-folder';
import { codecNiceness } from './lower-priority';

test.runIf(process.platform === 'linux')(
  'every thread of the process gives way, also later ones',
  async () => {
    const { folder, remove } = temporaryFolder();
    onTestFinished(remove);
    const entry = path.join(folder, 'program.ts');
    writeFileSync(
      entry,
      `import { readdirSync, readFileSync } from 'node:fs';
     import { stat } from 'node:fs/promises';
     import { lowerPriority } from ${JSON.stringify(path.join(import.meta.dirname, 'lower-priority.ts'))};
     lowerPriority();
     // Start the threads of the pool.
     await Promise.all(Array.from({ length: 8 }, () => stat('.')));
     const nicenessOf = (thread) => {
       const text = readFileSync('/proc/self/task/' + thread + '/stat', 'utf8');
       return Number(text.slice(text.lastIndexOf(')') + 2).split(' ')[16]);
     };
     console.log(JSON.stringify(readdirSync('/proc/self/task').map(nicenessOf)));`,
    );
    const outDir = path.join(folder, 'built');
    const output = { entryFileNames: 'program.mjs' };
    await build({
      ...{ configFile: false, logLevel: 'silent', root: folder },
      build: { ssr: entry, outDir, target: 'node20', rollupOptions: { output } },
    });
    const printed = execFileSync(process.execPath, [path.join(outDir, 'program.mjs')], { encoding: 'utf8' });
    const found: number[] = JSON.parse(printed);
    expect(found.length).toBeGreaterThan(4);
    // If this test already runs at a lower priority, no thread can have a higher one.
    expect(Math.min(...found)).toBeGreaterThanOrEqual(codecNiceness);
  },
);

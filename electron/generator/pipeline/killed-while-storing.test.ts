// Proves the order in which a picture is stored by killing the process at each step.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { arrivalFile, factsOf, pictureFile, recipeFile } from '../../../shared/domain/picture-files';
import type { RecoverJob } from '../../../shared/generator/jobs';
import { buildScript } from '../../../tests/harness/build-script';
import { temporaryFolder } from '../../main/test-support/temporary-folder';
import { tidyArrivals } from './arrivals';
import { recoverFromDisk } from './recover-from-disk';
import { filesIn, noise, origin, pictureId } from './test-pictures';
import { contextOf, requestId } from './test-storing';

const { model, prompt, params } = origin;
const job: RecoverJob = {
  kind: 'recover',
  jobId: pictureId,
  requestId,
  provider: 'google',
  model,
  prompt,
  params,
};
const file = pictureFile(pictureId, 'png');

test('recovers a picture exactly once after a kill at any point of storing if its bytes were written', async () => {
  const { folder: dataFolder, remove } = temporaryFolder();
  onTestFinished(remove);
  const script = await buildStorer();
  const states = new Set<string>();
  // The process is killed when the file of a step appears.
  const steps = [
    `${factsOf(arrivalFile(requestId))}.part`,
    factsOf(arrivalFile(requestId)),
    `${arrivalFile(requestId)}.part`,
    arrivalFile(requestId),
    `${recipeFile(pictureId)}.part`,
    recipeFile(pictureId),
    file,
  ];
  for (const step of steps.flatMap((name) => [name, name, name])) {
    for (const folder of ['images', 'arrived']) {
      rmSync(path.join(dataFolder, folder), { recursive: true, force: true });
    }
    const child = fork(script, [dataFolder], { stdio: 'ignore', execArgv: [] });
    const exit = new Promise((resolve) => child.once('exit', resolve));
    // Poll the folder without a pause only from now on, because that would slow down the start of the process.
    await once(child, 'message');
    child.send('store');
    while (!existsSync(path.join(dataFolder, step)) && !existsSync(path.join(dataFolder, file))) {
      await new Promise(setImmediate);
    }
    child.kill('SIGKILL');
    await exit;
    const left = filesIn(dataFolder);
    states.add(
      left
        .map((name) => path.basename(name).replace(pictureId, 'picture').replace(requestId, 'request'))
        .join(' '),
    );
    const bytesWereThere = left.includes(arrivalFile(requestId)) || left.includes(file);
    const found = await recoverFromDisk(contextOf(dataFolder), job);
    expect(found.ok).toBe(bytesWereThere);
    if (!found.ok) {
      expect(found.code).toBe('nothing_to_recover');
      continue;
    }
    expect(readFileSync(path.join(dataFolder, file))).toHaveLength(found.value.image.bytes);
    expect(await recoverFromDisk(contextOf(dataFolder), job)).toMatchObject({
      ok: true,
      value: { image: found.value.image },
    });
    tidyArrivals(dataFolder);
    const after = filesIn(dataFolder).filter((name) => !name.endsWith('.part'));
    expect(after).toEqual([recipeFile(pictureId), file]);
  }
  expect(states.size).toBeGreaterThan(1);
});

/** Returns a script that stores a picture in the folder of its first argument. */
async function buildStorer(): Promise<string> {
  const { folder, remove } = temporaryFolder();
  onTestFinished(remove);
  const here = (name: string) => JSON.stringify(path.join(import.meta.dirname, name));
  const entry = path.join(folder, 'storer.ts');
  writeFileSync(path.join(folder, 'picture.png'), noise(500, 400).toBuffer('image/png'));
  writeFileSync(
    entry,
    `import { readFileSync } from 'node:fs';
     import { storeArrived } from ${here('test-storing.ts')};
     const picture = readFileSync(${JSON.stringify(path.join(folder, 'picture.png'))});
     process.on('message', () => storeArrived(process.argv[2], picture));
     process.send('started');`,
  );
  const built = await buildScript(entry);
  onTestFinished(built.remove);
  return built.script;
}

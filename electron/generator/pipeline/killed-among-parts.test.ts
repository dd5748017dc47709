// Proves that the parts of an answer are kept or reported lost, by killing the process at each file that it writes.

import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { arrivalsFolder } from '../../../shared/domain/picture-files';
import type { RecoverJob } from '../../../shared/generator/jobs';
import { buildScript } from '../../../tests/harness/build-script';
import { listen } from '../../../tests/servers/listen';
import { temporaryFolder } from '../../main/test-support/temporary-folder';
import { localCodec } from '../codec/local-codec';
import { configureServices } from '../services/test-context';
import { answerJob } from './answer-job';
import { tidyArrivals } from './arrivals';
import { createRequests } from './requests';
import { filesIn, noise, origin, pictureId } from './test-pictures';
import { requestId } from './test-storing';

const count = 4;
const { model, prompt, params } = origin;
const job: RecoverJob = {
  ...{ kind: 'recover', jobId: pictureId, requestId, provider: 'google', model, prompt, params },
};

test('keeps the written parts and counts the others as lost, after a kill at any file of an answer', async () => {
  const { folder: dataFolder, remove } = temporaryFolder();
  onTestFinished(remove);
  const address = await startServer();
  const script = await buildAsker();
  const kept = new Set<number>();
  // The facts and the bytes of each picture, each first as an unfinished write.
  for (let files = 1; files <= count * 2 + 1; files += 1) {
    for (const name of ['images', 'arrived'])
      rmSync(path.join(dataFolder, name), { recursive: true, force: true });
    const child = fork(script, [dataFolder, address], { stdio: 'ignore', execArgv: [] });
    let hasExited = false;
    const exit = new Promise<void>((resolve) =>
      child.once('exit', () => {
        hasExited = true;
        resolve();
      }),
    );
    // Poll the folder without a pause only from now on, because that would slow down the start of the process.
    await once(child, 'message');
    child.send('ask');
    while (!hasExited && written(dataFolder) < files && !existsSync(path.join(dataFolder, 'images'))) {
      await new Promise(setImmediate);
    }
    child.kill('SIGKILL');
    await exit;
    tidyArrivals(dataFolder);
    const outcome = await recover(dataFolder, job);
    if (outcome.type !== 'stored') {
      expect(outcome).toMatchObject({ code: 'nothing_to_recover' });
      expect(filesIn(dataFolder).filter((name) => name.startsWith(arrivalsFolder))).toEqual([]);
      continue;
    }
    const { parts = [], lost = 0 } = outcome.answer ?? {};
    expect(parts.length + lost).toBe(count - 1);
    kept.add(parts.length);
    for (const { id } of parts) {
      const part = await recover(dataFolder, { ...job, jobId: id, requestId: id });
      expect(part).toMatchObject({ type: 'stored', jobId: id, requestId: id });
    }
    const left = filesIn(dataFolder).filter(
      (name) => name.startsWith(arrivalsFolder) && !name.endsWith('.json'),
    );
    expect(left).toEqual([]);
  }
  // Both early and late kills must have happened.
  expect(kept.size).toBeGreaterThan(1);
});

function written(dataFolder: string): number {
  const folder = path.join(dataFolder, arrivalsFolder);
  return existsSync(folder) ? readdirSync(folder).length : 0;
}

async function recover(dataFolder: string, asked: RecoverJob) {
  const configuration = { dataFolder, services: configureServices({ google: {} }), displayQuality: 90 };
  const context = { configuration, codec: localCodec, requests: createRequests(), send: () => {} };
  return (await answerJob(asked, { ...context, signal: new AbortController().signal })).outcome;
}

/** Returns the address of a server that answers every request with several pictures. */
async function startServer(): Promise<string> {
  const parts = Array.from({ length: count }, (_, index) => ({
    inlineData: {
      mimeType: 'image/png',
      data: noise(200 + index, 150)
        .toBuffer('image/png')
        .toString('base64'),
    },
  }));
  const body = JSON.stringify({ candidates: [{ content: { parts }, finishReason: 'STOP' }] });
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(body);
  });
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${await listen(server)}`;
}

/** Returns a script that requests a picture. Arguments: the data folder, the service's address. */
async function buildAsker(): Promise<string> {
  const { folder, remove } = temporaryFolder();
  onTestFinished(remove);
  const here = (name: string) => JSON.stringify(path.join(import.meta.dirname, name));
  const entry = path.join(folder, 'asker.ts');
  writeFileSync(
    entry,
    `import { answerJob } from ${here('answer-job.ts')};
     import { createRequests } from ${here('requests.ts')};
     import { localCodec } from ${here('../codec/local-codec.ts')};
     import { configureServices } from ${here('../services/test-context.ts')};
     const [, , dataFolder, baseUrl] = process.argv;
     const services = configureServices({ google: { apiKey: 'key', baseUrl } });
     process.on('message', () => answerJob(${JSON.stringify({ ...job, kind: 'picture' })}, {
       configuration: { dataFolder, services, displayQuality: 90 },
       codec: localCodec,
       requests: createRequests(),
       signal: new AbortController().signal,
       send: () => {},
     }));
     process.send('started');`,
  );
  const built = await buildScript(entry);
  onTestFinished(built.remove);
  return built.script;
}

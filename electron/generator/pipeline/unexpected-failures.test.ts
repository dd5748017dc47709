// Jobs with unexpected failures: errors of the file system, and bugs.
import { existsSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { arrivalFile } from '../../../shared/domain/picture-files';
import type { PictureJob } from '../../../shared/generator/jobs';
import type { FromGenerator } from '../../../shared/generator/messages';
import { startGoogleServer } from '../../../tests/servers/google-server';
import { temporaryFolder } from '../../main/test-support/temporary-folder';
import { localCodec } from '../codec/local-codec';
import { configureServices } from '../services/test-context';
import { answerJob } from './answer-job';
import { createRequests } from './requests';
import { origin, pictureId, sample } from './test-pictures';
import { requestId } from './test-storing';

describe('a failing file system', () => {
  const job: PictureJob = {
    ...{ kind: 'picture', jobId: pictureId, requestId, prompt: origin.prompt, params: origin.params },
    ...{ provider: 'google', model: origin.model },
  };

  async function world() {
    const { folder: dataFolder, remove } = temporaryFolder();
    onTestFinished(remove);
    const server = await startGoogleServer({ picture: sample(64, 64).toBuffer('image/png') });
    onTestFinished(() => server.close());
    vi.spyOn(console, 'error').mockImplementation(() => {});
    onTestFinished(() => void vi.restoreAllMocks());
    const services = configureServices({ google: { apiKey: 'key', baseUrl: server.baseUrl } });
    const context = {
      configuration: { dataFolder, services, displayQuality: 90 },
      ...{ codec: localCodec, requests: createRequests(), signal: new AbortController().signal, send() {} },
    };
    return { dataFolder, server, context };
  }

  /** Obstacles in the place of a folder. */
  const obstacles: readonly [string, (folder: string) => void][] = [
    ['a file', (folder) => writeFileSync(folder, 'x')],
    ['a link to itself', (folder) => symlinkSync(folder, folder)],
  ];

  test.each(obstacles)(
    'sends no request while %s is in the place of the images folder',
    async (_what, block) => {
      const { dataFolder, server, context } = await world();
      const images = path.join(dataFolder, 'images');
      block(images);
      const { outcome } = await answerJob(job, context);
      expect(outcome).toMatchObject({ type: 'failed', code: 'not_saved', costMicroUsd: null });
      expect(server.requests).toEqual([]);
      rmSync(images);
      expect((await answerJob(job, context)).outcome).toMatchObject({ type: 'stored' });
    },
  );

  test.each(obstacles)(
    'keeps paid bytes if %s takes the folder’s place during the request',
    async (_what, block) => {
      const { dataFolder, server, context } = await world();
      const images = path.join(dataFolder, 'images');
      const send = (news: FromGenerator) => {
        if (news.type === 'arrived') block(images);
      };
      const { outcome } = await answerJob(job, { ...context, send });
      expect(outcome).toMatchObject({ type: 'failed', code: 'picture_not_stored' });
      expect(existsSync(path.join(dataFolder, arrivalFile(requestId)))).toBe(true);
      rmSync(images);
      const recovered = await answerJob({ ...job, kind: 'recover' }, context);
      expect(recovered.outcome).toMatchObject({ type: 'stored' });
      expect(server.requests).toHaveLength(1);
    },
  );

  test('reports a recovered picture that exists and could not be stored', async () => {
    const { dataFolder, context } = await world();
    writeFileSync(path.join(dataFolder, 'images'), 'x');
    const { outcome } = await answerJob({ ...job, kind: 'recover' }, context);
    expect(outcome).toMatchObject({ type: 'failed', code: 'picture_not_stored', costMicroUsd: 33_600 });
  });
});

test.each([
  ['a picture', { kind: 'picture', prompt: 'a fox', params: origin.params } as const, 'bad_answer', 33_600],
  ['words', { kind: 'text', text: 'a fox', history: [] } as const, 'internal', 0],
])('a bug fails only %s, with its possible cost', async (_what, asked, code, costMicroUsd) => {
  vi.spyOn(console, 'error').mockImplementation(() => {});
  onTestFinished(() => void vi.restoreAllMocks());
  const job = { ...asked, jobId: pictureId, requestId, provider: 'google', model: origin.model };
  const { outcome } = await answerJob(job, {
    // A configuration that breaks the code, as another version might send it.
    configuration: { dataFolder: 'nowhere', services: JSON.parse('7'), displayQuality: 90 },
    ...{ codec: localCodec, requests: createRequests(), signal: new AbortController().signal, send() {} },
  });
  expect(outcome).toMatchObject({ type: 'failed', code, costMicroUsd });
});

// Requests for suggestions: the model, its instructions, and the content of a picture to describe.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { TextJob } from '../../../shared/generator/jobs';
import { startGoogleServer } from '../../../tests/servers/google-server';
import { textEvents } from '../../../tests/servers/google-stream';
import { startOpenaiServer, words } from '../../../tests/servers/openai-server';
import { temporaryFolder } from '../../main/test-support/temporary-folder';
import { localCodec } from '../codec/local-codec';
import { configureServices, type TestConfiguration } from '../services/test-context';
import { answerJob } from './answer-job';
import { createRequests } from './requests';
import { pictureId, sample, withJpegSegment } from './test-pictures';
import { requestId } from './test-storing';

const plain = sample(64, 64).toBuffer('image/jpeg');
const photo = withJpegSegment(plain, 0xe1, Buffer.from('http://ns.adobe.com/xap/1.0/\0at 52.51 N, 13.41 E'));

const asked = { kind: 'text', jobId: pictureId, requestId, history: [] } as const;
const improvement: TextJob = {
  ...asked,
  ...{ provider: 'openai', model: 'gpt-5.4-mini', text: '⟦1⟧ Fuchs im Schnee' },
  suggestion: { kind: 'improve', attached: 2, parts: ['{roter|blauer}'] },
};
const description: TextJob = {
  ...asked,
  ...{ provider: 'openai', model: 'gpt-5.4-mini', text: '' },
  suggestion: { kind: 'describe' },
  references: [{ imageId: pictureId, file: 'photo.jpg', prompt: '', signature: null }],
};

/** @param bytes the picture's file; null if it is missing. */
async function answer(job: TextJob, configuration: TestConfiguration, bytes: Uint8Array | null = photo) {
  const { folder: dataFolder, remove } = temporaryFolder();
  onTestFinished(remove);
  if (bytes) writeFileSync(path.join(dataFolder, 'photo.jpg'), bytes);
  const { outcome } = await answerJob(job, {
    configuration: { dataFolder, services: configureServices(configuration), displayQuality: 90 },
    codec: localCodec,
    requests: createRequests(),
    signal: new AbortController().signal,
    send: () => {},
  });
  return outcome;
}

async function openaiServer() {
  const server = await startOpenaiServer();
  onTestFinished(() => server.close());
  return { server, configuration: { openai: { apiKey: 'key', baseUrl: server.baseUrl } } };
}

async function googleServer() {
  const server = await startGoogleServer();
  onTestFinished(() => server.close());
  return { server, configuration: { google: { apiKey: 'key', baseUrl: server.baseUrl } } };
}

const sentPrompt = `<draft>
⟦1⟧ Fuchs im Schnee
</draft>
⟦1⟧ stands for {roter|blauer}
The draft comes with 2 attached pictures, which you cannot see and which it may refer to.`;

describe('an OpenAI-compatible service', () => {
  test('receives the draft to rewrite, without tools or pictures', async () => {
    const { server, configuration } = await openaiServer();
    server.answerNext(words('Ein ⟦1⟧ Fuchs', ' im tiefen Schnee'));
    const outcome = await answer(improvement, configuration);
    expect(outcome).toMatchObject({ type: 'replied', text: 'Ein ⟦1⟧ Fuchs im tiefen Schnee', pictures: [] });
    expect(server.rejections).toEqual([]);
    const { model, messages, tools } = server.requests[0]?.fields ?? {};
    expect([model, tools]).toEqual(['gpt-5.4-mini', undefined]);
    expect(messages).toEqual([
      { role: 'system', content: expect.stringContaining('Write in the language of the draft.') },
      { role: 'user', content: sentPrompt },
    ]);
  });

  test('receives a picture to describe with its pixel data unchanged and without its metadata', async () => {
    const { server, configuration } = await openaiServer();
    server.answerNext(words('A checkerboard of four colours'));
    expect(await answer(description, configuration)).toMatchObject({
      text: 'A checkerboard of four colours',
    });
    expect(server.rejections).toEqual([]);
    expect(server.requests[0]?.fields['messages']).toMatchObject([
      { role: 'system' },
      {
        role: 'user',
        content: [
          {
            type: 'image_url',
            image_url: { url: `data:image/jpeg;base64,${Buffer.from(plain).toString('base64')}` },
          },
          { type: 'text', text: 'Describe this picture.' },
        ],
      },
    ]);
  });

  test.each([
    ['a missing file', null, 'file_missing'],
    ['a file that services do not open', Buffer.from('GIF89a'), 'request_rejected'],
  ])('sends no request for %s', async (_what, bytes, code) => {
    const { server, configuration } = await openaiServer();
    const outcome = await answer(description, configuration, bytes);
    expect(outcome).toMatchObject({ type: 'failed', code, costMicroUsd: null });
    expect(server.requests).toEqual([]);
  });
});

describe('Google', () => {
  test('receives the draft to rewrite, without tools or pictures', async () => {
    const { server, configuration } = await googleServer();
    server.answerNext({ kind: 'stream', events: textEvents('Ein ⟦1⟧ Fuchs') });
    const job: TextJob = { ...improvement, provider: 'google', model: 'gemini-3.8-flash' };
    expect(await answer(job, configuration)).toMatchObject({ type: 'replied', text: 'Ein ⟦1⟧ Fuchs' });
    expect(server.rejections).toEqual([]);
    const [request] = server.requests;
    expect(request).toMatchObject({
      model: 'gemini-3.8-flash',
      contents: [{ role: 'user', parts: [{ text: sentPrompt }] }],
    });
    expect(request?.body).not.toHaveProperty('tools');
  });

  test('receives a picture to describe with its pixel data unchanged and without its metadata', async () => {
    const { server, configuration } = await googleServer();
    server.answerNext({ kind: 'stream', events: textEvents('A checkerboard') });
    const job: TextJob = { ...description, provider: 'google', model: 'gemini-3.8-flash' };
    expect(await answer(job, configuration)).toMatchObject({ type: 'replied', text: 'A checkerboard' });
    expect(server.rejections).toEqual([]);
    const data = Buffer.from(plain).toString('base64');
    expect(server.requests[0]?.contents).toEqual([
      {
        role: 'user',
        parts: [{ inlineData: { mimeType: 'image/jpeg', data } }, { text: 'Describe this picture.' }],
      },
    ]);
  });
});

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { nativeBinding } from './native-binding';
import { openStore } from './open';

const binding = nativeBinding(process.cwd());
const conversationId = '019a0000-0000-7000-8000-0000000000c0';
const messageId = '019a0000-0000-7000-8000-0000000000a0';
let folder = '';

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'afterimage-version-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Returns a picture that another version wrote, as this version reads it. */
function readBack(row: {
  provider: string;
  params: string;
  status: string;
  imageFile: string | null;
  errorSentence?: string;
}) {
  const file = path.join(folder, 'afterimage.db');
  openStore({ file, nativeBinding: binding }).close();
  const database = new SqliteDatabase(file, binding === undefined ? {} : { nativeBinding: binding });
  database
    .prepare('INSERT INTO conversations (id, title, created_at, updated_at) VALUES (?, ?, 1, 1)')
    .run(conversationId, 'A chat');
  database
    .prepare(
      `INSERT INTO messages (id, conversation_id, role, kind, status, prompt, params, provider, model,
                             image_file, error_code, error_message, error_sentence, created_at, updated_at)
       VALUES (?, ?, 'assistant', 'image', ?, 'a fox', ?, ?, 'm', ?, ?, 'Because.', ?, 1, 1)`,
    )
    .run(
      ...[messageId, conversationId, row.status, row.params, row.provider, row.imageFile],
      ...[row.errorSentence === undefined ? null : 'refused', row.errorSentence ?? null],
    );
  database.close();
  const store = openStore({ file, nativeBinding: binding });
  try {
    return store.messages.page(conversationId, null, 10).messages[0];
  } finally {
    store.close();
  }
}

const good = '{"aspectRatio":"3:2","seed":1}';

test('a pending picture of an unknown provider is shown as failed', () => {
  const message = readBack({ provider: 'dreamer', params: good, status: 'generating', imageFile: null });
  expect(message).toMatchObject({ status: 'failed', error: { code: 'unknown_provider' } });
});

test('a finished picture of an unknown provider is shown like any other', () => {
  const message = readBack({
    provider: 'dreamer',
    params: good,
    status: 'ready',
    imageFile: 'images/a0/x.png',
  });
  expect(message).toMatchObject({ status: 'ready', error: null, image: { bytes: 0 } });
});

test.each(['', '{', 'null', '{"aspectRatio":"5:1","seed":1}'])(
  'unreadable parameters %j are ignored',
  (params) => {
    const message = readBack({ provider: 'painter', params, status: 'ready', imageFile: 'images/a0/x.png' });
    expect(message).toMatchObject({ kind: 'image', params: { aspectRatio: '1:1' } });
  },
);

test.each([
  [
    '{"id":"services.no_seed","values":{"service":"xAI"}}',
    { id: 'services.no_seed', values: { service: 'xAI' } },
  ],
  ['{"id":"services.of_another_version"}', undefined],
  ['{"id":"services.no_seed","values":{"service":["xAI"]}}', undefined],
  ['{', undefined],
])('the sentence %s of a failure is read if this version knows it', (errorSentence, sentence) => {
  const message = readBack({
    provider: 'google',
    params: good,
    status: 'failed',
    imageFile: null,
    errorSentence,
  });
  expect(message?.error).toEqual({ code: 'refused', message: 'Because.', ...(sentence && { sentence }) });
});

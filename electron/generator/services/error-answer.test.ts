import { expect, test } from 'vitest';
import { maxServiceMessageLength } from '../../../shared/domain/failure-details';
import { readErrorAnswer } from './error-answer';
import { createBodyTruncator } from './truncate-body';

const key = 'secret-key-4711';

async function answerTo(body: string | null, init: ResponseInit = {}, url = 'https://api.example.com/v1') {
  const response = new Response(body, { status: 400, ...init });
  const headers = new Headers({ Authorization: `Bearer ${key}`, 'content-type': 'application/json' });
  const { answer, body: read } = readErrorAnswer(response, { url, headers });
  const text = read === null ? null : await new Response(read).text();
  expect(text).toBe(body);
  return answer;
}

test.each([
  ['{"error":{"message":"No such size.","code":7}}', 'No such size.'],
  ['[{"error":{"message":"Not in a stream."}}]', 'Not in a stream.'],
  ['{"error":"Model is loading"}', 'Model is loading'],
  ['{"message":"Nope"}', 'Nope'],
  ['{"detail":"Out of credit"}', 'Out of credit'],
  ['{"detail":[{"msg":"field required"},{"msg":"too long"}]}', 'field required too long'],
  ['{"detail":[{"loc":["body","size"],"msg":"not permitted"}]}', 'size: not permitted'],
  ['{"error":{"message":"Unknown parameter: \'size[]\'."}}', "Unknown parameter: 'size[]'."],
  ['{"errors":[{"message":"One"},{"message":"Two"}]}', 'One Two'],
  ['upstream timed out\n', 'upstream timed out'],
])('reads the message of %s', async (body, serviceMessage) => {
  expect(await answerTo(body)).toEqual({ httpStatus: 400, serviceMessage });
});

test.each(['', '<html><body>Sign in</body></html>', '{', '{"error":{}}', '[]', 'null', '7'])(
  'takes no message from %j',
  async (body) => {
    expect(await answerTo(body)).toEqual({ httpStatus: 400 });
  },
);

test('has the status and the request id at once, even without a body', async () => {
  const headers = { 'x-request-id': 'req_17' };
  expect(await answerTo(null, { status: 503, headers })).toEqual({
    httpStatus: 503,
    serviceRequestId: 'req_17',
  });
});

test.each([
  ['the key', key],
  ['the whole header', `Bearer ${key}`],
  ['a key of another shape', 'AIzaSyA-1234567890abcdef'],
  ['a key in the address', 'query-key-8150'],
])('removes %s', async (_, secret) => {
  const url = 'https://api.example.com/v1?key=query-key-8150';
  const headers = { 'x-request-id': `for ${secret}` };
  const answer = await answerTo(`{"error":{"message":"Bad key ${secret}, sorry."}}`, { headers }, url);
  expect(JSON.stringify(answer)).not.toContain(secret);
  expect(answer.serviceMessage).toMatch(/^Bad key .*…, sorry\.$/);
});

test('truncates a long message', async () => {
  for (const length of [9000, 90_000, 900_000]) {
    const { serviceMessage = '' } = await answerTo(JSON.stringify({ error: `${'é'.repeat(length)}` }));
    expect(serviceMessage).toMatch(/^é+…$/);
    expect(serviceMessage).toHaveLength(maxServiceMessageLength);
  }
});

const picture = 'iVBORw0KGgo'.repeat(200_000);

test.each([
  [
    'FastAPI, with the picture that it was sent',
    { detail: [{ type: 'x', loc: ['body', 'image'], msg: 'Not square.', input: picture }] },
    'image: Not square.',
  ],
  [
    'a job, with the picture before the message',
    { input: { image: picture }, error: 'Too large.' },
    'Too large.',
  ],
  [
    'a list of many values after the message',
    { detail: [{ loc: ['body', 'mask'], msg: 'Too many values.', input: Array(90_000).fill(0.5) }] },
    'mask: Too many values.',
  ],
  [
    'many problems, of which the first ones are enough',
    { detail: Array.from({ length: 9000 }, (_, at) => ({ loc: ['body', at], msg: 'Wrong.' })) },
    /^0: Wrong\. 1: Wrong\. .*…$/,
  ],
  [
    'the body of another service in a text',
    { error: { message: JSON.stringify({ detail: 'No room.', input: picture }) } },
    'No room.',
  ],
])('reads the message of %s', async (_, body, said) => {
  const { serviceMessage } = await answerTo(JSON.stringify(body));
  if (typeof said === 'string') expect(serviceMessage).toBe(said);
  else expect(serviceMessage).toMatch(said);
});

test('reads the same message however a body is split into chunks', async () => {
  // At some chunk size, each kind of cut occurs: within a character, an escape and a string.
  const body = JSON.stringify({ input: '\u{1f98a}\n\\"é\u0001'.repeat(1500), error: 'A “quoted” \\ word\n' });
  const bytes = new TextEncoder().encode(body.replaceAll('é', '\\u00e9'));
  for (const size of [1, 2, 3, 5, 7, 4096]) {
    const start = createBodyTruncator();
    for (let at = 0; at < bytes.length; at += size) start.add(bytes.subarray(at, at + size));
    expect(JSON.parse(start.text())).toMatchObject({ error: 'A “quoted” \\ word\n' });
    expect(start.text().length).toBeLessThan(9000);
  }
});

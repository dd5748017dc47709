import { expect, test } from 'vitest';
import { maxServiceMessageLength } from '../../../shared/domain/failure-details';
import { readErrorAnswer } from './error-answer';

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

test('has the status and the id of the request at once, and also without a body', async () => {
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

test('cuts a long message, and takes none from a body that goes on for too long', async () => {
  const long = await answerTo(JSON.stringify({ error: 'x'.repeat(9000) }));
  expect(long.serviceMessage).toHaveLength(maxServiceMessageLength);
  const endless = await answerTo(JSON.stringify({ error: 'x'.repeat(90_000) }));
  expect(endless).toEqual({ httpStatus: 400 });
});

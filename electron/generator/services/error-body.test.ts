import { expect, test } from 'vitest';
import { messageIn } from './error-body';

test.each([
  // FastAPI, with pydantic 2.
  [
    '{"detail":[{"type":"missing","loc":["body","prompt"],"msg":"Field required","input":{"steps":20}}]}',
    'prompt: Field required',
  ],
  [
    '{"detail":[{"loc":["body","images",0],"msg":"too large","type":"value_error"},{"loc":["body","steps"],"msg":"not a number","type":"int"}]}',
    '0: too large steps: not a number',
  ],
  ['{"detail":{"error":"Model is overloaded"}}', 'Model is overloaded'],
  ['{"detail":[{"msg":"no place"}]}', 'no place'],
  // Gradio.
  ['{"error":null,"detail":"No API found"}', 'No API found'],
  // Express with its default handlers, and Nest.
  ['{"error":"Bad Request","message":"Steps must be a number"}', 'Steps must be a number'],
  ['{"statusCode":400,"message":["no steps","no prompt"],"error":"Bad Request"}', 'no steps no prompt'],
  // RFC 9457, Django, Laravel and ASP.NET.
  [
    '{"type":"about:blank","title":"Unprocessable","status":422,"detail":"Prompt is empty"}',
    'Prompt is empty',
  ],
  ['{"title":"Not Found","status":404}', 'Not Found'],
  ['{"size":["Not a valid choice."],"prompt":["Too long."]}', 'size: Not a valid choice. prompt: Too long.'],
  ['{"title":"Invalid","errors":{"Size":["Too big."]}}', 'Size: Too big.'],
  // OAuth.
  ['{"error":"invalid_grant","error_description":"The token has expired"}', 'The token has expired'],
  // xAI and Ollama.
  ['{"code":"invalid-argument","error":"No such model"}', 'No such model'],
  // The body of another service, as a string.
  ['{"error":{"message":"{\\"error\\":{\\"message\\":\\"Too many steps\\"}}"}}', 'Too many steps'],
  // Text in braces that is not JSON.
  ['{"message":"{prompt} is empty"}', '{prompt} is empty'],
  // The web UI: the class of an exception says less than its message.
  ['{"error":"RuntimeError","detail":"","body":"","errors":"Sizes must match"}', 'Sizes must match'],
  ['{"error":"HTTPException","detail":"Sampler not found","body":"","errors":""}', 'Sampler not found'],
  // ComfyUI.
  ['{"error":{"type":"no_prompt","message":"No prompt","details":"","extra_info":{}}}', 'No prompt'],
  ['{"error":{"message":"Cannot run","details":"node 7 is missing"}}', 'Cannot run: node 7 is missing'],
  [
    '{"error":{"message":"Validation failed"},"node_errors":{"4":{"class_type":"Loader","errors":[{"message":"Not in list","details":"x.safetensors"}]}}}',
    'Loader: Not in list: x.safetensors',
  ],
  ['upstream connect error', 'upstream connect error'],
])('reads the message of %s', (body, words) => {
  expect(messageIn(body)).toBe(words);
});

test.each([
  '<!doctype html><title>502</title>',
  '{"message":"<html><body>Sign in</body></html>"}',
  '{"error":{"code":7}}',
  '{"detail":[{"loc":["body"],"type":"missing"}]}',
  '{"detail":[',
  `${'{"error":'.repeat(9)}"deep"${'}'.repeat(9)}`,
])('finds no message in %s', (body) => {
  expect(messageIn(body)).toBeNull();
});

test.each([
  ['{"detail":[{"loc":["body","size"],"msg":"Too big.","input":"abc', 'size: Too big.'],
  ['{"detail":[{"msg":"One."},{"msg":"Tw', 'One.'],
  [
    '{"error":{"message":"With \\"quotes\\", {braces} and [more].","param":nul',
    'With "quotes", {braces} and [more].',
  ],
  ['{"error":"Whole.","input":[[1,2],[3', 'Whole.'],
  ['{"error":"Whole.","input":{"image":', 'Whole.'],
  ['{"error":"Broken of', null],
  ['{"error":"Whole."', null],
  ['[', null],
])('reads the truncated body %s', (body, words) => {
  expect(messageIn(body)).toBe(words);
});

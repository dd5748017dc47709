import { expect, test } from 'vitest';
import { splitThought } from './thoughts';

test.each([
  ['Hello.', null, 'Hello.'],
  ['<think>\nHm.\n</think>\n\nHello.', 'Hm.', 'Hello.'],
  ['  <THINKING>Hm.</THINKING>Hello.', 'Hm.', 'Hello.'],
  ['<think></think>Hello.', '', 'Hello.'],
  ['<think>Still at it', 'Still at it', ''],
  ['Use <think> in XML.</think>', null, 'Use <think> in XML.</think>'],
  ['<think>a < b, </thin', 'a < b, </thin', ''],
])('%j is the thought %j and the text %j', (given, thought, text) => {
  expect(splitThought(given)).toEqual({ thought, text });
});

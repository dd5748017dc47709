import { describe, expect, test } from 'vitest';
import { cleanSuggestion } from './clean-suggestion';

describe('an answer', () => {
  test.each([
    ['A red fox at dawn', 'A red fox at dawn'],
    ['  "A red fox at dawn"  ', 'A red fox at dawn'],
    ['„Ein roter Fuchs im Morgenlicht“', 'Ein roter Fuchs im Morgenlicht'],
    ['「朝の赤い狐」', '朝の赤い狐'],
    ['```\nA red fox at dawn\n```', 'A red fox at dawn'],
    ['```text\nA red fox,\nat dawn\n```', 'A red fox,\nat dawn'],
    ['Here is the improved prompt:\n\nA red fox at dawn', 'A red fox at dawn'],
    ['Sure! Here\'s a rewritten version of your prompt:\n\n"A red fox at dawn"', 'A red fox at dawn'],
    ['Here is your prompt: "A red fox at dawn"', 'A red fox at dawn'],
    ['**Prompt:**\nA red fox at dawn', 'A red fox at dawn'],
    ['<think>They want a fox.</think>\nA red fox at dawn', 'A red fox at dawn'],
    ['<draft>\nA red fox at dawn\n</draft>', 'A red fox at dawn'],
    ['<think>They want', ''],
  ])('%j becomes %j', (answer, expected) => {
    expect(cleanSuggestion(answer)).toBe(expected);
  });

  test.each([
    'A neon sign that says "OPEN"',
    '"OPEN" on a neon sign above "CLOSED"',
    'Here is a fox: red, at dawn',
    'Here is the version of a city that dreams: a prompt for wonder',
    'A terminal with ```code``` on it',
    'Prompt: the word, carved in stone',
    '"',
    '""',
  ])('%j does not change, because it may be part of the prompt', (answer) => {
    expect(cleanSuggestion(answer)).toBe(answer);
  });

  test('keeps its quotes if the draft has them too', () => {
    expect(cleanSuggestion('"Hello" in lights', '"Hello" in lights')).toBe('"Hello" in lights');
    expect(cleanSuggestion('"OPEN HERE"', '"open here"')).toBe('"OPEN HERE"');
  });
});

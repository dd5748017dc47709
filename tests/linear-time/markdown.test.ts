// The Markdown of answers, on generated repetitions. Above the limit at which a paragraph or a list is shown as it is
// written, no answer may take more than linear time.
import { expect, test } from 'vitest';
import { createMarkdownParser } from '../../renderer/features/chat/markdown/markdown-document';
import { candidatesIn } from '../../renderer/features/chat/markdown/markdown-units';
import { splitOverlong } from '../../renderer/features/chat/markdown/overlong';
import { findSlow, maxDurationMs } from './find-slow';

const tokens = [
  '*',
  '`',
  '[a](',
  '<a ',
  '\\(',
  '- a\n',
  '> ',
  '| a ',
  '*a\n\n',
  '[a#]: b\n\n',
  '[^#]: a [^@#]\n\n',
];

test(
  'overlong Markdown is found in linear time',
  async () => {
    const lengths = { maxLength: 64_000, maxPairLength: 64_000 };
    expect(await findSlow({ run: splitOverlong, tokens, ...lengths })).toEqual([]);
  },
  maxDurationMs,
);

test(
  'labels of references are found in linear time',
  async () => {
    const brackets = ['[', ']', '\\[', '\\]', '\\', '\n', 'a'];
    expect(await findSlow({ run: candidatesIn, tokens: brackets, maxLength: 64_000 })).toEqual([]);
  },
  maxDurationMs,
);

// An arriving answer is parsed like a complete one, and its end once more.
test(
  'an arriving answer is read in linear time',
  async () => {
    const run = (text: string) => createMarkdownParser()(text, true);
    expect(await findSlow({ run, tokens, hasPairs: false, minLength: 60_000, maxLength: 64_000 })).toEqual(
      [],
    );
  },
  maxDurationMs,
);

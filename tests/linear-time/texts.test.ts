// The parsers of what users, services and the system write, on generated repetitions: none may take more than linear
// time.
import { APIError } from 'openai';
import { describe, expect, test } from 'vitest';
import { readScene } from '../../electron/generator/painter/read/read-scene';
import { addressOf } from '../../electron/generator/services/automatic1111/call-web-ui';
import { decodePicture } from '../../electron/generator/services/automatic1111/progress';
import { messageIn } from '../../electron/generator/services/error-body';
import {
  explainBlockReason,
  explainTextRefusal,
} from '../../electron/generator/services/google/block-reasons';
import { explainStatus as explainGoogle } from '../../electron/generator/services/google/failures';
import { explainQuota } from '../../electron/generator/services/google/quota';
import { explainStatus as explainOpenAi } from '../../electron/generator/services/openai/failures';
import { safeQuote } from '../../electron/generator/services/safe-quote';
import { createBodyTruncator } from '../../electron/generator/services/truncate-body';
import { readIntent } from '../../electron/main/chat/intent';
import { refersToEarlier } from '../../electron/main/chat/refers-to-earlier';
import { matchesScenePhrase } from '../../electron/main/chat/scene-phrases';
import { titleFrom } from '../../electron/main/chat/title';
import { readEnvironment } from '../../electron/main/config/environment';
import { partsOf, wordSearch, wordsOf } from '../../electron/main/db/search-words';
import { readLaunchArguments } from '../../electron/main/desktop/launch-arguments';
import { createFileNamer } from '../../electron/main/export/export-file-names';
import { createRedactor } from '../../electron/main/logging/redact';
import { matchesEtag, parseRange } from '../../electron/main/protocol/range-requests';
import { notesToPlainText } from '../../electron/main/updates/release-notes';
import { isPrivateHost, refuseAddress } from '../../shared/domain/addresses';
import { applyStyles, variablesOf } from '../../shared/domain/apply-styles';
import { readCsv } from '../../shared/domain/csv';
import { foldText } from '../../shared/domain/fold-text';
import { fillPattern, parsePattern } from '../../shared/domain/prompt-patterns';
import { readKeyOfAnyLength } from '../../shared/domain/read-key';
import { coloursIn } from '../../shared/painter/colours';
import { namesIn } from '../../shared/painter/names';
import { readWords } from '../../shared/painter/read-words';
import { findSlow, maxDurationMs, type ParserCase } from './find-slow';

const maxLength = 64_000;
const clock = { now: () => 0 };
const exchange = {
  wasSent: true,
  hasLeft: true,
  status: 400,
  isJsonResponse: true,
  retryAfterMs: null,
  error: null,
};

const openAiError = (message: string) =>
  new APIError(400, { message, code: message }, message, new Headers());

const prompts = {
  tokens: ['a', ' ', ',', 'please ', 'the ', 'draw ', 'picture of ', 'can you ', 'foxes '],
  maxLength,
};
const lists = [{ name: 'animal', words: ['fox', 'owl'] }];

function tryCsv(text: string): void {
  try {
    readCsv(text);
  } catch {
    // A quotation does not end.
  }
}

const redactor = createRedactor(() => ['secret-key']);
redactor.conceal('a red fox at dawn');

const cases: Record<string, ParserCase> = {
  'the intent of a message': { ...prompts, run: (text) => readIntent(text, 'auto') },
  'the prompt of a message': { ...prompts, run: (text) => readIntent(text, 'picture') },
  'a scene phrase': { ...prompts, run: matchesScenePhrase },
  'a reference to an earlier picture': { ...prompts, run: refersToEarlier },
  'a title': { ...prompts, tokens: ['/', 'a', ' ', '\n', '👩‍🚀', '\u0301'], run: titleFrom },
  'a scene': { ...prompts, run: (text) => readScene(text, 1) },
  'the words of a scene': {
    ...prompts,
    tokens: ['a', ' ', 'red ', '雪', '\ufe0f', 'two foxes '],
    run(text) {
      const words = readWords(text);
      coloursIn(words, namesIn(words));
    },
    maxLength: 16_000,
  },
  'words for the search index': {
    tokens: ['a', ' ', '雪', '🦊', '\u0301', 'ﬃ', '"'],
    run: wordsOf,
    maxLength: 16_000,
  },
  'parts of words for the search index': {
    tokens: ['a', ' ', '雪', '🦊', '\u0301', 'ﬃ', '"'],
    run: partsOf,
    maxLength: 16_000,
  },
  'a pattern of prompts': {
    tokens: ['{', '}', '|', '{a|', '__animal__ ', '\\', '🦊'],
    run: (text) => fillPattern(parsePattern(text, lists), 4, lists, () => 0),
    maxLength,
  },
  'a style': {
    tokens: ['{{', '{{a=', '}', '\\', 'b', ' ', '{prompt}'],
    run: (text) => [
      variablesOf({ prompt: text, negativePrompt: '' }),
      applyStyles('a', [{ id: 'a', name: 'A', prompt: text, negativePrompt: '', values: {} }], maxLength),
    ],
    maxLength,
  },
  'a pasted key': {
    tokens: ['"', '\\"', 'a=', '{"a":', ' ', '\n', 'Bearer ', '<', 'export '],
    run: readKeyOfAnyLength,
    maxLength,
  },
  'a table': { tokens: ['"', '""', ',', '\n', 'x', '"x""",y\n'], run: tryCsv, maxLength: 1_024_000 },
  'a folded text': {
    tokens: ['a', 'l·', 'ß', '雪', '\u0301', 'ﷺ', '٣', 'ア'],
    run: foldText,
    maxLength: 16_000,
  },
  'a search': { tokens: ['a', ' ', '"', '-', '“', '雪', '🦊'], run: wordSearch, maxLength: 16_000 },
  'a quota': {
    tokens: ['limit: 0', '.', '1', 's', ' ', 'PerDay'],
    run: (text) =>
      explainQuota(
        [{ retryDelay: text, violations: [{ quotaId: text, quotaValue: text }] }],
        text,
        null,
        clock,
      ),
    maxLength,
  },
  'an error of Google': {
    tokens: ['{', '"', '<', ' ', '{"error":', '[', 'a'],
    run: (text) => explainGoogle({ status: 400, retryAfterMs: null }, text, 'a', clock),
    maxLength,
  },
  'a reason of Google': {
    tokens: ['SAFETY', '_', 'a', ' '],
    run: (text) => [explainBlockReason(text), explainTextRefusal(text)],
    maxLength,
  },
  'an error of OpenAI': {
    tokens: ['model', ' ', 'not found', '<html', 'sk-', '`', 'a'],
    run: (text) => explainOpenAi(exchange, openAiError(text), { model: 'a', apiKey: 'k' }),
    maxLength,
  },
  'the body of an error that has lost its end': {
    tokens: ['{', '[', '"', '\\', ',', ':', 'a', '{"detail":[', '"msg":"a",', '1,'],
    run: messageIn,
    maxLength,
  },
  'the start of the body of an error': {
    tokens: ['"', '\\', 'u', 'é', 'a', ','],
    run(text) {
      const start = createBodyTruncator();
      start.add(Buffer.from(text));
      start.text();
    },
    maxLength,
  },
  'a quotation': {
    tokens: ['sk-', 'a', ' ', '<', '.', 'AIza', '\n'],
    run: (text) => safeQuote(text, ['k']),
    maxLength,
  },
  'an address': {
    tokens: ['http://', '.', ':', '/', '0', 'a', '%', '['],
    run: (text) => [isPrivateHost(text), refuseAddress('openai', text, false), addressOf(text)],
    maxLength,
  },
  'a picture as a data URL': { tokens: ['data:', ',', 'a', '=', '+'], run: decodePicture, maxLength },
  'launch arguments': {
    tokens: ['afterimage://', 'picture/', '/', '\\', '.', 'C:\\', 'a.png', '-', '0'],
    run: (text) => readLaunchArguments({ args: [text], workingFolder: '/' }),
    maxLength,
  },
  'the environment': {
    tokens: ['1', '/', ' ', 'http://', ':', 'a'],
    run(text) {
      for (const name of [
        'AFTERIMAGE_LIMITS',
        'AFTERIMAGE_PAINTER_DELAY_MS',
        'OPENAI_BASE_URL',
        'AFTERIMAGE_DATA_DIR',
      ])
        try {
          readEnvironment({ [name]: text });
        } catch {
          // Most of these values are refused.
        }
    },
    maxLength,
  },
  'a line of the log': {
    tokens: ['eyJ', '-', '.', 'sk-', 'bearer ', 'key=', '://', '-----BEGIN ', 'A'],
    run: redactor.redact,
    maxLength,
  },
  'release notes': { tokens: ['<li', '<', '>', ' ', '\n', '&', 'a', '\t'], run: notesToPlainText, maxLength },
  'the name of an exported file': {
    tokens: ['.', ' ', '/', 'a', '\u0000', '👩‍🚀'],
    run: (text) => createFileNamer()(0, text, 'png'),
    maxLength,
  },
  'headers of a range request': {
    tokens: ['W/', '"a"', ',', ' ', 'bytes=', '1', '-'],
    run: (text) => [matchesEtag(text, '"b"'), parseRange(text, 9)],
    maxLength,
  },
};

describe.each(Object.entries(cases))('%s', (_name, parser) => {
  test('is read in linear time', async () => expect(await findSlow(parser)).toEqual([]), maxDurationMs);
});

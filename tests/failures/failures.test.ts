// Causes every failure and compares the outcomes with docs/failures.md (npx vitest run tests/failures -u updates it).

import { afterAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { statusOfFailure } from '../../electron/main/chat/status-of';
import { engineServiceId } from '../../shared/domain/engine';
import { errorSentences, isErrorCode } from '../../shared/domain/errors';
import { circumstancesAt, failureActionLabel, failureButtons } from '../../shared/domain/failure-actions';
import { failureDetailsSchema } from '../../shared/domain/failure-details';
import { sayInEnglish, sentenceSchema } from '../../shared/languages/sentence';
import { automatic1111Failures } from './automatic1111';
import { engineFailures } from './engine';
import { downloadFailures } from './engine-downloads';
import { type FailureSection, secretKey } from './failure-case';
import { googleFailures } from './google';
import { imagenFailures } from './imagen';
import { openaiFailures } from './openai';

/** In the order of the document. A new provider takes a file and a line here. */
const sections: readonly FailureSection[] = [
  googleFailures,
  imagenFailures,
  openaiFailures,
  automatic1111Failures,
  engineFailures,
];

const outcomeSchema = z.strictObject({
  ok: z.literal(false),
  code: z.string().refine(isErrorCode),
  message: z.string(),
  sentence: z.exactOptional(sentenceSchema),
  costMicroUsd: z.int().positive().nullable(),
  retryAfterMs: z.int().positive().optional(),
  details: failureDetailsSchema.optional(),
});

// Times in sentences are local.
vi.stubEnv('TZ', 'Europe/Berlin');

/** The sentence of each case that has run, by section and situation. */
const sentences = new Map<string, string>();
const nameOf = (section: FailureSection, situation: string) => `${section.provider}: ${situation}`;

describe.each(sections)('$title', (section) => {
  it.each([...section.cases])('$situation', async ({ situation, code, charged, requests, waits, play }) => {
    const played = await play();
    const outcome = outcomeSchema.parse(played.outcome);
    expect(outcome.code).toBe(code);
    expect(outcome.costMicroUsd !== null).toBe(charged);
    expect(outcome.retryAfterMs).toBe(waits);
    expect(played.requests).toBe(requests ?? 1);
    expect(outcome.message).toMatch(/^[A-Z0-9].*[.”]$/);
    // Other languages have the same sentence.
    expect(outcome.message).toBe(outcome.sentence ? sayInEnglish(outcome.sentence) : errorSentences[code]);
    expect(JSON.stringify(outcome)).not.toContain(secretKey);
    sentences.set(nameOf(section, situation), atOnePort(outcome.message));
  });
});

describe('Downloads of an engine or a model', () => {
  it.each([...downloadFailures])('$situation', async ({ situation, code, play }) => {
    const outcome = await play();
    if (outcome.ok) throw new Error('It did not fail.');
    expect(outcome.code).toBe(code);
    expect(outcome.message).toMatch(/^[A-Z0-9].*[.”]$/);
    sentences.set(`download: ${situation}`, outcome.message);
  });
});

it('matches docs/failures.md', async () => {
  await expect(render()).toMatchFileSnapshot('../../docs/failures.md');
});

afterAll(() => sentences.clear());

/** The ports of the servers change with each run. */
function atOnePort(text: string): string {
  return text.replace(/127\.0\.0\.1:(?!7860\b)\d{4,5}/, '127.0.0.1:5000');
}

function render(): string {
  return `${[heading, ...sections.map(renderSection), renderDownloads()].join('\n\n')}\n`;
}

const heading = `# Failures of providers

Each row is a test. \`tests/failures/\` causes the failure with a server that speaks the provider's protocol, through the provider's SDK if it has one, and writes the outcome into this file (\`npx vitest run tests/failures -u\`). To add a row, add a case there. Times are local to Berlin on Sunday, 22 November 2026.

**Status** is the status of the message: \`failed\`, \`cancelled\`, or \`interrupted\` if the answer was incomplete and may have been charged. \`waits\` means that the picture is retried automatically after that time. **Charged?** says whether the attempt may have cost something. It then counts towards the costs, and nothing is retried automatically. Requests that cannot have been charged, because the connection failed or the provider answered 503, are retried up to twice, after half a second to two seconds. The web UI is free, so it is also retried after a broken connection; the engine on this computer is started again after a crash, up to twice. **Buttons** are those beside the sentence, from the table in \`shared/domain/failure-actions.ts\`. Remove, Details and the others are behind “…”, and so is Retry where it is not among the first two. A model with a known replacement offers it first.

The servers of these tests are at addresses that a user has entered. At its usual address, a service that cannot be reached says “${errorSentences.unreachable}”, and there is no button for its address.`;

function renderSection(section: FailureSection): string {
  const rows = section.cases.map(({ situation, code, charged, waits }) => {
    const sentence = sentences.get(nameOf(section, situation)) ?? 'not run';
    const status = waits
      ? `waits ${waits / 1000} s`
      : statusOfFailure({ code, costMicroUsd: charged ? 0 : null });
    const { shown } = failureButtons(code, {
      replacement: 'none',
      ...circumstancesAt(section.provider),
      // Their servers are at addresses of the tests.
      isOwnServer: section.provider !== engineServiceId,
    });
    const buttons = waits ? '' : shown.map((action) => failureActionLabel(action)).join(', ');
    return `| ${[situation, `\`${code}\``, status, charged ? 'maybe' : 'no', sentence, buttons].join(' | ')} |`;
  });
  const head = ['| Situation | Code | Status | Charged? | Sentence | Buttons |', '|---|---|---|---|---|---|'];
  return [`## ${section.title}`, '', ...head, ...rows].join('\n');
}

function renderDownloads(): string {
  const rows = downloadFailures.map(({ situation, code, afterwards }) => {
    const sentence = sentences.get(`download: ${situation}`) ?? 'not run';
    return `| ${[situation, `\`${code}\``, sentence, afterwards].join(' | ')} |`;
  });
  const head = ['| Situation | Code | Sentence | Afterwards |', '|---|---|---|---|'];
  return ['## Downloads of an engine or a model', '', ...head, ...rows].join('\n');
}

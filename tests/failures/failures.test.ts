// Makes every failure of the table happen, and holds docs/failures.md to what came of it (npx vitest run tests/failures -u writes it).
import { afterAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { statusOfFailure } from '../../electron/main/chat/status-of';
import { isErrorCode } from '../../shared/domain/errors';
import { automatic1111Failures } from './automatic1111';
import type { FailureSection } from './failure-case';
import { googleFailures, secretKey } from './google';
import { imagenFailures } from './imagen';
import { openaiFailures } from './openai';

/** In the order of the document. Another provider is one file and one line here. */
const sections: readonly FailureSection[] = [
  googleFailures,
  imagenFailures,
  openaiFailures,
  automatic1111Failures,
];

const outcomeSchema = z.strictObject({
  ok: z.literal(false),
  code: z.string().refine(isErrorCode),
  message: z.string(),
  costMicroUsd: z.int().positive().nullable(),
  retryAfterMs: z.int().positive().optional(),
});

/** The sentence of each case that has been played, by section and situation. */
const said = new Map<string, string>();
const nameOf = (section: FailureSection, situation: string) => `${section.provider}: ${situation}`;

describe.each(sections)('$title', (section) => {
  it.each([...section.cases])('$situation', async ({ situation, code, charged, requests, waits, play }) => {
    const played = await play();
    const outcome = outcomeSchema.parse(played.outcome);
    expect(outcome.code).toBe(code);
    expect(outcome.costMicroUsd !== null).toBe(charged);
    expect(outcome.retryAfterMs).toBe(waits);
    expect(played.requests).toBe(requests ?? 1);
    // What happened, then what to do; and never the key.
    expect(outcome.message).toMatch(/^[A-Z0-9].*[.”]$/);
    expect(outcome.message).not.toContain(secretKey);
    said.set(nameOf(section, situation), outcome.message);
  });
});

it('docs/failures.md says the same', async () => {
  await expect(render()).toMatchFileSnapshot('../../docs/failures.md');
});

afterAll(() => said.clear());

function render(): string {
  return `${[heading, ...sections.map(renderSection)].join('\n\n')}\n`;
}

const heading = `# What can go wrong with a provider, and what is said

Each row is a test: \`tests/failures/\` makes it happen against a server that speaks the provider's protocol, through the provider's own SDK where it has one, and writes what came of it here (\`npx vitest run tests/failures -u\`). A new row is one entry there. Times are told as in Berlin on Sunday, 22 November 2026.

**Status** is the message's: \`failed\`, \`cancelled\`, or \`interrupted\` where the answer was cut off and may have been charged, each with Retry; \`waits\` stands where the picture goes by itself after that time. **Charged?** says whether the attempt may have cost something: then it is counted, and nothing is asked again by itself. Requests that cannot have been charged, since nobody was there or the provider said 503, are sent up to twice more, half a second to two seconds apart; the web UI, which is free, is asked again after a broken connection too.`;

function renderSection(section: FailureSection): string {
  const rows = section.cases.map(({ situation, code, charged, waits }) => {
    const sentence = said.get(nameOf(section, situation)) ?? 'not played';
    // What may have been charged cost nobody knows how much.
    const status = waits
      ? `waits ${waits / 1000} s`
      : statusOfFailure({ code, costMicroUsd: charged ? 0 : null });
    return `| ${[situation, `\`${code}\``, status, charged ? 'perhaps' : 'no', sentence].join(' | ')} |`;
  });
  const head = ['| Situation | Code | Status | Charged? | Sentence |', '|---|---|---|---|---|'];
  return [`## ${section.title}`, '', ...head, ...rows].join('\n');
}

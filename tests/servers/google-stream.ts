// What Google's text models send, event by event: https://ai.google.dev/api/generate-content#method:-models.streamgeneratecontent
import type { GoogleRequest } from './google-requests';
import type { GoogleAnswer } from './google-wire';

/** Words, thoughts or calls; `finishReason` closes the answer. */
export function eventOf(parts: readonly object[], finishReason?: string, outputTokens = 0): object {
  return {
    candidates: [{ content: { role: 'model', parts }, index: 0, ...(finishReason && { finishReason }) }],
    usageMetadata: {
      promptTokenCount: 100,
      candidatesTokenCount: outputTokens,
      totalTokenCount: 100 + outputTokens,
    },
    modelVersion: 'loopback',
  };
}

/** The words in pieces, as a stream that ends well; ten tokens a piece. */
export function textEvents(...pieces: readonly string[]): object[] {
  return pieces.map((text, index) =>
    eventOf([{ text }], index === pieces.length - 1 ? 'STOP' : undefined, (index + 1) * 10),
  );
}

/** https://ai.google.dev/gemini-api/docs/function-calling */
export function callPart(args: object, name = 'generate_image'): object {
  return { functionCall: { name, args }, thoughtSignature: 'c2lnbmVk' };
}

/** What a text model answers when a test has not said anything else. */
export function echo(request: GoogleRequest): GoogleAnswer {
  return { kind: 'stream', events: textEvents('You said: ', request.prompt) };
}

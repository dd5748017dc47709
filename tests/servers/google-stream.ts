// The events of Google's text models: https://ai.google.dev/api/generate-content#method:-models.streamgeneratecontent
import type { GoogleRequest } from './google-requests';
import type { GoogleAnswer } from './google-wire';

/** Returns an event with text, thoughts or tool calls; `finishReason` ends the answer. */
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

/** Returns a complete stream of text with ten tokens per piece. */
export function textEvents(...pieces: readonly string[]): object[] {
  return pieces.map((text, index) =>
    eventOf([{ text }], index === pieces.length - 1 ? 'STOP' : undefined, (index + 1) * 10),
  );
}

/** Returns a stream of text that ends only when the server releases its answers. @param everyMs between two pieces. */
export function openStream(pieces: readonly string[], everyMs = 0): GoogleAnswer {
  return { kind: 'stream', events: textEvents(...pieces), everyMs, ending: 'silence' };
}

/** https://ai.google.dev/gemini-api/docs/function-calling */
export function callPart(args: object, name = 'generate_image'): object {
  return { functionCall: { name, args }, thoughtSignature: 'c2lnbmVk' };
}

/** The default answer of a text model. */
export function echo(request: GoogleRequest): GoogleAnswer {
  return { kind: 'stream', events: textEvents('You said: ', request.prompt) };
}

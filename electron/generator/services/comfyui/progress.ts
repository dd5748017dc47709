// Reads the progress and previews that ComfyUI reports over its WebSocket.

import { z } from 'zod';
import { parseJson } from '../../../../shared/domain/parse-json';
import type { WorkflowGraph } from '../../../../shared/domain/workflows';

const progressSchema = z.object({
  type: z.literal('progress'),
  data: z.object({
    value: z.number().nonnegative(),
    max: z.number().positive(),
    prompt_id: z.string().nullish(),
    node: z.string().nullish(),
  }),
});

const executingSchema = z.object({
  type: z.enum(['executing', 'execution_start']),
  data: z.object({ prompt_id: z.string().nullish() }),
});

/** Types of binary messages: https://github.com/comfyanonymous/ComfyUI/blob/master/protocol.py */
const preview = 1;
const previewWithMetadata = 4;

export type Report = { fraction: number | null; preview?: Uint8Array };

/**
 * Returns a function that reads each message and returns the progress of this prompt; null for any other message.
 * If a workflow has several samplers, their progress adds up.
 *
 * @param promptId returns null until ComfyUI has accepted the prompt. Messages before that belong to it as well,
 *   because a new client has no other prompt.
 */
export function createProgressReader(
  graph: WorkflowGraph,
  promptId: () => string | null,
): (message: string | Uint8Array) => Report | null {
  const samplers = Object.values(graph).filter(
    ({ class_type }) => /sampler/i.test(class_type) && !/select/i.test(class_type),
  ).length;
  const begun = new Set<string>();
  let fraction: number | null = null;
  /** Previews do not name their prompt, so they belong to the prompt that was named last. */
  let isOurs = false;
  const isOurPrompt = (id: string | null | undefined) => promptId() === null || id === promptId();

  return (message) => {
    if (typeof message !== 'string') {
      const picture = isOurs ? readPreview(message) : null;
      return picture === null ? null : { fraction, preview: picture };
    }
    const json = parseJson(message);
    const executing = executingSchema.safeParse(json).data;
    if (executing) isOurs = isOurPrompt(executing.data.prompt_id);
    const progress = progressSchema.safeParse(json).data?.data;
    if (!progress) return null;
    const { prompt_id: of, node, value, max } = progress;
    // Older versions do not name the prompt of a progress message.
    if (of ? !isOurPrompt(of) : !isOurs) return null;
    isOurs = true;
    begun.add(node ?? '');
    const parts = Math.max(samplers, begun.size);
    const reached = (begun.size - 1 + Math.min(1, value / max)) / parts;
    fraction = Math.max(fraction ?? 0, reached);
    return { fraction };
  };
}

/** Returns the JPEG or PNG of a binary message; null for a message of another type. */
function readPreview(message: Uint8Array): Uint8Array | null {
  const view = new DataView(message.buffer, message.byteOffset, message.byteLength);
  if (view.byteLength <= 8) return null;
  const kind = view.getUint32(0);
  if (kind === preview) return message.subarray(8);
  const metadataLength = view.getUint32(4);
  if (kind !== previewWithMetadata || 8 + metadataLength >= view.byteLength) return null;
  return message.subarray(8 + metadataLength);
}

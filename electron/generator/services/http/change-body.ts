// Transforms the body of a response chunk by chunk while it arrives.

export type ChunkChange = {
  /** Returns the output for a chunk. An error that it throws ends the body and the response. */
  take: (chunk: Uint8Array) => Uint8Array;
  /** Returns the output after the last chunk; absent: none. */
  end?: () => Uint8Array;
};

/**
 * Returns a body with all changes applied in turn.
 *
 * The pictures of an answer pass through here in dozens of chunks just before they are shown. A single pulling
 * stream costs about a third of one `TransformStream` per change, whose cost is mostly that of the promises between
 * its two ends.
 */
export function changeBody(
  body: ReadableStream<Uint8Array>,
  changes: readonly ChunkChange[],
): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  const pass = (chunk: Uint8Array, from: number) =>
    changes.slice(from).reduce((bytes, { take }) => (bytes.length > 0 ? take(bytes) : bytes), chunk);

  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        for (;;) {
          const { done, value } = await reader.read();
          if (!done) {
            const passed = pass(value, 0);
            if (passed.length === 0) continue;
            return controller.enqueue(passed);
          }
          for (const [index, { end }] of changes.entries()) {
            const rest = end ? pass(end(), index + 1) : new Uint8Array();
            if (rest.length > 0) controller.enqueue(rest);
          }
          return controller.close();
        }
      } catch (error) {
        // Ends the connection, too. After an error of the body itself, there is nothing left to end.
        await reader.cancel(error).catch(() => {});
        throw error;
      }
    },
    cancel: (reason) => reader.cancel(reason),
  });
}

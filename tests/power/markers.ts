// Reports of a recorded program: from then on, a loss of power must not undo them.
import { z } from 'zod';

const sha1 = z.string();
const id = z.string();

const markerSchema = z.discriminatedUnion('kind', [
  /** The database was opened, after a rescue if one was due. */
  z.object({ kind: z.literal('opened') }),
  /** The reply to `chat:send` with these messages has left. */
  z.object({ kind: z.literal('sent'), ids: z.array(id) }),
  /** The request of a picture may leave, so that it must not be sent again. */
  z.object({ kind: z.literal('generating'), id }),
  /** The generator has reported that the picture is on disk. */
  z.object({ kind: z.literal('stored'), id, sha1 }),
  /** The renderer was told that the picture is ready. */
  z.object({ kind: z.literal('ready'), id, sha1 }),
  z.object({ kind: z.literal('replied'), id, text: z.string() }),
  z.object({ kind: z.literal('failed'), id }),
  /** A file has this content. */
  z.object({ kind: z.literal('written'), name: z.string(), content: z.string() }),
  z.object({ kind: z.literal('backup'), name: z.string(), sha1 }),
  z.object({ kind: z.literal('closed') }),
  z.object({ kind: z.literal('finished') }),
]);
export type Marker = z.infer<typeof markerSchema>;

export function parseMarkers(lines: readonly string[]): Marker[] {
  return lines.map((line) => markerSchema.parse(JSON.parse(line)));
}

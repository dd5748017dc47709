// Reads and writes the notes column: JSON that an older or a newer version may have written.
import { parseJson } from '../../../shared/domain/parse-json';
import { type PictureNote, pictureNoteSchema } from '../../../shared/domain/picture-notes';

/** Returns the notes that this version knows. */
export function readNotes(json: string): PictureNote[] {
  const notes = parseJson(json);
  return Array.isArray(notes) ? notes.flatMap((note) => pictureNoteSchema.safeParse(note).data ?? []) : [];
}

/** Returns null for no notes. */
export function notesColumn(notes: readonly PictureNote[] = []): string | null {
  return notes.length > 0 ? JSON.stringify(notes) : null;
}

// Reads and writes the notes column: JSON that an older or a newer version may have written.
import { type PictureNote, pictureNoteSchema } from '../../../shared/domain/picture-notes';

/** Returns the notes that this version knows. */
export function readNotes(json: string): PictureNote[] {
  try {
    const notes: unknown = JSON.parse(json);
    return Array.isArray(notes) ? notes.flatMap((note) => pictureNoteSchema.safeParse(note).data ?? []) : [];
  } catch {
    return [];
  }
}

/** Returns null for no notes. */
export function notesColumn(notes: readonly PictureNote[] = []): string | null {
  return notes.length > 0 ? JSON.stringify(notes) : null;
}

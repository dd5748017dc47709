// Notes on attached files, such as removed metadata, by picture id. They are kept until the window closes.
import { create } from 'zustand';
import { explainNote, type ImportNote, isSeenNote, type NotedPicture } from '../../../shared/domain/import';
import { t } from '../../../shared/languages/translate';

type AttachedNotesState = {
  notes: Readonly<Record<string, readonly NotedPicture[]>>;
  /** @param name of the file. */
  add: (imageId: string, name: string, notes: readonly ImportNote[]) => void;
};

export const useAttachedNotes = create<AttachedNotesState>((set) => ({
  notes: {},
  add(imageId, name, notes) {
    const seen = notes.filter(isSeenNote).map((note) => ({ name, note }));
    if (seen.length > 0) set((state) => ({ notes: { ...state.notes, [imageId]: seen } }));
  },
}));

/** Returns a sentence for each note on these pictures. */
export function describeNotes(notes: AttachedNotesState['notes'], imageIds: readonly string[]): string[] {
  return imageIds
    .flatMap((id) => notes[id] ?? [])
    .map(({ name, note }) => t('composer.attached_note', { name, note: explainNote(note) }));
}

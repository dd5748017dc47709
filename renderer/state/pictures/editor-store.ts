// The picture that is open in the editor.
import { create } from 'zustand';

type EditorState = { imageId: string | null; open: (imageId: string) => void; close: () => void };

export const useEditor = create<EditorState>()((set) => ({
  imageId: null,
  open: (imageId) => set({ imageId }),
  close: () => set({ imageId: null }),
}));

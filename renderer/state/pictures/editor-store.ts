// The picture that is open in the editor, and its initial tab.
import { create } from 'zustand';

export type EditorTab = 'mark' | 'crop';

type EditorState = {
  imageId: string | null;
  firstTab: EditorTab;
  open: (imageId: string, firstTab?: EditorTab) => void;
  close: () => void;
};

export const useEditor = create<EditorState>()((set) => ({
  imageId: null,
  firstTab: 'mark',
  open: (imageId, firstTab = 'mark') => set({ imageId, firstTab }),
  close: () => set({ imageId: null }),
}));

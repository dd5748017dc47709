// Whether the user is choosing pictures of the gallery to attach.
import { create } from 'zustand';

type PickerState = { isOpen: boolean; open: () => void; close: () => void };

export const usePicker = create<PickerState>((set) => ({
  isOpen: false,
  open: () => set({ isOpen: true }),
  close: () => set({ isOpen: false }),
}));

// The view on screen. It is part of the address, so that links between views are ordinary links.
import { create } from 'zustand';

export const views = ['chat', 'gallery', 'settings', 'diagnostics', 'trash'] as const;
export type View = (typeof views)[number];

export const useView = create<{ view: View }>((set) => {
  window.addEventListener('hashchange', () => set({ view: viewInAddress() }));
  return { view: viewInAddress() };
});

export function showView(view: View): void {
  location.hash = `#/${view}`;
}

function viewInAddress(): View {
  const name = location.hash.replace(/^#\/?/, '');
  return views.find((view) => view === name) ?? 'chat';
}

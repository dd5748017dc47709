// Which view is on screen. It lives in the address, so that links are links.
import { create } from 'zustand';

export const views = ['chat', 'gallery', 'settings', 'diagnostics', 'trash'] as const;
export type View = (typeof views)[number];

function viewInAddress(): View {
  const name = location.hash.replace(/^#\/?/, '');
  return views.find((view) => view === name) ?? 'chat';
}

export const useView = create<{ view: View }>(() => ({ view: viewInAddress() }));

window.addEventListener('hashchange', () => useView.setState({ view: viewInAddress() }));

export function show(view: View): void {
  location.hash = `#/${view}`;
}

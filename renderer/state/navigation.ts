// The view on screen. It is part of the address, so that links between views are ordinary links.
import { create } from 'zustand';
import { type View, views } from '../../shared/domain/views';

export type { View };

/** `place` is where in the view, such as a section of the settings; the view itself says what it means. */
type Address = { view: View; place: readonly string[] };

export const useView = create<Address>((set) => {
  window.addEventListener('hashchange', () => set(readAddress()));
  return readAddress();
});

export function showView(view: View, ...place: readonly string[]): void {
  location.hash = `#/${[view, ...place].join('/')}`;
}

function readAddress(): Address {
  const [name, ...place] = location.hash.replace(/^#\/?/, '').split('/');
  return { view: views.find((view) => view === name) ?? 'chat', place };
}

// The view on screen. It is part of the address, so that links between views are ordinary links.
import { create } from 'zustand';
import { type View, views } from '../../shared/domain/views';

export type { View };

/** `place`: a place within the view, such as a section of the settings. Each view defines its own. */
type Address = { view: View; place: readonly string[] };

/** `cameFrom`: the previous view, for links back; null if this is the first one. */
export const useView = create<Address & { cameFrom: Address | null }>((set, get) => {
  window.addEventListener('hashchange', () => {
    const { view, place, cameFrom } = get();
    const next = readAddress();
    set({ ...next, cameFrom: next.view === view ? cameFrom : { view, place } });
  });
  return { ...readAddress(), cameFrom: null };
});

export function showView(view: View, ...place: readonly string[]): void {
  location.hash = `#/${[view, ...place].join('/')}`;
}

function readAddress(): Address {
  const [name, ...place] = location.hash.replace(/^#\/?/, '').split('/');
  return { view: views.find((view) => view === name) ?? 'chat', place };
}

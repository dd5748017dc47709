// Whether the sheet "Connect a model" is open, for which service, and what waits for it.
import { create } from 'zustand';
import type { ServiceId } from '../../shared/domain/services';

export type Opening = {
  /** The service that lacks something; absent if the user chooses one. */
  service?: ServiceId;
  /** Whether it begins with "Use this computer". */
  isThisComputer?: boolean;
  /** Runs once a service works: sends the prompt that was waiting. */
  onConnected?: () => void;
};

type ConnectState = {
  opening: Opening | null;
  open: (opening?: Opening) => void;
  close: () => void;
};

export const useConnect = create<ConnectState>()((set) => ({
  opening: null,

  open(opening = {}) {
    set({ opening });
  },

  close() {
    set({ opening: null });
  },
}));

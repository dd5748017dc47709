// The state of the sheet "Connect a model": whether it is open, for which service, and the waiting request.
import { create } from 'zustand';
import type { ServiceKind } from '../../shared/domain/service-kinds';
import type { Service, ServiceId } from '../../shared/domain/services';
import { t } from '../../shared/languages/translate';

/** The service to set up: an existing one, or a new one that is added when it is tested. */
export type Target = { kind: ServiceKind; name: string; address: string | null; service: Service | null };

/**
 * A saved service that does not work yet. `before`: its previous state; null if it was added. `hasKey`: whether it got a new
 * key.
 */
export type Kept = { service: Service; before: Service | null; hasKey: boolean };

/** Earlier entries, and the saved part of them. Without the key, which the user has to paste again. */
export type EnteredBefore = { target: Target; address: string; name: string | null; kept: Kept | null };

export type Opening = {
  /** The service to set up; absent if the user chooses one. */
  service?: ServiceId;
  /** Whether it starts with "Use this computer". */
  isThisComputer?: boolean;
  /** Called once a service works, for an action that sends no request, or whose price the user has seen. */
  onConnected?: () => void;
  waiting?: Waiting;
  /** Earlier entries to continue with. */
  entered?: EnteredBefore;
};

/** A request that waits for a service. If it may cost money, it is sent by a button that shows its price. */
export type Waiting = {
  /** The label of the button before the price. */
  label: string;
  /** Returns the price at the current service, such as "about $0.04"; null if free. Absent if unknown, as for a text. */
  price?: () => string | null;
  send: () => void;
};

/** Returns the label of a request's button, with its possible cost. */
export function labelAtPrice({ label, price }: Pick<Waiting, 'label' | 'price'>): string {
  const cost = price?.() ?? null;
  return cost === null ? label : t('connect.send_at_price', { label, price: cost });
}

type ConnectState = {
  opening: Opening | null;
  /** Number of times that it was opened. */
  openings: number;
  open: (opening?: Opening) => void;
  close: () => void;
};

export const useConnect = create<ConnectState>()((set) => ({
  opening: null,
  openings: 0,

  open(opening = {}) {
    set(({ openings }) => ({ opening, openings: openings + 1 }));
  },

  close() {
    set({ opening: null });
  },
}));

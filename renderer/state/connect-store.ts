// Whether the sheet "Connect a model" is open, for which service, and what waits for it.
import { create } from 'zustand';
import type { ServiceKind } from '../../shared/domain/service-kinds';
import type { Service, ServiceId } from '../../shared/domain/services';
import { t } from '../../shared/languages/translate';

/** What the user has chosen: a service that exists, or one that is added as soon as it is tested. */
export type Target = { kind: ServiceKind; name: string; address: string | null; service: Service | null };

/**
 * What is saved although it has not worked yet. `before`: the service as it was; null if it was added. `hasKey`: whether it
 * got another key.
 */
export type Kept = { service: Service; before: Service | null; hasKey: boolean };

/** What was entered, and what of it is saved. The key is not in it: the user pastes it again. */
export type EnteredBefore = { target: Target; address: string; name: string | null; kept: Kept | null };

export type Opening = {
  /** The service that lacks something; absent if the user chooses one. */
  service?: ServiceId;
  /** Whether it begins with "Use this computer". */
  isThisComputer?: boolean;
  /** Runs once a service works, for what asks nothing of it or was chosen with its price, such as a model. */
  onConnected?: () => void;
  waiting?: Waiting;
  /** What the sheet goes on with. */
  entered?: EnteredBefore;
};

/** A request that waits for a service. One that may cost something is sent by a button that says its price. */
export type Waiting = {
  /** What the button says before the price. */
  label: string;
  /** Returns such as "about $0.04", at the service that is in use now; null if it is free. Absent if nobody knows, as of a text. */
  price?: () => string | null;
  send: () => void;
};

/** Returns what the button of a request says: what it does, and what that may cost. */
export function labelAtPrice({ label, price }: Pick<Waiting, 'label' | 'price'>): string {
  const cost = price?.() ?? null;
  return cost === null ? label : t('connect.send_at_price', { label, price: cost });
}

type ConnectState = {
  opening: Opening | null;
  /** How often it was opened. */
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

// The key handlers of the editor's current tab.
import type { KeyboardEvent } from 'react';

export type TabKeys = {
  /** @returns whether the key was handled. */
  onKey: (event: KeyboardEvent) => boolean;
  /** Cancels the current action, for Escape. @returns whether there was one. */
  cancel: () => boolean;
};

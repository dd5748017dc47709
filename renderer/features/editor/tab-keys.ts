// What the keys do in the tab of the editor that is on screen.
import type { KeyboardEvent } from 'react';

export type TabKeys = {
  /** @returns whether the key was handled. */
  onKey: (event: KeyboardEvent) => boolean;
  /** Ends what is being done, for Escape. @returns whether there was anything. */
  cancel: () => boolean;
};

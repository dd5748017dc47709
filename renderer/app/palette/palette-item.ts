// One entry of the command palette.
import type { LucideIcon } from 'lucide-react';
import type { Shortcut } from '../../../shared/domain/commands';

/** In the order in which they are listed. */
export const paletteGroups = [
  'recent',
  'picture',
  'actions',
  'views',
  'chats',
  'pictures',
  'messages',
  'models',
  'styles',
  'collections',
  'settings',
] as const;
export type PaletteGroup = (typeof paletteGroups)[number];

export type PaletteItem = {
  /** The same at each opening, so that it can be offered again. */
  id: string;
  group: PaletteGroup;
  name: string;
  icon: LucideIcon;
  /** The id of a picture that is shown instead of the icon. */
  thumbnail?: string;
  /** Shown after the name, such as a model's service. It is searched too. */
  detail?: string;
  /** Other words that find it. */
  keywords?: string;
  keys?: readonly Shortcut[];
  /** Whether it is chosen already, such as the model in use. */
  isCurrent?: boolean;
  /** Whether it shows something that open dialogs would cover. */
  leads?: true;
  /** Found by the main process: shown as it is, after what matches here, and not remembered. */
  isFound?: true;
  run: () => void;
};

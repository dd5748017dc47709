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
  /** A stable id, so that the entry can be offered again among the recent ones. */
  id: string;
  group: PaletteGroup;
  name: string;
  icon: LucideIcon;
  /** The id of a picture that is shown instead of the icon. */
  thumbnail?: string;
  /** Shown after the name, such as a model's service. It is searched too. */
  detail?: string;
  /** Other words that match it. */
  keywords?: string;
  keys?: readonly Shortcut[];
  /** Whether it is already in effect, such as the model in use. */
  isCurrent?: boolean;
  /** Whether it navigates to a place that open dialogs would cover. */
  leads?: true;
  /** Whether the main process found it. It is then listed unranked, after the ranked entries, and not remembered. */
  isFound?: true;
  run: () => void;
};

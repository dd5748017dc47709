// The button for one action of the list: an icon, and a label if there is room for it.
import { t } from '../../shared/languages/translate';
import { useChosenProvider } from '../state/composer/chosen-provider';
import { IconButton } from '../ui/IconButton';
import { QuietButton } from '../ui/QuietButton';
import { ariaShortcut, shortcutText } from '../ui/shortcut';
import type { PictureActionName } from './action-list';
import type { PictureTarget } from './action-target';
import { type OfferedAction, offeredAction } from './offered-actions';

type Props = {
  action: PictureActionName;
  target: PictureTarget;
  size?: 16 | 18;
  /** Whether the button shows the action's name. */
  isLabelled?: boolean;
};

export function PictureActionButton({ action: name, target, size = 18, isLabelled = false }: Props) {
  // Renders again when the chosen model changes, because prices depend on it.
  useChosenProvider();
  const action = offeredAction(name, target);
  if (!action) return null;
  const { icon, label, buttonName = label, shortcut, isEnabled, isOn, run } = action;
  const props = {
    ...{ icon, label, title: tooltipOf(action), disabled: !isEnabled, onClick: run },
    'aria-label': buttonName,
    'aria-keyshortcuts': shortcut && ariaShortcut(shortcut),
    'aria-pressed': isOn,
    'data-action': name,
  };
  return isLabelled ? <QuietButton {...props} /> : <IconButton size={size} {...props} />;
}

/** Returns a tooltip such as "Save (Ctrl+S)". */
function tooltipOf({ label, hint, shortcut }: OfferedAction): string {
  const action = hint ?? label;
  if (shortcut === undefined) return action;
  return t('picture.action_and_keys', { action, keys: shortcutText(shortcut) });
}

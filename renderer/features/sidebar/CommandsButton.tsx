// The button that opens the command palette.

import { Search } from 'lucide-react';
import { t } from '../../../shared/languages/translate';
import { usePalette } from '../../state/palette-store';
import { IconButton } from '../../ui/IconButton';
import { withKeys } from './with-keys';

export function CommandsButton() {
  const open = usePalette((state) => state.open);
  return (
    <IconButton
      icon={Search}
      label={t('sidebar.commands')}
      title={withKeys(t('sidebar.commands'), 'palette')}
      aria-haspopup="dialog"
      onClick={open}
    />
  );
}

// The composer's button that asks a text model for a better prompt.

import { WandSparkles } from 'lucide-react';
import { keysOf } from '../../../../shared/domain/commands';
import { t } from '../../../../shared/languages/translate';
import { useChosenProvider } from '../../../state/composer/chosen-provider';
import { useDraft } from '../../../state/composer/draft-store';
import { improveDraft, textServiceFor } from '../../../state/composer/suggestion-actions';
import { useProviders } from '../../../state/settings/providers-store';
import { useServices } from '../../../state/settings/services-store';
import { IconButton } from '../../../ui/IconButton';
import { isMac, shortcutText } from '../../../ui/shortcut';

export function ImproveButton() {
  const isBlank = useDraft((state) => state.text.trim() === '');
  // Renders again when the chosen provider changes, because the choice of the text service depends on it.
  useChosenProvider();
  useServices((state) => state.services);
  useProviders((state) => state.keys);
  const hasService = textServiceFor('improve') !== null;
  const [shortcut = ''] = keysOf('improve-prompt', isMac);
  const label = t(hasService ? 'composer.improve' : 'composer.improve_needs_model');
  return (
    <IconButton
      icon={WandSparkles}
      label={label}
      title={t('picture.action_and_keys', { action: label, keys: shortcutText(shortcut) })}
      disabled={isBlank && hasService}
      onClick={() => void improveDraft()}
    />
  );
}

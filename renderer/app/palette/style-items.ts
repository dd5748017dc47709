// The styles that the palette offers for the next message.
import { SwatchBook } from 'lucide-react';
import { t } from '../../../shared/languages/translate';
import { toggleStyle } from '../../state/composer/chosen-styles';
import { useDraft } from '../../state/composer/draft-store';
import { showView } from '../../state/navigation';
import { useSettings } from '../../state/settings/settings-store';
import { listEntries } from '../../state/styles/style-entries';
import { useStyles } from '../../state/styles/styles-store';
import type { PaletteItem } from './palette-item';

export function styleItems(): PaletteItem[] {
  const chosen = new Set(useDraft.getState().styles.map(({ id }) => id));
  const { hiddenStarters } = useSettings.getState().settings;
  return listEntries(useStyles.getState().own, hiddenStarters).map((style) => ({
    id: `style ${style.id}`,
    group: 'styles',
    name: style.name,
    icon: SwatchBook,
    keywords: t('app.palette_keywords_style'),
    isCurrent: chosen.has(style.id),
    leads: true,
    run() {
      showView('chat');
      toggleStyle(style);
    },
  }));
}

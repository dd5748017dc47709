// The navigation of the settings: their sections, or the results of a search.
import {
  CircleHelp,
  Gauge,
  HardDrive,
  Image as ImageIcon,
  KeyRound,
  type LucideIcon,
  Palette,
  ShieldCheck,
  SwatchBook,
} from 'lucide-react';
import { useEffect, useState } from 'react';
import { t } from '../../../shared/languages/translate';
import { openSettings } from '../../state/settings/open-settings';
import { searchSettings } from '../../state/settings/search-settings';
import {
  labelOfSection,
  type SettingsSection,
  settingsSections,
} from '../../state/settings/settings-sections';
import styles from './SettingsNav.module.css';

const icons: Record<SettingsSection, LucideIcon> = {
  models: KeyRound,
  pictures: ImageIcon,
  styles: SwatchBook,
  limits: Gauge,
  storage: HardDrive,
  appearance: Palette,
  privacy: ShieldCheck,
  about: CircleHelp,
};

export function SettingsNav({ current }: { current: SettingsSection }) {
  const [text, setText] = useState('');
  // biome-ignore lint/correctness/useExhaustiveDependencies: clears the search when another section is shown.
  useEffect(() => setText(''), [current]);
  const found = searchSettings(text);
  const isSearching = text.trim() !== '';
  return (
    <div className={styles['side']}>
      <input
        className={styles['search']}
        type="search"
        aria-label={t('settings.search')}
        placeholder={t('settings.search')}
        spellCheck={false}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return;
          if (event.key === 'Escape') setText('');
          const [first] = found;
          if (event.key !== 'Enter' || !first) return;
          openSettings(first.section, first.id);
          setText('');
        }}
      />
      <nav aria-label={t('settings.sections')}>
        <ul className={styles['list']}>
          {isSearching
            ? found.map(({ id, label, section }) => (
                <li key={id}>
                  <a
                    className={styles['found']}
                    href={`#/settings/${section}/${id}`}
                    onClick={() => setText('')}
                  >
                    {t(label)}
                    <small>{t(labelOfSection(section))}</small>
                  </a>
                </li>
              ))
            : settingsSections.map(({ id, label }) => {
                const Icon = icons[id];
                return (
                  <li key={id}>
                    <a
                      className={styles['link']}
                      href={`#/settings/${id}`}
                      aria-current={id === current ? 'page' : undefined}
                    >
                      <Icon size={16} strokeWidth={1.75} aria-hidden />
                      {t(label)}
                    </a>
                  </li>
                );
              })}
        </ul>
      </nav>
      <p role="status" className={styles['none']}>
        {isSearching && found.length === 0 && t('settings.nothing_found', { text: text.trim() })}
      </p>
    </div>
  );
}

// How Afterimage looks, and when it draws attention.
import type { Settings } from '../../../shared/domain/settings';
import { languages } from '../../../shared/languages/languages';
import { t } from '../../../shared/languages/translate';
import { useSettings } from '../../state/settings/settings-store';
import { Switch } from '../../ui/Switch';
import { Choice, Setting } from './Choice';

const themes = ['system', 'light', 'dark'] as const satisfies readonly Settings['theme'][];

/** Each language has its own name, so that everybody finds theirs. */
const languageNames = languages.map(({ code, name }) => ({ value: code, label: name }));

export function AppearanceSection() {
  const { settings, change } = useSettings();
  return (
    <>
      <Choice
        id="theme"
        label={t('settings.theme')}
        value={settings.theme}
        options={themes.map((theme) => ({ value: theme, label: t(`settings.theme_${theme}`) }))}
        onChange={(theme) => change({ theme })}
      />
      <Choice
        id="language"
        label={t('settings.language')}
        value={settings.language}
        options={[{ value: 'system', label: t('settings.language_system') }, ...languageNames]}
        onChange={(language) => change({ language })}
      />
      <Setting id="notifications">
        <Switch
          label="Notify me when a picture is ready while the window is in the background"
          checked={settings.notifications}
          onChange={(notifications) => change({ notifications })}
        />
      </Setting>
    </>
  );
}

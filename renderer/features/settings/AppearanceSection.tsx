// The settings for the appearance, the language and notifications.
import type { Settings } from '../../../shared/domain/settings';
import { type LanguageCode, languages } from '../../../shared/languages/languages';
import { t } from '../../../shared/languages/translate';
import { useSettings } from '../../state/settings/settings-store';
import { Switch } from '../../ui/Switch';
import { Choice, Setting } from './Choice';

const themes = ['system', 'light', 'dark'] as const satisfies readonly Settings['theme'][];

/** Each language is listed under its own name, so that all users find theirs. */
const languageNames = languages.map(({ code, name, locale }) => ({
  value: code,
  label: name,
  lang: locale,
}));

function nameOf(code: LanguageCode): string {
  return languages.find((language) => language.code === code)?.name ?? code;
}

export function AppearanceSection() {
  const { settings, systemLanguage, change } = useSettings();
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
        options={[
          { value: 'system', label: t('settings.language_system', { language: nameOf(systemLanguage) }) },
          ...languageNames,
        ]}
        onChange={(language) => change({ language })}
        note={t('settings.language_note')}
      />
      <Setting id="notifications">
        <Switch
          label={t('settings.notify')}
          checked={settings.notifications}
          onChange={(notifications) => change({ notifications })}
        />
      </Setting>
    </>
  );
}

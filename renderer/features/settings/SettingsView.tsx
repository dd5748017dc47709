// The settings view: its navigation, and the section in the address.
import { type ReactNode, useEffect, useRef } from 'react';
import { t } from '../../../shared/languages/translate';
import { useSettingsPlace } from '../../state/settings/open-settings';
import { labelOfSection, type SettingsSection } from '../../state/settings/settings-sections';
import { AppearanceSection } from './AppearanceSection';
import { ArchiveSettings } from './ArchiveSettings';
import { HelpSection } from './HelpSection';
import { PicturesSection } from './PicturesSection';
import { PrivacySection } from './PrivacySection';
import { SettingsNav } from './SettingsNav';
import styles from './SettingsView.module.css';
import { type EmptyTrashSlot, type EngineStorageSlot, StorageSection } from './StorageSection';
import { StorageSettings } from './StorageSettings';
import { ServicesSection } from './services/ServicesSection';
import { StylesSection } from './styles/StylesSection';

/** Parts that other features provide. */
type Props = {
  limits: ReactNode;
  costs: ReactNode;
  updates: ReactNode;
  /** The engine and the models on this computer. */
  thisComputer: ReactNode;
  /** The disk usage of engines and models. */
  engineStorage: EngineStorageSlot;
  emptyTrash: EmptyTrashSlot;
  watchedFolders: ReactNode;
};

export function SettingsView(props: Props) {
  const { section, setting, service } = useSettingsPlace();
  const page = useRef<HTMLElement>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: runs for each section, which starts at its top.
  useEffect(() => {
    if (setting === undefined) page.current?.scrollTo(0, 0);
    else reveal(page.current, setting);
  }, [section, setting, service]);

  return (
    <main ref={page} className={styles['page']} aria-label={t('settings.title')}>
      <div className={styles['frame']}>
        <header className={styles['side']}>
          <h1>{t('settings.title')}</h1>
          <SettingsNav current={section} />
        </header>
        <div className={styles['content']} key={section}>
          <h2>{t(labelOfSection(section))}</h2>
          <Section section={section} {...props} />
        </div>
      </div>
    </main>
  );
}

/** Scrolls to the setting of a link, and focuses its first control, as Tab would. */
function reveal(page: HTMLElement | null, setting: string): void {
  const element = page?.querySelector(`[data-setting="${CSS.escape(setting)}"]`);
  element?.scrollIntoView();
  const control =
    element?.querySelector<HTMLElement>('[type="radio"]:checked') ??
    element?.querySelector<HTMLElement>(':is(input, button, a, select, textarea):not(:disabled)');
  control?.focus({ preventScroll: true });
  if (control instanceof HTMLInputElement) control.select();
}

function Section({ section, ...parts }: Props & { section: SettingsSection }) {
  const { limits, costs, updates, thisComputer, engineStorage, emptyTrash, watchedFolders } = parts;
  switch (section) {
    case 'models':
      return (
        <>
          <ServicesSection />
          {thisComputer}
        </>
      );
    case 'pictures':
      return <PicturesSection />;
    case 'styles':
      return <StylesSection />;
    case 'limits':
      return (
        <>
          {limits}
          {costs}
        </>
      );
    case 'storage':
      return (
        <>
          <StorageSection emptyTrash={emptyTrash} engineStorage={engineStorage} />
          {watchedFolders}
          <StorageSettings />
          <ArchiveSettings />
        </>
      );
    case 'appearance':
      return <AppearanceSection />;
    case 'privacy':
      return <PrivacySection />;
    case 'about':
      return (
        <>
          {updates}
          <HelpSection />
        </>
      );
  }
}

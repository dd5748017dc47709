// The settings that the palette leads to.
import { showView } from '../../state/navigation';

export type SettingsPlace = { label: string; keywords?: string };

/** By the labels on the page. */
export const settingsPlaces: readonly SettingsPlace[] = [
  { label: 'Appearance', keywords: 'theme dark light colours' },
  { label: 'Pictures are made by', keywords: 'services keys provider model api' },
  { label: 'Shape of a new picture', keywords: 'aspect ratio format' },
  { label: 'Answer from the gallery', keywords: 'reuse cache same' },
  { label: 'Prefetch while I write', keywords: 'speed ahead' },
  { label: 'Prefetch at billed providers', keywords: 'speed cost' },
  { label: 'Original files', keywords: 'png keep replace' },
  { label: 'Display quality', keywords: 'webp compression detail' },
  { label: 'Saved copies', keywords: 'recipe metadata export' },
  { label: 'Keep Trash for', keywords: 'delete days permanent' },
  { label: 'On the desktop', keywords: 'notifications spelling' },
  { label: 'Limits', keywords: 'pictures a minute day monthly cap budget' },
  { label: 'Costs', keywords: 'spending money dollars price' },
  { label: 'Storage', keywords: 'disk space usage backups' },
  { label: 'This version', keywords: 'update release notes' },
];

/** Shows the settings, brings one into view and moves the focus to its first control. */
export function showSetting({ label }: SettingsPlace): void {
  showView('settings');
  requestAnimationFrame(() => {
    const heading = [...document.querySelectorAll('main :is(legend, h2, label)')].find(
      ({ textContent }) => textContent === label,
    );
    const section = heading?.closest('fieldset, section') ?? heading;
    section?.scrollIntoView({ block: 'start' });
    section
      ?.querySelector<HTMLElement>(':is(input:checked, input, button, a, select, textarea):not(:disabled)')
      ?.focus({ preventScroll: true });
  });
}

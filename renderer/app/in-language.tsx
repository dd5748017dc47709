// Renders the app in the interface language, and again when that changes.
import { Fragment, type ReactNode, useEffect, useLayoutEffect, useRef, useSyncExternalStore } from 'react';
import { directionOf, type LanguageCode, localeOf } from '../../shared/languages/languages';
import { loadLanguage } from '../../shared/languages/load-language';
import { currentLanguage, onLanguageChange } from '../../shared/languages/translate';

/** Loads a language, and tells the page's elements, screen readers and fonts which one it is. */
export async function showLanguage(code: LanguageCode): Promise<void> {
  // If its file is missing, the current language stays: English at the start.
  await loadLanguage(code).catch(console.error);
  document.documentElement.lang = localeOf(currentLanguage());
  document.documentElement.dir = directionOf(currentLanguage());
}

/** Remounts its children when the language changes, because texts are read during rendering and not observed. */
export function InLanguage({ children }: { children: ReactNode }) {
  const language = useSyncExternalStore(onLanguageChange, currentLanguage);
  const focused = useRef<number | null>(null);
  useEffect(
    () =>
      onLanguageChange(() => {
        focused.current = placeOfFocus();
      }),
    [],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs for each language, whose elements are new.
  useLayoutEffect(() => {
    if (focused.current !== null) controls()[focused.current]?.focus();
    focused.current = null;
  }, [language]);
  return <Fragment key={language}>{children}</Fragment>;
}

/** Returns the focusable controls, which are the same in each language, in order. */
function controls(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>('#root :is(a, button, input, select, textarea)')];
}

function placeOfFocus(): number | null {
  const { activeElement } = document;
  const place = activeElement instanceof HTMLElement ? controls().indexOf(activeElement) : -1;
  return place < 0 ? null : place;
}

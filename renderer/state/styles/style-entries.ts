// The styles to choose from: the user's own in their order, then the starters that are not hidden.
import { useMemo } from 'react';
import type { ListedStyle } from '../../../shared/contract/styles';
import { foldText } from '../../../shared/domain/fold-text';
import { starterStyle } from '../../../shared/domain/starter-styles';
import { type StarterName, type StyleTexts, starterNames } from '../../../shared/domain/styles';
import { useSettings } from '../settings/settings-store';
import { useStyles } from './styles-store';

export type StyleEntry = StyleTexts & {
  id: string;
  /** Its sample picture in the gallery; null if there is none, or if it was deleted. */
  pictureId: string | null;
  /** Null for the user's own. */
  starter: StarterName | null;
};

export function ownEntry(style: ListedStyle): StyleEntry {
  return { ...style, pictureId: style.isPictureGone ? null : style.pictureId, starter: null };
}

export function starterEntry(name: StarterName): StyleEntry {
  return { ...starterStyle(name), pictureId: null, starter: name };
}

export function listEntries(own: readonly ListedStyle[], hidden: readonly StarterName[]): StyleEntry[] {
  const shown = starterNames.filter((name) => !hidden.includes(name));
  return [...own.map(ownEntry), ...shown.map(starterEntry)];
}

export function useStyleEntries(): StyleEntry[] {
  const own = useStyles((state) => state.own);
  const hidden = useSettings(({ settings }) => settings.hiddenStarters);
  return useMemo(() => listEntries(own, hidden), [own, hidden]);
}

/** Returns the entries that contain each word, matching names first. */
export function matchEntries(entries: readonly StyleEntry[], text: string): StyleEntry[] {
  const words = foldText(text).split(/\s+/).filter(Boolean);
  if (words.length === 0) return [...entries];
  const inName: StyleEntry[] = [];
  const inPrompt: StyleEntry[] = [];
  for (const entry of entries) {
    const name = foldText(entry.name);
    const prompt = foldText(entry.prompt);
    if (words.every((word) => name.includes(word))) inName.push(entry);
    else if (words.every((word) => name.includes(word) || prompt.includes(word))) inPrompt.push(entry);
  }
  return [...inName, ...inPrompt];
}

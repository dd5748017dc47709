// The styles of the next message: chosen in the composer, and kept with its draft.
import { useMemo } from 'react';
import type { ListedStyle } from '../../../shared/contract/styles';
import { applyStyles, missingValues, tooLongValues } from '../../../shared/domain/apply-styles';
import type { ChosenModel } from '../../../shared/domain/chosen-model';
import { maxTextLength } from '../../../shared/domain/conversations';
import { optionsOf } from '../../../shared/domain/picture-options';
import { starterStyle } from '../../../shared/domain/starter-styles';
import {
  type ChosenStyle,
  isSameTexts,
  maxStylesOfMessage,
  type StyleTexts,
  starterNames,
  type UsedStyle,
} from '../../../shared/domain/styles';
import { t } from '../../../shared/languages/translate';
import { formatList } from '../../ui/format';
import { toast } from '../../ui/toasts';
import { useStyles } from '../styles/styles-store';
import { modelName } from './chosen-models';
import { useDraft } from './draft-store';

/** Returns the chosen styles with their current texts. A deleted style is left out until its deletion is undone. */
export function useChosenStyles(): readonly ChosenStyle[] {
  const chosen = useDraft((state) => state.styles);
  const own = useStyles((state) => state.own);
  const isLoaded = useStyles((state) => state.isLoaded);
  return useMemo(() => resolveStyles(chosen, isLoaded ? own : null), [chosen, own, isLoaded]);
}

/** @param own the user's styles; null if they are not known yet. */
function resolveStyles(chosen: readonly ChosenStyle[], own: readonly ListedStyle[] | null): ChosenStyle[] {
  return chosen.flatMap((style) => {
    const texts = style.isKept ? style : (textsOf(style.id, own) ?? (own === null ? style : null));
    if (!texts) return [];
    const { name, prompt, negativePrompt } = texts;
    return [{ ...style, name, prompt, negativePrompt }];
  });
}

function textsOf(id: string, own: readonly ListedStyle[] | null): StyleTexts | undefined {
  const starter = starterNames.find((name) => name === id);
  return starter ? starterStyle(starter) : own?.find((style) => style.id === id);
}

/** Returns the chosen styles in the form of a message. */
export function chosenStyles(): UsedStyle[] {
  const { own, isLoaded } = useStyles.getState();
  return usedStyles(resolveStyles(useDraft.getState().styles, isLoaded ? own : null));
}

/** Returns chosen styles in the form of a message, without the composer's own fields. */
export function usedStyles(chosen: readonly ChosenStyle[]): UsedStyle[] {
  return chosen.map(({ isKept: _, ...style }) => style);
}

/** Returns the field of a request; empty without styles. */
export function stylesField(styles: readonly UsedStyle[] = []): { styles?: UsedStyle[] } {
  return styles.length > 0 ? { styles: [...styles] } : {};
}

/** Returns styles of an earlier message for the composer. Styles that have changed since keep their earlier texts. */
export function keptStyles(used: readonly UsedStyle[] = []): ChosenStyle[] {
  const { own, isLoaded } = useStyles.getState();
  return used.map((style) => {
    const now = textsOf(style.id, isLoaded ? own : null);
    return now && isSameTexts(now, style) ? style : { ...style, isKept: true as const };
  });
}

/** Chooses or removes a style. With the first style, the message becomes a picture request, whatever its text. */
export function toggleStyle({ id, name, prompt, negativePrompt }: StyleTexts & { id: string }): void {
  const { styles, change } = useDraft.getState();
  if (styles.some((style) => style.id === id)) {
    removeStyle(id);
    return;
  }
  const { own, isLoaded } = useStyles.getState();
  const there = styles.filter((style) => resolveStyles([style], isLoaded ? own : null).length > 0);
  if (there.length >= maxStylesOfMessage) {
    toast(t('styles.at_most', { max: maxStylesOfMessage }), { tone: 'problem', ofView: 'current' });
    return;
  }
  change({ mode: 'picture', styles: [...there, { id, name, prompt, negativePrompt, values: {} }] });
}

export function removeStyle(id: string): void {
  const { styles, change } = useDraft.getState();
  change({ styles: styles.filter((style) => style.id !== id) });
}

/** Fills in a variable of a chosen style. */
export function setStyleWord(id: string, key: string, word: string): void {
  const { styles, change } = useDraft.getState();
  change({
    styles: styles.map((style) =>
      style.id === id ? { ...style, values: { ...style.values, [key]: word } } : style,
    ),
  });
}

/** Returns why a message cannot be sent with these styles; null if it can. */
export function stylesProblem(text: string, styles: readonly UsedStyle[]): string | null {
  const missing = [...new Set(styles.flatMap(missingValues))];
  if (missing.length > 0) return t('styles.fill_in', { names: formatList(missing) });
  const long = [...new Set(styles.flatMap(tooLongValues))];
  if (long.length > 0) return t('styles.shorten', { names: formatList(long) });
  const isTooLong = applyStyles(text.trim(), styles, maxTextLength) === null;
  return isTooLong ? t('errors.styles_too_long') : null;
}

/** Returns a sentence if the styles have a negative prompt that a model does not support; otherwise null. */
export function negativeLeftOut(styles: readonly UsedStyle[], models: readonly ChosenModel[]): string | null {
  if (!styles.some(({ negativePrompt }) => negativePrompt.trim() !== '')) return null;
  const without = models.filter(
    ({ serviceId, model }) => !optionsOf(serviceId, model).includes('negativePrompt'),
  );
  if (without.length === 0) return null;
  return t('styles.negative_left_out', { models: formatList(without.map(modelName)) });
}

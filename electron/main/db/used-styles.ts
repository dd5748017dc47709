// The styles that a question was sent with: JSON in the styles column of its row.
import { type UsedStyle, usedStylesSchema } from '../../../shared/domain/styles';

/** Returns nothing if there are none, or if this version cannot read them. */
export function usedStylesOf(json: string | null): { styles?: UsedStyle[] } {
  if (json === null) return {};
  try {
    const styles = usedStylesSchema.parse(JSON.parse(json));
    return styles.length > 0 ? { styles } : {};
  } catch {
    return {};
  }
}

/** Returns null for none. */
export function usedStylesColumn(styles: readonly UsedStyle[] = []): string | null {
  return styles.length > 0 ? JSON.stringify(styles) : null;
}

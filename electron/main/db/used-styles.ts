// The styles that a question was sent with: JSON in the styles column of its row.
import { parseJson } from '../../../shared/domain/parse-json';
import { type UsedStyle, usedStylesSchema } from '../../../shared/domain/styles';

/** Returns nothing if there are none, or if this version cannot read them. */
export function usedStylesOf(json: string | null): { styles?: UsedStyle[] } {
  const { data: styles = [] } = usedStylesSchema.safeParse(parseJson(json));
  return styles.length > 0 ? { styles } : {};
}

/** Returns null for none. */
export function usedStylesColumn(styles: readonly UsedStyle[] = []): string | null {
  return styles.length > 0 ? JSON.stringify(styles) : null;
}

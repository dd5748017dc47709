// The styles that a message of the user was sent with.
import type { UsedStyle } from '../../../../shared/domain/styles';
import { t } from '../../../../shared/languages/translate';
import { StyleNames } from './StyleNames';

/** @param onRemove leaves one out of a new version; absent: they are only shown. */
export function UsedStyles({
  styles,
  onRemove,
}: {
  styles: readonly UsedStyle[];
  onRemove?: (id: string) => void;
}) {
  if (styles.length === 0) return null;
  return <StyleNames label={t('styles.used')} styles={styles} {...(onRemove && { onRemove })} />;
}

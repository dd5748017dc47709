// The styles that a message of the user was sent with.
import type { UsedStyle } from '../../../../shared/domain/styles';
import { t } from '../../../../shared/languages/translate';
import { StyleNames } from './StyleNames';

type Props = {
  styles: readonly UsedStyle[];
  /** Removes a style from the new version. Absent: the styles are read-only. */
  onRemove?: (id: string) => void;
  /** Called to move the focus when the last style is removed. */
  onLastRemoved?: () => void;
};

export function UsedStyles(props: Props) {
  return props.styles.length > 0 && <StyleNames label={t('styles.used')} {...props} />;
}

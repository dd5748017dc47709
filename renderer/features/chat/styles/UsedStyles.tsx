// The styles that a message of the user was sent with.
import type { UsedStyle } from '../../../../shared/domain/styles';
import { t } from '../../../../shared/languages/translate';
import { StyleNames } from './StyleNames';

type Props = {
  styles: readonly UsedStyle[];
  /** Leaves one out of a new version. Absent: they are only shown. */
  onRemove?: (id: string) => void;
  /** Called to move the focus when the last one is removed. */
  onLastRemoved?: () => void;
};

export function UsedStyles(props: Props) {
  return props.styles.length > 0 && <StyleNames label={t('styles.used')} {...props} />;
}

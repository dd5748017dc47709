// The buttons below the form: they test the service, and once it works, send the waiting request.
import type { RefObject } from 'react';
import { t } from '../../../shared/languages/translate';
import { useChosenProvider } from '../../state/composer/chosen-provider';
import { labelAtPrice, type Waiting } from '../../state/connect-store';
import { Button } from '../../ui/Button';
import styles from './ConnectSheet.module.css';

type Props = {
  isGood: boolean;
  isAsking: boolean;
  /** Whether the key would be sent unencrypted. */
  isClear: boolean;
  /** The request that is still to be sent. */
  waiting: Waiting | undefined;
  /** The button that continues once the service works. */
  next: RefObject<HTMLButtonElement | null>;
  onBack: () => void;
  onClose: () => void;
};

export function ConnectButtons({ isGood, isAsking, isClear, waiting, next, onBack, onClose }: Props) {
  // Renders again when the provider changes, because the price depends on it.
  useChosenProvider();
  return (
    <div className={styles['buttons']}>
      {!isGood ? (
        <>
          <Button onClick={onBack}>{t('connect.choose_other_service')}</Button>
          <Button tone="primary" type="submit" disabled={isAsking}>
            {t(isClear ? 'connect.connect_without_encryption' : 'connect.connect')}
          </Button>
        </>
      ) : waiting ? (
        <>
          <Button onClick={onClose}>{t('connect.not_now')}</Button>
          <Button ref={next} tone="primary" type="submit">
            {labelAtPrice(waiting)}
          </Button>
        </>
      ) : (
        <Button ref={next} tone="primary" type="submit">
          {t('connect.done')}
        </Button>
      )}
    </div>
  );
}

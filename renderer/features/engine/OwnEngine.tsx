// Shows the user's own `sd-server` that is in use.
import { t } from '../../../shared/languages/translate';
import { useEngine } from '../../state/engine/engine-store';
import { Button } from '../../ui/Button';
import styles from './MoreWays.module.css';

export function OwnEngine({ path }: { path: string }) {
  const { chooseEngine, forgetOwnEngine } = useEngine();
  return (
    <div className={styles['own']}>
      <span className={styles['path']}>{t('engine.own_sd_server', { path })}</span>
      <Button onClick={() => void chooseEngine()}>{t('engine.choose_other')}</Button>
      <Button onClick={() => void forgetOwnEngine()}>{t('engine.forget_own')}</Button>
    </div>
  );
}

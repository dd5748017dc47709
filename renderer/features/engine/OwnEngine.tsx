// The `sd-server` of the user's own that is in use.
import { useEngine } from '../../state/engine/engine-store';
import { Button } from '../../ui/Button';
import styles from './MoreWays.module.css';

export function OwnEngine({ path }: { path: string }) {
  const { chooseEngine, forgetOwnEngine } = useEngine();
  return (
    <div className={styles['own']}>
      <span className={styles['path']}>Your own sd-server is used: {path}</span>
      <Button onClick={() => void chooseEngine()}>Choose another</Button>
      <Button onClick={() => void forgetOwnEngine()}>Forget</Button>
    </div>
  );
}

// The name, with what stays on the eye when the light has gone.
import styles from './WordMark.module.css';

export function WordMark({ size }: { size: 'small' | 'large' }) {
  return (
    <span className={styles['mark']} data-size={size}>
      Afterimage
    </span>
  );
}

// The app's name as a word mark.
// Not shown: the product’s name is the same in every language.
import styles from './WordMark.module.css';

export function WordMark({ size }: { size: 'small' | 'large' }) {
  return (
    <span className={styles['mark']} data-size={size}>
      Afterimage
    </span>
  );
}

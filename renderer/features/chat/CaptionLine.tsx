// The line under a picture, or under those of one request: a name, facts and a price. In a narrow line, a long
// name is truncated first, then the facts, and the price never.
import styles from './CaptionLine.module.css';
import { type Caption, captionText } from './group-caption';

/** `isCounting`: it contains a running count of seconds. */
type Props = { caption: Caption; title?: string; isCounting?: boolean };

export function CaptionLine({ caption, title = captionText(caption), isCounting = false }: Props) {
  const { name, facts, price } = caption;
  return (
    <span className={styles['line']} title={title} data-counting={isCounting || undefined}>
      <span className={styles['name']}>{name}</span>
      {facts.map((fact, at) => (
        <span key={at} className={styles['fact']} data-fact>
          {` · ${fact}`}
        </span>
      ))}
      {price !== false && <span className={styles['price']}>{` · ${price}`}</span>}
    </span>
  );
}

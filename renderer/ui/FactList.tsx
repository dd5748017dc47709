// A list of names and values.
import styles from './FactList.module.css';

export function FactList({
  rows,
  isCompact = false,
}: {
  rows: readonly [string, string][];
  isCompact?: boolean;
}) {
  return (
    <dl className={styles['list']} data-compact={isCompact || undefined}>
      {rows.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

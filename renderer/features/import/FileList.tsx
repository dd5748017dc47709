// A collapsible list of files, each with a note.
import styles from './FileList.module.css';

type FileListProps = {
  summary: string;
  /** Accessible name of the list. */
  label: string;
  files: { name: string; text: string }[];
  /** The total number, including those that are not in `files`. */
  count: number;
  more: (count: number) => string;
  isOpen?: boolean;
};

export function FileList({ summary, label, files, count, more, isOpen = false }: FileListProps) {
  if (count === 0) return null;
  return (
    <details className={styles['report']} open={isOpen}>
      <summary>{summary}</summary>
      <ul aria-label={label}>
        {files.map(({ name, text }, index) => (
          <li key={index}>
            <span className={styles['name']} title={name}>
              {name}
            </span>
            <span className={styles['reason']}>{text}</span>
          </li>
        ))}
        {count > files.length && <li>{more(count - files.length)}</li>}
      </ul>
    </details>
  );
}

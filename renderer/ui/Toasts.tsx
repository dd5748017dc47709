// Draws the notices.
import styles from './Toasts.module.css';
import { useToasts } from './toasts';

export function Toasts() {
  const { toasts, dismiss } = useToasts();
  return (
    <div className={styles['stack']} role="status" aria-label="Notices">
      {toasts.map(({ id, text, tone, action }) => (
        <div key={id} className={styles['toast']} data-tone={tone}>
          <span>{text}</span>
          {action && (
            <button
              type="button"
              className={styles['action']}
              onClick={() => {
                action.run();
                dismiss(id);
              }}
            >
              {action.label}
            </button>
          )}
        </div>
      ))}
    </div>
  );
}

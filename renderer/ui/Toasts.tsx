// Draws the notices where they can be seen and reached: in the dialog on top, else over the app.
import { useDialogs } from './dialogs';
import styles from './Toasts.module.css';
import { useToasts } from './toasts';

/** @param within the dialog that these stand in. */
export function Toasts({ within }: { within?: symbol }) {
  const { toasts, dismiss } = useToasts();
  const isOnTop = useDialogs(({ keys }) => keys.at(-1) === within);
  // The region itself is always there: screen readers read out what comes into it.
  return (
    <div className={styles['stack']} role="status" aria-label="Notices">
      {(isOnTop ? toasts : []).map(({ id, text, tone, action }) => (
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

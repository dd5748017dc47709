// Shows the notices where they can be reached: in the topmost dialog, or over the app.
import { t } from '../../shared/languages/translate';
import { useDialogs } from './dialogs';
import styles from './Toasts.module.css';
import { useToasts } from './toasts';

/** @param within the dialog that contains these notices. */
export function Toasts({ within }: { within?: symbol }) {
  const { toasts, dismiss } = useToasts();
  const isOnTop = useDialogs(({ keys }) => keys.at(-1) === within);
  // The live region is always mounted, so that screen readers announce what is added to it.
  return (
    <div className={styles['stack']} role="status" aria-label={t('ui.notices')}>
      {(isOnTop ? toasts : []).map(({ id, text, tone, action, second }) => (
        <div key={id} className={styles['toast']} data-tone={tone}>
          <span>{text}</span>
          {[second, action].map(
            (offered) =>
              offered && (
                <button
                  key={offered.label}
                  type="button"
                  className={styles['action']}
                  onClick={() => {
                    offered.run();
                    dismiss(id);
                  }}
                >
                  {offered.label}
                </button>
              ),
          )}
        </div>
      ))}
    </div>
  );
}

// The two tabs of the editor.
import { t } from '../../../shared/languages/translate';
import type { EditorTab } from '../../state/pictures/editor-store';
import { hasModifier } from '../../ui/shortcut';
import styles from './Tabs.module.css';

type Props = { tab: EditorTab; onTab: (tab: EditorTab) => void };

export function Tabs({ tab, onTab }: Props) {
  return (
    <div className={styles['tabs']} role="tablist" aria-label={t('editor.tabs')}>
      {(['mark', 'crop'] as const).map((each) => (
        <button
          key={each}
          type="button"
          role="tab"
          className={styles['tab']}
          aria-selected={each === tab}
          aria-controls={panelId(each)}
          tabIndex={each === tab ? 0 : -1}
          onClick={() => onTab(each)}
          onKeyDown={(event) => {
            // With a modifier, the arrow keys go back and forward.
            if (hasModifier(event) || (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight')) return;
            event.preventDefault();
            event.stopPropagation();
            const other =
              each === 'mark'
                ? event.currentTarget.nextElementSibling
                : event.currentTarget.previousElementSibling;
            onTab(each === 'mark' ? 'crop' : 'mark');
            if (other instanceof HTMLElement) other.focus();
          }}
        >
          {t(`editor.tab_${each}`)}
        </button>
      ))}
    </div>
  );
}

export function panelId(tab: EditorTab): string {
  return `editor-${tab}`;
}

// The list of all shortcuts.

import { t } from '../../../shared/languages/translate';
import { usePalette } from '../../state/palette-store';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { closesOnNavigation } from '../../ui/dialogs';
import { Keys } from '../../ui/Keys';
import { hasModifier } from '../../ui/shortcut';
import styles from './ShortcutSheet.module.css';
import { shortcutGroups } from './shortcut-groups';

export function ShortcutSheet() {
  const isOpen = usePalette((state) => state.isSheetOpen);
  const showSheet = usePalette((state) => state.showSheet);
  if (!isOpen) return null;
  return (
    <Dialog
      {...closesOnNavigation}
      className={styles['sheet']}
      aria-label={t('app.shortcuts')}
      onClose={() => showSheet(false)}
      onKeyDown={(event) => {
        if (!hasModifier(event)) event.stopPropagation();
      }}
    >
      <header className={styles['header']}>
        <h2>{t('app.shortcuts')}</h2>
        <Button onClick={() => showSheet(false)}>{t('app.close')}</Button>
      </header>
      <div className={styles['groups']}>
        {shortcutGroups().map(({ title, rows }) => (
          <section key={title} className={styles['group']} aria-label={title}>
            <h3>{title}</h3>
            <dl>
              {rows.map(({ name, keys, notWhileTyping }) => (
                <div key={name} className={styles['row']}>
                  <dt>{name}</dt>
                  <dd>
                    {keys.map((shortcut) => (
                      <span key={shortcut}>
                        <Keys shortcut={shortcut} />
                        {notWhileTyping?.includes(shortcut) && <small>{t('app.not_while_typing')}</small>}
                      </span>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}

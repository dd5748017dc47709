// The list of styles: search, arrow keys, and Enter to choose several.
import { Check, SquarePen } from 'lucide-react';
import { type KeyboardEvent, useId, useLayoutEffect, useMemo, useState } from 'react';
import { readableText } from '../../../../shared/domain/apply-styles';
import type { ChosenStyle } from '../../../../shared/domain/styles';
import { t } from '../../../../shared/languages/translate';
import { StyleTile } from '../../../picture/styles/StyleTile';
import { toggleStyle } from '../../../state/composer/chosen-styles';
import { useDraft } from '../../../state/composer/draft-store';
import { openSettings } from '../../../state/settings/open-settings';
import { useStyleEditor } from '../../../state/styles/style-editor';
import { matchEntries, type StyleEntry, useStyleEntries } from '../../../state/styles/style-entries';
import { hasPointerMoved, optionAfterKey } from '../../../ui/active-option';
import { PlainButton } from '../../../ui/PlainButton';
import { focusWhenShown } from '../../../ui/Popover';
import { SearchCombobox } from '../../../ui/SearchCombobox';
import styles from './styles.module.css';

type Props = { chosen: readonly ChosenStyle[]; close: () => void };

export function StyleList({ chosen, close }: Props) {
  const entries = useStyleEntries();
  const draftText = useDraft((state) => state.text.trim());
  const [text, setText] = useState('');
  const [active, setActive] = useState(0);
  const listId = useId();
  const found = useMemo(() => matchEntries(entries, text), [entries, text]);
  const activeAt = Math.min(active, found.length - 1);
  const ids = new Set(chosen.map(({ id }) => id));

  useLayoutEffect(() => {
    document.getElementById(`${listId}${activeAt}`)?.scrollIntoView({ block: 'nearest' });
  }, [activeAt, listId]);

  function onKeyDown(event: KeyboardEvent): void {
    if (event.nativeEvent.isComposing) return;
    const style = found[activeAt];
    const next = optionAfterKey(event.key, activeAt, found.length);
    if (next !== null) setActive(next);
    else if (event.key === 'Enter') {
      if (style && !event.repeat) toggleStyle(style);
    } else return;
    // Enter would send the message.
    event.preventDefault();
  }

  return (
    <div className={styles['list-panel']}>
      <SearchCombobox
        ref={focusWhenShown}
        className={styles['search']}
        label={t('styles.search')}
        listId={listId}
        activeId={activeAt >= 0 ? `${listId}${activeAt}` : null}
        value={text}
        onChange={(next) => {
          setText(next);
          setActive(0);
        }}
        onKeyDown={onKeyDown}
      />
      <div
        id={listId}
        role="listbox"
        aria-label={t('styles.title')}
        aria-multiselectable
        tabIndex={-1}
        className={styles['list']}
      >
        {found.map((style, at) => (
          <Option
            key={style.id}
            id={`${listId}${at}`}
            style={style}
            isActive={at === activeAt}
            isChosen={ids.has(style.id)}
            onPoint={() => setActive(at)}
          />
        ))}
      </div>
      {found.length === 0 && (
        <p className={styles['none']} role="status">
          {t(text.trim() === '' ? 'styles.none' : 'styles.none_found')}
        </p>
      )}
      <div className={styles['foot']}>
        <PlainButton
          className={styles['foot-button']}
          disabled={draftText === ''}
          title={t('styles.save_draft_hint')}
          onClick={() => {
            close();
            useStyleEditor.getState().create({ prompt: draftText });
          }}
        >
          <SquarePen size={16} strokeWidth={1.75} aria-hidden />
          {t('styles.save_draft')}
        </PlainButton>
        <PlainButton
          className={styles['foot-button']}
          onClick={() => {
            close();
            openSettings('styles');
          }}
        >
          {t('styles.manage')}
        </PlainButton>
      </div>
    </div>
  );
}

type OptionProps = {
  id: string;
  style: StyleEntry;
  isActive: boolean;
  isChosen: boolean;
  onPoint: () => void;
};

function Option({ id, style, isActive, isChosen, onPoint }: OptionProps) {
  const text = readableText(style.prompt || style.negativePrompt);
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the combobox keeps the focus and names the active option.
    // biome-ignore lint/a11y/useKeyWithClickEvents: the combobox handles the keys.
    <div
      id={id}
      role="option"
      className={styles['option']}
      aria-selected={isChosen}
      aria-label={style.name}
      title={text}
      data-active={isActive || undefined}
      onPointerMove={(event) => {
        if (!isActive && hasPointerMoved(event)) onPoint();
      }}
      // The field keeps the focus.
      onPointerDown={(event) => event.preventDefault()}
      onClick={() => toggleStyle(style)}
    >
      <StyleTile style={style} />
      <span className={styles['texts']}>
        <span className={styles['name']} dir="auto">
          {style.name}
        </span>
        <small dir="auto">{text}</small>
      </span>
      {isChosen && <Check size={16} strokeWidth={1.75} aria-hidden />}
    </div>
  );
}

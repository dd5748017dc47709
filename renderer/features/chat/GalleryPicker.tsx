// Lets the user choose pictures of the gallery to attach, with search. The latest come first.

import { type KeyboardEvent, useRef, useState } from 'react';
import { imageUrl } from '../../../shared/domain/pictures';
import { t } from '../../../shared/languages/translate';
import { PictureSearch } from '../../picture/find/PictureSearch';
import { attachReferences, freeAttachmentSlots } from '../../state/composer/attach-pictures';
import { useDraft } from '../../state/composer/draft-store';
import { isFiltered } from '../../state/gallery/filters';
import { type FoundPicture, queryOfText, useFoundPictures } from '../../state/gallery/use-found-pictures';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { keyAlongLine } from '../../ui/direction';
import styles from './GalleryPicker.module.css';
import { usePicker } from './picker-store';

export function GalleryPicker() {
  const close = usePicker((state) => state.close);
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [query, setQuery] = useState(() => queryOfText(''));
  const { pictures, count, hasMore, loadMore, problem } = useFoundPictures(query);
  const grid = useRef<HTMLDivElement>(null);
  const room = freeAttachmentSlots(useDraft((state) => state.conversationId));

  function toggle(id: string): void {
    const others = chosen.filter((other) => other !== id);
    if (others.length < chosen.length) setChosen(others);
    else if (chosen.length < room) setChosen([...chosen, id]);
  }

  function attach(ids: readonly string[]): void {
    if (ids.length === 0) return;
    close();
    attachReferences(ids);
  }

  return (
    <Dialog
      className={styles['picker']}
      aria-label={t('composer.choose_pictures')}
      onClose={close}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
        if (event.target instanceof HTMLButtonElement && event.target.role !== 'option') return;
        event.preventDefault();
        const focused = event.target instanceof HTMLElement ? event.target.dataset['id'] : undefined;
        attach(chosen.length === 0 && focused !== undefined ? [focused] : chosen);
      }}
    >
      <header className={styles['head']}>
        <h2>{t('composer.choose_pictures')}</h2>
        <PictureSearch
          query={query}
          onChange={setQuery}
          found={count}
          onEnter={() => attach(chosen)}
          onDown={() => optionsOf(grid.current)[0]?.focus()}
        />
      </header>
      <div className={styles['scroller']}>
        <div
          ref={grid}
          role="listbox"
          aria-label={t('composer.gallery_pictures')}
          aria-multiselectable
          tabIndex={-1}
          className={styles['grid']}
          onKeyDown={moveInGrid}
        >
          {pictures.map((picture, index) => (
            <Option
              key={picture.id}
              picture={picture}
              isStop={index === 0}
              position={chosen.indexOf(picture.id)}
              onToggle={() => toggle(picture.id)}
              onAttach={() => attach([picture.id])}
            />
          ))}
        </div>
        {pictures.length === 0 && (
          <p className={styles['empty']} role="status">
            {problem ?? t(isFiltered(query) ? 'composer.none_found' : 'composer.gallery_empty')}
          </p>
        )}
        {hasMore && <Button onClick={loadMore}>{t('composer.show_more')}</Button>}
      </div>
      <footer className={styles['foot']}>
        <p role="status">{chosenText(chosen.length, room)}</p>
        <Button onClick={close}>{t('ui.cancel')}</Button>
        <Button tone="primary" disabled={chosen.length === 0} onClick={() => attach(chosen)}>
          {t('composer.attach')}
        </Button>
      </footer>
    </Dialog>
  );
}

/** Returns the number of chosen pictures in words, and whether the message can take more. */
function chosenText(count: number, room: number): string | null {
  if (count === 0) return room > 0 ? null : t('composer.no_room');
  return t(count < room ? 'composer.chosen' : 'composer.chosen_all', { count });
}

type OptionProps = {
  picture: FoundPicture;
  isStop: boolean;
  /** Its index among the chosen pictures; -1 if it is not chosen. */
  position: number;
  onToggle: () => void;
  onAttach: () => void;
};

function Option({ picture: { id, prompt }, isStop, position, onToggle, onAttach }: OptionProps) {
  const isChosen = position >= 0;
  return (
    <button
      type="button"
      role="option"
      className={styles['option']}
      aria-selected={isChosen}
      aria-label={prompt}
      title={prompt}
      data-id={id}
      tabIndex={isStop ? 0 : -1}
      onClick={onToggle}
      onDoubleClick={onAttach}
    >
      <img src={imageUrl(id, '256')} alt="" loading="lazy" draggable={false} />
      {isChosen && <span className={styles['number']}>{position + 1}</span>}
    </button>
  );
}

function optionsOf(grid: HTMLElement | null): HTMLElement[] {
  return [...(grid?.querySelectorAll<HTMLElement>('[role="option"]') ?? [])];
}

/** Moves the focus with the arrow keys, and with Home and End to the ends of the loaded pictures. */
function moveInGrid(event: KeyboardEvent<HTMLElement>): void {
  const options = optionsOf(event.currentTarget);
  const [first] = options;
  const at = options.findIndex((option) => option.matches(':focus'));
  if (!first || at < 0) return;
  const inRow = options.filter(({ offsetTop }) => offsetTop === first.offsetTop).length;
  const steps = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: inRow, ArrowUp: -inRow };
  const by = { ...steps, Home: -at, End: options.length - 1 - at }[keyAlongLine(event.key)];
  if (by === undefined) return;
  event.preventDefault();
  options[at + by]?.focus();
}

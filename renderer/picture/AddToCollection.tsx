// A button with a menu of collections. Adds pictures to one of them, or to a new one.
import { FolderPlus } from 'lucide-react';
import { type KeyboardEvent, useId, useRef, useState } from 'react';
import { maxCollectionNameLength } from '../../shared/contract/collections';
import { addToCollection, createCollection } from '../state/collections/collection-actions';
import { useCollections } from '../state/collections/collections-store';
import { IconButton } from '../ui/IconButton';
import styles from './AddToCollection.module.css';

type Props = {
  /** A function is called when the pictures are added. */
  imageIds: string[] | (() => string[]);
  /** Called when the request to add the pictures has been sent. */
  onDone?: () => void;
};

export function AddToCollection({ imageIds, onDone }: Props) {
  const id = useId();
  const popover = useRef<HTMLDivElement>(null);
  const load = useCollections((state) => state.load);
  const collections = useCollections((state) => state.list.collections);
  const [name, setName] = useState('');

  const named = () => (typeof imageIds === 'function' ? imageIds() : imageIds);
  function end(): void {
    popover.current?.hidePopover();
    onDone?.();
  }

  return (
    <div className={styles['anchor']}>
      <IconButton icon={FolderPlus} label="Add to collection…" popoverTarget={id} aria-haspopup="dialog" />
      <div
        ref={popover}
        id={id}
        popover="auto"
        role="dialog"
        aria-label="Add to collection"
        className={styles['menu']}
        onToggle={(event) => {
          if (event.newState !== 'open') return;
          void load();
          popover.current?.querySelector<HTMLElement>('button, input')?.focus();
        }}
        onKeyDown={moveFocus}
      >
        {collections
          .filter(({ query }) => query === null)
          .map((collection) => (
            <button
              key={collection.id}
              type="button"
              className={styles['option']}
              onClick={() => {
                void addToCollection(collection, named());
                end();
              }}
            >
              <span>{collection.name}</span>
              <small>{collection.count}</small>
            </button>
          ))}
        <form
          onSubmit={(event) => {
            event.preventDefault();
            const wanted = name.trim();
            if (wanted === '') return;
            setName('');
            const ids = named();
            void createCollection(wanted).then((created) => created && addToCollection(created, ids));
            end();
          }}
        >
          <input
            className={styles['field']}
            aria-label="New collection"
            placeholder="New collection"
            value={name}
            maxLength={maxCollectionNameLength}
            onChange={(event) => setName(event.target.value)}
          />
        </form>
      </div>
    </div>
  );
}

/** Moves the focus with the arrow keys. The gallery behind has its own keys, so events stop here. */
function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  event.stopPropagation();
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (by === undefined) return;
  event.preventDefault();
  const all: Element[] = [...event.currentTarget.querySelectorAll('button, input')];
  const at = document.activeElement ? all.indexOf(document.activeElement) : -1;
  const next = all[(at + by + all.length) % all.length];
  if (next instanceof HTMLElement) next.focus();
}

// A button with a menu of collections. Adds pictures to one of them, or to a new one.
import { FolderPlus } from 'lucide-react';
import { useId, useState } from 'react';
import { maxCollectionNameLength } from '../../shared/contract/collections';
import { lengthProblem } from '../../shared/domain/text-length';
import { addToCollection, createCollection } from '../state/collections/collection-actions';
import { useCollections } from '../state/collections/collections-store';
import { IconButton } from '../ui/IconButton';
import { moveFocus, Popover } from '../ui/Popover';
import styles from './AddToCollection.module.css';

type Props = {
  /** A function is called when the pictures are added. */
  imageIds: string[] | (() => string[]);
  /** Called when the request to add the pictures has been sent. */
  onDone?: () => void;
};

export function AddToCollection({ imageIds, onDone }: Props) {
  const load = useCollections((state) => state.load);
  const collections = useCollections((state) => state.list.collections);
  const [name, setName] = useState('');
  const problemId = useId();
  const problem = lengthProblem(name.trim(), maxCollectionNameLength);
  const ids = () => (typeof imageIds === 'function' ? imageIds() : imageIds);

  return (
    <Popover
      name="Add to collection"
      align="center"
      className={styles['panel']}
      initialFocus="button, input"
      onToggle={(isOpen) => isOpen && void load()}
      onKeyDown={(event) => {
        // The gallery and the lightbox behind have keys of their own.
        event.stopPropagation();
        moveFocus(event);
      }}
      trigger={(props) => <IconButton icon={FolderPlus} label="Add to collection…" {...props} />}
    >
      {(close) => (
        <>
          {collections
            .filter(({ query }) => query === null)
            .map((collection) => (
              <button
                key={collection.id}
                type="button"
                className={styles['option']}
                onClick={() => {
                  void addToCollection(collection, ids());
                  close();
                  onDone?.();
                }}
              >
                <span>{collection.name}</span>
                <small>{collection.count}</small>
              </button>
            ))}
          <form
            className={styles['form']}
            onSubmit={(event) => {
              event.preventDefault();
              const newName = name.trim();
              if (newName === '' || problem !== null) return;
              setName('');
              const added = ids();
              void createCollection(newName).then((created) => created && addToCollection(created, added));
              close();
              onDone?.();
            }}
          >
            <input
              type="text"
              className={styles['field']}
              aria-label="New collection"
              placeholder="New collection"
              value={name}
              aria-invalid={problem !== null || undefined}
              aria-describedby={problem === null ? undefined : problemId}
              onChange={(event) => setName(event.target.value)}
            />
            {problem !== null && (
              <p className={styles['problem']} id={problemId} role="alert">
                {problem}
              </p>
            )}
          </form>
        </>
      )}
    </Popover>
  );
}

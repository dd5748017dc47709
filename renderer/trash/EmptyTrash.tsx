// The button that empties Trash: it asks first, and says how much that frees.
import { useState } from 'react';
import type { TrashSize } from '../../shared/ipc';
import { Button } from '../ui/Button';
import { Confirm } from '../ui/Confirm';
import { formatBytes, formatCount } from '../ui/format';
import { useTrash } from './trash-store';

type Props = { disabled: boolean; onEmptied?: () => void };

export function EmptyTrash({ disabled, onEmptied }: Props) {
  const { isEmptying, measure, empty } = useTrash();
  const [size, setSize] = useState<TrashSize | null>(null);
  return (
    <>
      <Button disabled={disabled || isEmptying} onClick={() => void measure().then(setSize)}>
        {isEmptying ? 'Emptying…' : 'Empty Trash'}
      </Button>
      {size && (
        <Confirm
          title="Empty Trash?"
          action="Empty Trash"
          onConfirm={() => void empty().then(onEmptied)}
          onClose={() => setSize(null)}
        >
          {explain(size)}
        </Confirm>
      )}
    </>
  );
}

function explain({ pictures, conversations, bytes }: TrashSize): string {
  const what = [
    pictures > 0 && formatCount(pictures, 'picture'),
    conversations > 0 && formatCount(conversations, 'conversation'),
  ].filter(Boolean);
  return `${what.join(' and ')} will be removed for good. This frees ${formatBytes(bytes)} and cannot be undone.`;
}

// Texts before and after emptying Trash.
import type { EmptiedTrash, TrashSize } from '../../../shared/contract/trash';
import { formatBytes, formatCount } from '../../ui/format';

type Counts = Pick<TrashSize, 'pictures' | 'conversations'>;

export function explainEmptying(size: TrashSize): string {
  return `${list(size)} will be removed permanently. This frees ${formatBytes(size.bytes)} and cannot be undone.`;
}

export function explainEmptied({ bytes, stayed }: EmptiedTrash): string {
  const freed = `${formatBytes(bytes)} freed.`;
  if (stayed.pictures + stayed.conversations === 0) return `Trash is empty. ${freed}`;
  if (stayed.conversations === 0) return `${freed} ${list(stayed)} stayed.`;
  const them = stayed.conversations === 1 ? 'it' : 'them';
  return `${freed} ${list(stayed)} stayed because a picture in ${them} is still being made.`;
}

function list({ pictures, conversations }: Counts): string {
  const parts = [
    pictures > 0 && formatCount(pictures, 'picture'),
    conversations > 0 && formatCount(conversations, 'conversation'),
  ];
  return parts.filter(Boolean).join(' and ');
}

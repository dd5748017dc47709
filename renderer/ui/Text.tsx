// A text of the catalogue with elements in it, such as a link or a key.
import { Children, type ReactNode } from 'react';
import type { MessageId } from '../../shared/languages/en';
import { formatParts } from '../../shared/languages/translate';

/** What stands for a tag or an argument: `<link>…</link>` is a function, `{count}` a value. */
type Values = Parameters<typeof formatParts<ReactNode>>[1];

export function Text({ id, values }: { id: MessageId; values: Values }) {
  return Children.toArray(formatParts<ReactNode>(id, values));
}

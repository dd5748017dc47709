// A text of the catalogue with elements in it, such as a link or a key.
import { Children, type ReactNode } from 'react';
import type { MessageId } from '../../shared/languages/en';
import { formatParts } from '../../shared/languages/translate';

/** The values for tags and arguments: a function for `<link>…</link>`, a value for `{count}`. */
type Values = Parameters<typeof formatParts<ReactNode>>[1];

export function Text({ id, values }: { id: MessageId; values: Values }) {
  return Children.toArray(formatParts<ReactNode>(id, values));
}

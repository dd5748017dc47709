// The button that empties Trash, after a confirmation that shows how much space it frees.

import { useState } from 'react';
import type { TrashSize } from '../../../shared/contract/trash';
import { t } from '../../../shared/languages/translate';
import { Button } from '../../ui/Button';
import { Confirm } from '../../ui/Confirm';
import { useTrash } from './trash-store';
import { explainEmptying } from './trash-text';

type Props = { disabled: boolean; onEmptied?: () => void };

export function EmptyTrash({ disabled, onEmptied }: Props) {
  const { isEmptying, measure, empty } = useTrash();
  const [size, setSize] = useState<TrashSize | null>(null);
  return (
    <>
      <Button disabled={disabled || isEmptying} onClick={() => void measure().then(setSize)}>
        {t(isEmptying ? 'trash.emptying' : 'trash.empty_trash')}
      </Button>
      {size && (
        <Confirm
          title={t('trash.empty_question')}
          action={t('trash.empty_trash')}
          onConfirm={() => void empty().then(onEmptied)}
          onClose={() => setSize(null)}
        >
          {explainEmptying(size)}
        </Confirm>
      )}
    </>
  );
}

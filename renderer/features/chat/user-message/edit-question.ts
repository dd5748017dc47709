// Opens the question of an answer for editing.

import type { Message } from '../../../../shared/domain/conversations';
import { questionBefore, showNotLoaded } from '../../../state/composer/request-pictures';
import { useEdits } from './edit-store';

/** Opens the field and focuses it. Shows a notice if the question is not loaded. */
export async function editQuestionOf({ id }: Message): Promise<void> {
  const question = questionBefore(id);
  if (!question) return showNotLoaded();
  await useEdits.getState().begin(question);
}

// Opens the question of an answer for editing.

import type { Message } from '../../../../shared/domain/conversations';
import { t } from '../../../../shared/languages/translate';
import { useChat } from '../../../state/chat/chat-store';
import { toast } from '../../../ui/toasts';
import { useEdits } from './edit-store';

/** The field takes the focus. Shows a notice if the question is not loaded. */
export async function editQuestionOf({ id }: Message): Promise<void> {
  const { order, messages } = useChat.getState();
  const before = order.slice(0, order.indexOf(id)).map((other) => messages[other]);
  const question = before.findLast((message) => message?.role === 'user');
  if (question?.kind === 'text') await useEdits.getState().begin(question);
  else
    toast(t('chat.question_not_loaded'), {
      tone: 'problem',
      ofView: 'current',
    });
}

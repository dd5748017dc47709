// A preview of the whole prompt, joined as the main process will do it.
import { useEffect, useState } from 'react';
import type { PromptPreview } from '../../../../shared/contract/chat';
import { applyNegatives, applyStyles, isCompletePrompt } from '../../../../shared/domain/apply-styles';
import type { ChosenModel } from '../../../../shared/domain/chosen-model';
import { maxTextLength } from '../../../../shared/domain/conversations';
import { explain } from '../../../../shared/domain/errors';
import { type AspectRatio, maxNegativePromptLength } from '../../../../shared/domain/models';
import { optionsOf } from '../../../../shared/domain/picture-options';
import type { ChosenStyle, UsedStyle } from '../../../../shared/domain/styles';
import { t } from '../../../../shared/languages/translate';
import { request } from '../../../ipc';
import { useChat } from '../../../state/chat/chat-store';
import { severalField } from '../../../state/composer/chosen-models';
import { chosenFields } from '../../../state/composer/chosen-provider';
import { stylesField, usedStyles } from '../../../state/composer/chosen-styles';
import styles from './WholePrompt.module.css';

export type AskedPrompt = {
  text: string;
  mode: 'auto' | 'picture';
  aspectRatio: AspectRatio;
  isPattern: boolean;
  references: readonly string[];
};

type Props = {
  id: string;
  styles: readonly ChosenStyle[];
  models: readonly ChosenModel[];
  asked: AskedPrompt;
};

type Shown = { preview: PromptPreview } | { problem: string };

/** Time without a change (ms) before the prompt is computed. */
const pauseMs = 120;

export function WholePrompt({ id, styles: chosen, models, asked }: Props) {
  const [shown, setShown] = useState<Shown | null>(null);
  const conversationId = useChat((state) => state.currentId);
  const { text, mode, aspectRatio, isPattern, references } = asked;
  const isBlank = text.trim() === '';

  useEffect(() => {
    let isCurrent = true;
    const used = usedStyles(chosen);
    async function read(): Promise<void> {
      const reply = await request('chat:preview', {
        ...{
          conversationId,
          text: text.trim(),
          mode,
          aspectRatio,
          ...chosenFields(),
          ...severalField(models),
        },
        ...(isPattern && { isPattern }),
        ...stylesField(used),
        ...(references.length > 0 && { references: [...references] }),
      });
      if (isCurrent) setShown(reply.ok ? { preview: reply.value } : { problem: explain(reply) });
    }
    const timer = isBlank
      ? setTimeout(() => setShown({ preview: previewOf(used, models) }))
      : setTimeout(() => void read(), pauseMs);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [chosen, models, conversationId, text, isBlank, mode, aspectRatio, isPattern, references]);

  return (
    <section className={styles['preview']} id={id} aria-label={t('styles.whole_prompt')}>
      {shown && ('problem' in shown ? <p role="alert">{shown.problem}</p> : <Prompts {...shown.preview} />)}
    </section>
  );
}

function Prompts({ prompts, negativePrompt, drawsWords }: PromptPreview) {
  if (prompts === null) return <p className={styles['note']}>{t('styles.goes_to_text_model')}</p>;
  return (
    <>
      {prompts.map((prompt, at) => (
        <p key={at} className={styles['prompt']} dir="auto">
          {prompt}
        </p>
      ))}
      {negativePrompt !== '' && (
        <p className={styles['prompt']} dir="auto">
          <span className={styles['note']}>{t('styles.negative_prompt')}: </span>
          {negativePrompt}
        </p>
      )}
      {drawsWords && <p className={styles['note']}>{t('styles.words_are_drawn')}</p>}
    </>
  );
}

/** Returns a preview for an empty message, with an ellipsis in place of the required text. */
function previewOf(used: readonly UsedStyle[], models: readonly ChosenModel[]): PromptPreview {
  const takesNegative = models.some(({ serviceId, model }) =>
    optionsOf(serviceId, model).includes('negativePrompt'),
  );
  return {
    prompts: [applyStyles(isCompletePrompt(used) ? '' : '…', used, maxTextLength) ?? ''],
    negativePrompt: takesNegative ? (applyNegatives('', used, maxNegativePromptLength) ?? '') : '',
    drawsWords: false,
  };
}

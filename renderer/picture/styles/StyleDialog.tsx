// The dialog that creates or edits a style: its name, its texts, and its sample picture.
import { type FormEvent, type ReactNode, useEffect, useId, useState } from 'react';
import { v7 as newId } from 'uuid';
import { variablesOf } from '../../../shared/domain/apply-styles';
import {
  keyOfName,
  maxStyleNameLength,
  maxStyleNegativeLength,
  maxStylePromptLength,
} from '../../../shared/domain/styles';
import { lengthProblem } from '../../../shared/domain/text-length';
import { t } from '../../../shared/languages/translate';
import { type EditedStyle, useStyleEditor } from '../../state/styles/style-editor';
import { useStyles } from '../../state/styles/styles-store';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { formatList } from '../../ui/format';
import { toast } from '../../ui/toasts';
import { ChoosePicture } from './ChoosePicture';
import styles from './StyleDialog.module.css';
import { StyleTile } from './StyleTile';

/** Rendered once in the app. */
export function StyleDialog() {
  const edited = useStyleEditor((state) => state.edited);
  return edited && <Form key={edited.id} edited={edited} />;
}

function Form({ edited }: { edited: EditedStyle }) {
  const { close, resume } = useStyleEditor.getState();
  const { load, save } = useStyles.getState();
  const own = useStyles((state) => state.own);
  const [name, setName] = useState(edited.name);
  const [prompt, setPrompt] = useState(edited.prompt);
  const [negativePrompt, setNegative] = useState(edited.negativePrompt);
  const [pictureId, setPicture] = useState(edited.isPictureGone ? null : edited.pictureId);
  const [isChoosing, setChoosing] = useState(false);
  const [isSaving, setSaving] = useState(false);
  const titleId = useId();

  // Loads the styles, to know which names are taken.
  useEffect(() => void load(), [load]);

  const others = own.filter(({ id }) => id !== edited.id);
  const isTaken = others.some((other) => keyOfName(other.name) === keyOfName(name));
  const nameProblem = isTaken ? t('styles.name_taken') : lengthProblem(name.trim(), maxStyleNameLength);
  const promptProblem = lengthProblem(prompt, maxStylePromptLength);
  const negativeProblem = lengthProblem(negativePrompt, maxStyleNegativeLength);
  const hasText = prompt.trim() !== '' || negativePrompt.trim() !== '';
  const problems = [nameProblem, promptProblem, negativeProblem].filter((problem) => problem !== null);
  const isReady = name.trim() !== '' && hasText && problems.length === 0 && !isSaving;
  const variables = variablesOf({ prompt, negativePrompt }).map(({ name: variable }) => variable);

  /** Closes the dialog. A notice can reopen it with unsaved changes. */
  function leave(): void {
    const written = { ...edited, name, prompt, negativePrompt, pictureId };
    const isChanged =
      name !== edited.name || prompt !== edited.prompt || negativePrompt !== edited.negativePrompt;
    close();
    if (!isChanged) return;
    toast(t('styles.not_saved'), {
      undo: { run: () => resume(written), undone: t('editor.changes_back'), again: null },
    });
  }

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (!isReady) return;
    setSaving(true);
    const texts = { name: name.trim(), prompt: prompt.trim(), negativePrompt: negativePrompt.trim() };
    const isSaved = await save({ id: edited.id ?? newId(), ...texts, pictureId });
    setSaving(false);
    // After a failure the dialog stays open for a retry.
    if (isSaved) close();
  }

  return (
    <Dialog
      className={styles['dialog']}
      aria-labelledby={titleId}
      onClose={leave}
      onKeyDown={(event) => {
        // The gallery and the lightbox behind must not handle the same keys.
        event.stopPropagation();
      }}
    >
      <form className={styles['form']} onSubmit={(event) => void submit(event)} noValidate>
        <h2 id={titleId}>{t(edited.id === null ? 'styles.new' : 'styles.edit')}</h2>
        <div className={styles['head']}>
          <StyleTile style={{ name, pictureId, starter: null }} size="large" />
          <Field
            label={t('styles.name')}
            problem={nameProblem}
            render={(props) => (
              <input
                {...props}
                className={styles['input']}
                autoComplete="off"
                autoFocus
                dir="auto"
                value={name}
                onChange={(event) => setName(event.target.value)}
              />
            )}
          />
        </div>
        <div className={styles['buttons']}>
          <Button aria-expanded={isChoosing} onClick={() => setChoosing(!isChoosing)}>
            {t('styles.choose_picture')}
          </Button>
          {pictureId !== null && (
            <Button onClick={() => setPicture(null)}>{t('styles.remove_picture')}</Button>
          )}
        </div>
        {isChoosing && (
          <ChoosePicture
            chosen={pictureId}
            onChoose={(id) => {
              setPicture(id);
              setChoosing(false);
            }}
          />
        )}
        <Field
          label={t('styles.prompt')}
          problem={promptProblem}
          note={t('styles.prompt_note', {
            prompt: '{prompt}',
            variable: `{{${t('styles.example_variable')}}}`,
          })}
          render={(props) => (
            <textarea
              {...props}
              className={styles['text']}
              rows={3}
              dir="auto"
              placeholder={t('styles.prompt_hint', { prompt: '{prompt}' })}
              value={prompt}
              onChange={(event) => setPrompt(event.target.value)}
            />
          )}
        />
        {variables.length > 0 && (
          <p className={styles['note']} role="status">
            {t('styles.variables', { names: formatList(variables) })}
          </p>
        )}
        <Field
          label={t('styles.negative_prompt')}
          problem={negativeProblem}
          note={t('styles.negative_note')}
          render={(props) => (
            <textarea
              {...props}
              className={styles['text']}
              rows={2}
              dir="auto"
              value={negativePrompt}
              onChange={(event) => setNegative(event.target.value)}
            />
          )}
        />
        <div className={styles['end']}>
          <Button onClick={leave}>{t('ui.cancel')}</Button>
          <Button type="submit" tone="primary" disabled={!isReady}>
            {t('styles.save')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

type ControlProps = { id: string; 'aria-invalid': true | undefined; 'aria-describedby': string | undefined };
type FieldProps = {
  label: string;
  problem: string | null;
  note?: string;
  /** Renders the control, with the props that connect it to its label. */
  render: (props: ControlProps) => ReactNode;
};

function Field({ label, problem, note, render }: FieldProps) {
  const id = useId();
  const noteId = `${id}note`;
  const isDescribed = problem !== null || note !== undefined;
  return (
    <div className={styles['field']}>
      <label className={styles['label']} htmlFor={id}>
        {label}
      </label>
      {render({
        id,
        'aria-invalid': problem !== null || undefined,
        'aria-describedby': isDescribed ? noteId : undefined,
      })}
      {problem !== null ? (
        <p className={styles['problem']} id={noteId} role="alert">
          {problem}
        </p>
      ) : (
        note && (
          <p className={styles['note']} id={noteId}>
            {note}
          </p>
        )
      )}
    </div>
  );
}

// The unfinished edit: saves it while it changes, sends it, or discards it.

import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { type Frame, framedSize } from '../../../shared/domain/edits';
import { t } from '../../../shared/languages/translate';
import { request } from '../../ipc';
import { focusComposer } from '../../state/composer/reuse-prompt';
import { sendEdit } from '../../state/composer/send-edit';
import { useEditor } from '../../state/pictures/editor-store';
import { closeDialogs } from '../../ui/dialogs';
import { toast } from '../../ui/toasts';
import { noFrame, shapeOfSize } from './frame';
import { createEditKeeper } from './keep-edit';
import { type EditSession, holdUnkept } from './open-session';
import { defaultBrush } from './tools';

/** The size of the last brush, as a fraction of the picture's shorter side. */
let lastBrush: number = defaultBrush;

/** @param onLeave closes the editor. */
export function useWork({ image, draft, painter, isKept }: EditSession, onLeave: () => void) {
  const imageId = image.id;
  const state = useSyncExternalStore(painter.subscribe, painter.read);
  const [words, setWords] = useState(draft?.words ?? '');
  const [frame, setLiveFrame] = useState<Frame>(draft?.frame ?? noFrame);
  const [fittedFrame, setFittedFrame] = useState(frame);
  const [brush, setBrush] = useState(lastBrush);
  const [isSending, setSending] = useState(false);
  const latest = useRef({ words, frame });
  latest.current = { words, frame };
  const [keeper] = useState(() =>
    createEditKeeper({
      ...{ imageId, painter, draft, isKept, read: () => latest.current },
      onProblem: (message) => toast(message, { tone: 'problem' }),
    }),
  );

  useEffect(() => {
    lastBrush = brush;
  }, [brush]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: runs for each change of the saved values.
  useEffect(() => keeper.changed(), [keeper, state.revision, words, frame]);
  useEffect(() => {
    const keep = () => void keeper.keep();
    window.addEventListener('blur', keep);
    window.addEventListener('beforeunload', keep);
    document.addEventListener('visibilitychange', keep);
    return () => {
      window.removeEventListener('blur', keep);
      window.removeEventListener('beforeunload', keep);
      document.removeEventListener('visibilitychange', keep);
      void keeper.leave((unkept) => holdUnkept(unkept, painter));
    };
  }, [keeper, painter]);

  /** @param isDone whether the drag has ended, so that the picture is fitted into the stage again. */
  function setFrame(next: Frame, isDone: boolean): void {
    setLiveFrame(next);
    if (!isDone) return;
    setFittedFrame(next);
    if (JSON.stringify(next) === JSON.stringify(fittedFrame)) return;
    let [shown, other] = [next, fittedFrame];
    painter.remember(() => {
      [shown, other] = [other, shown];
      setLiveFrame(shown);
      setFittedFrame(shown);
    });
  }

  /** @param wordless the prompt to send if the user has entered none; null if a prompt is required. */
  async function apply(wordless: string | null): Promise<void> {
    setSending(true);
    const isSent = await send(wordless).finally(() => setSending(false));
    if (!isSent) return;
    // Closes the editor, and the dialog that it was opened from.
    closeDialogs();
    focusComposer();
  }

  async function send(wordless: string | null): Promise<boolean> {
    // The mask has to be on disk before it is sent.
    const kept = await keeper.keepToSend();
    if (!kept.ok) return false;
    const { mask, frame: keptFrame, words: keptWords } = kept.value;
    const text = keptWords.trim() || wordless;
    if (text === null) return false;
    const edit = { ...(mask !== null && { mask }), ...(keptFrame && { frame: keptFrame }) };
    const isPart = mask !== null || keptFrame !== null;
    const isSent = await sendEdit({
      ...{ imageId, words: text, shape: shapeOfSize(framedSize(image, frame)) },
      ...(isPart && { edit }),
    });
    if (!isSent) return false;
    keeper.end();
    // Sending an edit of a part has already deleted the draft.
    if (!isPart) void request('edits:forget-draft', { imageId });
    return true;
  }

  async function discard(): Promise<void> {
    const kept = await keeper.keep();
    keeper.end();
    const forgotten = await request('edits:forget-draft', { imageId });
    onLeave();
    if (!forgotten.ok) return toast(forgotten.message, { tone: 'problem' });
    if (!kept.ok) return toast(t('editor.discarded'));
    const { mask, ...rest } = kept.value;
    const restore = async () => {
      const input = { imageId, ...rest, mask: mask === null ? null : { id: mask } };
      const reply = await request('edits:keep-draft', input);
      if (reply.ok) useEditor.getState().open(imageId);
      else toast(reply.message, { tone: 'problem' });
    };
    toast(t('editor.discarded'), { undo: { run: restore, undone: t('editor.changes_back'), again: null } });
  }

  return {
    ...{ state, words, setWords, frame, fittedFrame, setFrame, brush, setBrush, isSending },
    ...{ apply, discard },
  };
}

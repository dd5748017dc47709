// The editor: changes a part of a picture with a model, extends it, or crops and turns it on this computer.

import { X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { t } from '../../../shared/languages/translate';
import { type EditorTab, useEditor } from '../../state/pictures/editor-store';
import { Dialog } from '../../ui/Dialog';
import { closesOnNavigation } from '../../ui/dialogs';
import { IconButton } from '../../ui/IconButton';
import { toast } from '../../ui/toasts';
import type { EditorSlots } from './ComposerRow';
import { CropTab } from './CropTab';
import styles from './Editor.module.css';
import { readCrop } from './keep-crop';
import { MarkTab } from './MarkTab';
import { type EditSession, openSession } from './open-session';
import { panelId, Tabs } from './Tabs';
import type { TabKeys } from './tab-keys';

export type EditorProps = EditorSlots & {
  /** Shows a picture that was made here. */
  onMade: (imageId: string) => void;
};

/** Rendered once in the app. */
export function Editor(props: EditorProps) {
  const imageId = useEditor((state) => state.imageId);
  return imageId !== null && <OpenEditor key={imageId} imageId={imageId} {...props} />;
}

function OpenEditor({ imageId, onMade, ...slots }: EditorProps & { imageId: string }) {
  const close = useEditor((state) => state.close);
  const [session, setSession] = useState<EditSession | null>(null);
  const [tab, setTab] = useState(useEditor.getState().firstTab);
  // The mark tab is always mounted, so that an unfinished mask is visible and saved from the start.
  const [opened, setOpened] = useState<ReadonlySet<EditorTab>>(new Set(['mark', tab]));
  const markKeys = useRef<TabKeys>(null);
  const cropKeys = useRef<TabKeys>(null);
  const keys = tab === 'mark' ? markKeys : cropKeys;

  useEffect(() => {
    let isGone = false;
    void openSession(imageId).then((opened) => {
      if (isGone) return;
      if (!('problem' in opened)) {
        if (opened.draft === null && readCrop(imageId) !== null) {
          setTab('crop');
          setOpened(new Set(['mark', 'crop']));
        }
        return setSession(opened);
      }
      toast(opened.problem, { tone: 'problem' });
      close();
    });
    return () => {
      isGone = true;
    };
  }, [imageId, close]);

  function show(next: EditorTab): void {
    setTab(next);
    setOpened((before) => new Set([...before, next]));
  }
  return (
    <Dialog
      {...closesOnNavigation}
      className={styles['editor']}
      aria-label={t('editor.title')}
      onClose={close}
      onCancel={(event) => {
        if (event.target === event.currentTarget && keys.current?.cancel()) event.preventDefault();
      }}
      onKeyDown={(event) => {
        if (keys.current?.onKey(event)) event.preventDefault();
      }}
    >
      <header className={styles['head']}>
        <Tabs tab={tab} onTab={show} />
        <IconButton icon={X} label={t('editor.close')} onClick={close} />
      </header>
      {session && (
        <>
          {/* Opened tabs stay mounted, because they may have unfinished work. */}
          <div
            className={styles['panel']}
            id={panelId('mark')}
            role="tabpanel"
            aria-label={t('editor.tab_mark')}
            hidden={tab !== 'mark'}
          >
            <MarkTab {...slots} session={session} keys={markKeys} onLeave={close} />
          </div>
          <div
            className={styles['panel']}
            id={panelId('crop')}
            role="tabpanel"
            aria-label={t('editor.tab_crop')}
            hidden={tab !== 'crop'}
          >
            {opened.has('crop') && <CropTab image={session.image} keys={cropKeys} onMade={onMade} />}
          </div>
        </>
      )}
    </Dialog>
  );
}

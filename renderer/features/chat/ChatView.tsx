// The chat view: notices, the conversation, and the composer floating over its end.

import { ImagePlus } from 'lucide-react';
import { type ReactNode, useRef } from 'react';
import { t } from '../../../shared/languages/translate';
import { useChat } from '../../state/chat/chat-store';
import { DropFrame } from '../../ui/DropFrame';
import { ChatLightbox } from './ChatLightbox';
import styles from './ChatView.module.css';
import { Composer, type UsageMeterSlot } from './Composer';
import { EmptyChat } from './EmptyChat';
import { GalleryPicker } from './GalleryPicker';
import { ModelNotice } from './ModelNotice';
import { usePicker } from './picker-store';
import { Transcript } from './Transcript';
import { useDockHeight } from './use-dock-height';
import { usePictureDrop } from './use-picture-drop';
import { useStopKey } from './use-stop-key';
import { useTypeAhead } from './use-type-ahead';

type Props = {
  hidden: boolean;
  /** Banners above the conversation. */
  notices: ReactNode;
  usageMeter: UsageMeterSlot;
};

export function ChatView({ hidden, notices, usageMeter }: Props) {
  const isEmpty = useChat((state) => state.order.length === 0);
  const currentId = useChat((state) => state.currentId);
  const isPicking = usePicker((state) => state.isOpen);
  const view = useRef<HTMLElement>(null);
  const dock = useRef<HTMLDivElement>(null);
  const isDropTarget = usePictureDrop(view, dock);
  useDockHeight(view, dock);
  useStopKey(view);
  useTypeAhead(view);
  return (
    <main ref={view} className={styles['view']} hidden={hidden} aria-label={t('chat.view')}>
      {/* For users of screen readers, who navigate by headings. An empty chat has its own. */}
      {!isEmpty && <h1 className="visually-hidden" aria-label={t('chat.view')} />}
      {notices}
      <ModelNotice />
      <Transcript key={isEmpty ? 'empty' : 'open'} conversationId={currentId}>
        {isEmpty && <EmptyChat />}
      </Transcript>
      <Composer dock={dock} hidden={hidden} usageMeter={usageMeter} />
      {isDropTarget && <DropFrame icon={ImagePlus} text={t('composer.drop')} />}
      {isPicking && <GalleryPicker />}
      <ChatLightbox />
    </main>
  );
}

// The line under the pictures of one request: one caption and one set of actions for all of them.

import { CircleStop } from 'lucide-react';
import { useCallback, useMemo } from 'react';
import { useShallow } from 'zustand/react/shallow';
import type { PictureMessage } from '../../../shared/domain/conversations';
import { t } from '../../../shared/languages/translate';
import type { PictureActionName } from '../../picture/action-list';
import { targetOfGroup } from '../../picture/action-target';
import { MoreButton } from '../../picture/menu/MoreButton';
import { PictureActionButton } from '../../picture/PictureActionButton';
import { useChat } from '../../state/chat/chat-store';
import { useEngine } from '../../state/engine/engine-store';
import { modelLabels } from '../../state/engine/model-label';
import { useOwners } from '../../state/models/shared-models';
import { AfterPaint } from '../../ui/AfterPaint';
import { QuietButton } from '../../ui/QuietButton';
import { CaptionLine } from './CaptionLine';
import { captioned, groupCaption, isWaiting } from './group-caption';
import styles from './PictureGroup.module.css';
import { useSeconds } from './use-seconds';

/** The actions with buttons. The others are in the menu. */
const shown = ['compare', 'again', 'save'] as const satisfies PictureActionName[];

/** @param ids the messages of one request. */
export function PictureGroup({ ids }: { ids: readonly string[] }) {
  const loaded = useChat(useShallow((state) => ids.map((id) => state.messages[id])));
  const messages = useMemo(() => loaded.filter((message) => message?.kind === 'image'), [loaded]);
  const waiting = messages.filter(isWaiting);
  const target = useCallback(() => targetOfGroup(messages), [messages]);
  const shownPictures = captioned(messages);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for form fields.
    <div
      className={styles['line']}
      role="group"
      aria-label={t('chat.pictures', { count: shownPictures.length })}
    >
      <GroupCaption messages={shownPictures} waiting={waiting} />
      <AfterPaint>
        <span className={styles['actions']}>
          {/* First, so that the other buttons stay in place when it disappears. */}
          {waiting.length > 0 && <StopAll waiting={waiting} />}
          {!target().isGone && (
            <>
              {shown.map((action) => (
                <PictureActionButton key={action} action={action} target={target()} isLabelled />
              ))}
              <MoreButton target={target} size={16} />
            </>
          )}
        </span>
      </AfterPaint>
    </div>
  );
}

type CaptionProps = { messages: readonly PictureMessage[]; waiting: readonly PictureMessage[] };

/** A separate component, because it is rendered every second. */
function GroupCaption({ messages, waiting }: CaptionProps) {
  const started = waiting.filter(({ status }) => status === 'generating');
  const since = Math.min(...(started.length > 0 ? started : messages).map(({ updatedAt }) => updatedAt));
  const seconds = useSeconds(since, waiting.length > 0);
  const ownerOf = useOwners();
  const models = useEngine(({ status }) => modelLabels(messages, status, ownerOf));
  const caption = groupCaption(messages, seconds, models);
  return (
    <p className={styles['caption']}>
      <CaptionLine caption={caption} isCounting={waiting.length > 0} />
    </p>
  );
}

function StopAll({ waiting }: { waiting: readonly PictureMessage[] }) {
  const cancel = useChat((state) => state.cancel);
  return (
    <QuietButton
      icon={CircleStop}
      label={t('chat.stop_all')}
      title={t('chat.stop_all_hint', { count: waiting.length })}
      onClick={() => {
        for (const { id } of waiting) void cancel(id);
      }}
    />
  );
}

// Opens a picture of the conversation in the lightbox, with the conversation's other pictures as its neighbours.
import { useEffect } from 'react';
import { OpenPicture } from '../../picture/lightbox/OpenPicture';
import { useChat } from '../../state/chat/chat-store';
import { openablePictures } from '../../state/chat/messages';
import { noNeighbours } from '../../state/gallery/picture-index';
import { useOpenPicture } from '../../state/pictures/open-picture';

export function ChatLightbox() {
  const { id, show } = useOpenPicture();
  const currentId = useChat((state) => state.currentId);
  // biome-ignore lint/correctness/useExhaustiveDependencies: closes the lightbox when the conversation changes.
  useEffect(() => () => show(null), [currentId, show]);
  return id && <Opened id={id} show={show} />;
}

function Opened({ id, show }: { id: string; show: (id: string | null) => void }) {
  const { order, messages, older, newer, loadOlder, loadNewer } = useChat();
  const shown = openablePictures(order, messages);
  // A picture whose message is not loaded, or that was opened from elsewhere, has no neighbours.
  const at = shown.findIndex(({ pictureId }) => pictureId === id);
  const isWhole = older === 0 && newer === 0;
  const [isFirst, isLast] = [at === 0, at >= 0 && at === shown.length - 1];
  useEffect(() => {
    if (isFirst && older > 0) void loadOlder();
    if (isLast && newer > 0) void loadNewer();
  }, [isFirst, isLast, older, newer, loadOlder, loadNewer]);

  /** Scrolls to the picture, so that the closing animation ends there. */
  function reveal(): void {
    const message = shown[at];
    if (!message) return;
    document.querySelector(`[data-message-id="${message.messageId}"]`)?.scrollIntoView({ block: 'nearest' });
  }

  return (
    <OpenPicture
      id={id}
      neighbours={
        at < 0
          ? noNeighbours
          : {
              previous: shown[at - 1]?.pictureId,
              next: shown[at + 1]?.pictureId,
              position: isWhole ? { at: at + 1, of: shown.length } : null,
            }
      }
      onOpen={show}
      onLeave={reveal}
      onClose={() => show(null)}
    />
  );
}

// The button under a failure that a key or another service helps with: it opens the sheet, which retries afterwards.
import type { Message } from '../../../shared/domain/conversations';
import type { ErrorCode } from '../../../shared/domain/errors';
import { useChat } from '../../state/chat/chat-store';
import { useConnect } from '../../state/connect-store';
import { Button } from '../../ui/Button';

/** Another key of the same service helps. */
const keyFailures: readonly ErrorCode[] = ['key_missing', 'key_rejected', 'not_permitted'];
/** Another key or another service helps. */
const serviceFailures: readonly ErrorCode[] = ['unknown_provider', 'quota_day', 'quota_zero'];

export function ConnectButton({ message: { id, error, provider } }: { message: Message }) {
  const retry = useChat((state) => state.retry);
  const open = useConnect((state) => state.open);
  if (!error) return null;
  const isKeyFailure = keyFailures.includes(error.code);
  if (!isKeyFailure && !serviceFailures.includes(error.code)) return null;
  return (
    <Button
      onClick={() =>
        open({
          ...(isKeyFailure && provider !== null && { service: provider }),
          onConnected: () => void retry(id),
        })
      }
    >
      Connect a model
    </Button>
  );
}

// The sheet "Connect a model": choose a service, paste its key, and continue with the waiting request.
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { t } from '../../../shared/languages/translate';
import { focusComposer } from '../../state/composer/reuse-prompt';
import { type Opening, type Target, useConnect, type Waiting } from '../../state/connect-store';
import { useFoundServices } from '../../state/settings/found-services';
import { useProviders } from '../../state/settings/providers-store';
import { useServices } from '../../state/settings/services-store';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { KnownServices } from '../../ui/KnownServices';
import { ConnectForm } from './ConnectForm';
import styles from './ConnectSheet.module.css';
import { targetOf, targetOfService } from './connect-service';

/** Parts that another feature provides. */
export type ThisComputerSlots = {
  /** The card that opens the page. */
  card: (onChoose: () => void) => ReactNode;
  page: (props: { onBack: () => void; waiting: Waiting | undefined; onClose: () => void }) => ReactNode;
};

export function ConnectSheet({ thisComputer }: { thisComputer: ThisComputerSlots }) {
  const opening = useConnect((state) => state.opening);
  const openings = useConnect((state) => state.openings);
  const close = useConnect((state) => state.close);
  return opening && <Sheet key={openings} {...opening} thisComputer={thisComputer} onClose={close} />;
}

type Props = Opening & { thisComputer: ThisComputerSlots; onClose: () => void };

function Sheet({
  service,
  isThisComputer = false,
  onConnected,
  waiting,
  entered,
  thisComputer,
  onClose,
}: Props) {
  const [target, setTarget] = useState(() => entered?.target ?? existingTarget(service));
  const [isEngine, setEngine] = useState(isThisComputer);
  /** Whether a service works, so that "Done" is the only button left. */
  const [isDone, setDone] = useState(false);
  const content = useRef<HTMLDivElement>(null);
  const readKeys = useProviders((state) => state.readKeys);
  const isFromEnvironment = useServices((state) => state.isFromEnvironment);
  const local = useFoundServices(target === null && !isEngine && !isFromEnvironment);

  useEffect(() => {
    void readKeys();
  }, [readKeys]);

  // Runs after the dialog has opened, which focuses its first button.
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs for each target, which has different fields.
  useEffect(() => focusEmptyField(content.current), [target, isEngine]);
  return (
    <Dialog
      className={styles['sheet']}
      aria-label={t('connect.title')}
      // The button that opened the sheet may be gone, because there is a key now. Writing is the next step.
      onFocusLost={focusComposer}
      onClose={onClose}
    >
      <header className={styles['header']}>
        <h2>{target ? target.name : t(isEngine ? 'connect.use_this_computer' : 'connect.title')}</h2>
        {!isDone && <Button onClick={onClose}>{t('connect.close')}</Button>}
      </header>
      <div ref={content}>
        {isEngine ? (
          thisComputer.page({ onBack: () => setEngine(false), waiting, onClose })
        ) : target ? (
          <ConnectForm
            target={target}
            entered={entered?.target === target ? entered : undefined}
            onBack={() => setTarget(null)}
            onConnected={onConnected}
            waiting={waiting}
            onResult={setDone}
            onClose={onClose}
          />
        ) : isFromEnvironment ? (
          <p>{t('connect.services_from_environment')}</p>
        ) : (
          <>
            {thisComputer.card(() => setEngine(true))}
            <p className={styles['hint']}>{t('connect.choose_service')}</p>
            <KnownServices local={local} onChoose={(known) => setTarget(targetOf(known))} />
          </>
        )}
      </div>
    </Dialog>
  );
}

/** Focuses the first empty field, such as the key, or else the button that continues. */
function focusEmptyField(content: HTMLElement | null): void {
  const next = content?.querySelector<HTMLElement>('[data-next] button');
  if (next) {
    next.focus();
    return;
  }
  const fields = [
    ...(content?.querySelectorAll<HTMLInputElement>('input:enabled:not([type="checkbox"])') ?? []),
  ];
  (fields.find(({ value }) => value === '') ?? fields[0])?.focus();
}

/** Returns the existing service with this id. Null for the painter, which has nothing to set up. */
function existingTarget(id: string | undefined): Target | null {
  const service = useServices.getState().services.find((candidate) => candidate.id === id);
  return service && service.kind !== 'painter' ? targetOfService(service) : null;
}

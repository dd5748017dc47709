// Adds a service: a list of known ones that can be searched by name.
import { Plus } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { type KnownService, nameOfKnown } from '../../../../shared/domain/known-services';
import type { Service } from '../../../../shared/domain/services';
import { t } from '../../../../shared/languages/translate';
import { useFoundServices } from '../../../state/settings/found-services';
import { freeServiceName, useServices } from '../../../state/settings/services-store';
import { Button } from '../../../ui/Button';
import { KnownServices } from '../../../ui/KnownServices';
import styles from './AddService.module.css';

type Props = {
  onAdded: (service: Service) => void;
  /** A button beside the own one. */
  children: ReactNode;
};

export function AddService({ onAdded, children }: Props) {
  const [isOpen, setOpen] = useState(false);
  const local = useFoundServices(isOpen);

  async function add(known: KnownService): Promise<void> {
    const { kind, address } = known;
    const name = freeServiceName(nameOfKnown(known));
    const added = await useServices.getState().add({ kind, name, address });
    if (!added) return;
    setOpen(false);
    onAdded(added);
  }

  return (
    <div className={styles['add']}>
      <div className={styles['buttons']}>
        {children}
        <Button aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          <Plus size={16} strokeWidth={1.75} aria-hidden /> {t('settings.add_service')}
        </Button>
      </div>
      {isOpen && (
        <KnownServices local={local} onChoose={(known) => void add(known)} onClose={() => setOpen(false)} />
      )}
    </div>
  );
}

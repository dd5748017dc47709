// Adds a service: a list of known ones that can be searched by name.
import { Plus } from 'lucide-react';
import { type KeyboardEvent, useState } from 'react';
import {
  type KnownService,
  knownServices,
  searchKnownServices,
} from '../../../../shared/domain/known-services';
import { unsupportedKinds } from '../../../../shared/domain/service-kinds';
import type { Service } from '../../../../shared/domain/services';
import { useServices } from '../../../state/services/services-store';
import { Button } from '../../../ui/Button';
import { PlainButton } from '../../../ui/PlainButton';
import styles from './AddService.module.css';

const offered = knownServices.filter(({ kind }) => !unsupportedKinds.includes(kind));

export function AddService({ onAdded }: { onAdded: (service: Service) => void }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <div className={styles['add']}>
      <Button aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        <Plus size={16} strokeWidth={1.75} aria-hidden /> Add a service
      </Button>
      {isOpen && (
        <KnownServices
          onClose={() => setOpen(false)}
          onAdded={(service) => {
            setOpen(false);
            onAdded(service);
          }}
        />
      )}
    </div>
  );
}

type KnownServicesProps = { onAdded: (service: Service) => void; onClose: () => void };

/** A search field and the known services that match it. Enter adds the first one. */
export function KnownServices({ onAdded, onClose }: KnownServicesProps) {
  const [text, setText] = useState('');
  const found = searchKnownServices(offered, text);

  async function add({ kind, name, address }: KnownService): Promise<void> {
    const { services, add: addService } = useServices.getState();
    const added = await addService({ kind, name: freeName(name, services), address });
    if (added) onAdded(added);
  }

  function onKeyDown(event: KeyboardEvent): void {
    const [first] = found;
    if (event.key === 'Escape') onClose();
    if (event.key !== 'Enter' || !first || event.nativeEvent.isComposing) return;
    event.preventDefault();
    void add(first);
  }

  return (
    <div className={styles['panel']}>
      <input
        className={styles['search']}
        type="search"
        aria-label="Search services"
        placeholder="Search services"
        // The user has just asked for this list.
        ref={(input) => input?.focus()}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <ul className={styles['list']} aria-label="Known services">
        {found.map((known) => (
          <li key={`${known.kind} ${known.name}`}>
            <PlainButton className={styles['known']} onClick={() => void add(known)}>
              <span className={styles['letter']} aria-hidden>
                {known.letter}
              </span>
              <span>
                <strong>{known.name}</strong>
                <small>
                  {known.costs}
                  {!known.isTried && !known.local && ' Not tried against the real service yet.'}
                </small>
              </span>
            </PlainButton>
          </li>
        ))}
      </ul>
      {found.length === 0 && (
        <p className={styles['note']}>
          No known service has this name. If it is OpenAI-compatible, search for “another”.
        </p>
      )}
    </div>
  );
}

/** Returns the name, with the first number that makes it different from every other one. */
function freeName(name: string, services: readonly Service[]): string {
  const taken = new Set(services.map((service) => service.name));
  for (let count = 1; ; count += 1) {
    const candidate = count === 1 ? name : `${name} ${count}`;
    if (!taken.has(candidate)) return candidate;
  }
}

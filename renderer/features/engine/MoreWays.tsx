// Other ways to get a local model: from a file, from an address, or with an installed `sd-server`.
import { FileBox, Link, Server } from 'lucide-react';
import { useState } from 'react';
import type { EngineStatus } from '../../../shared/domain/engine';
import type { EngineItemId } from '../../../shared/domain/engine-catalogue';
import { t } from '../../../shared/languages/translate';
import { useEngine } from '../../state/engine/engine-store';
import { QuietButton } from '../../ui/QuietButton';
import { AddressForm } from './AddressForm';
import styles from './MoreWays.module.css';
import { OwnEngine } from './OwnEngine';

type Props = {
  status: EngineStatus;
  /** Called with an added model, which the user wants to use. */
  onAdded: (model: EngineItemId) => void;
  /** Whether there is no separator above. */
  isPlain?: boolean;
};

export function MoreWays({ status, onAdded, isPlain = false }: Props) {
  const { chooseModel, chooseEngine } = useEngine();
  const [isAddressOpen, setAddressOpen] = useState(false);
  return (
    <div className={styles['ways']} data-plain={isPlain || undefined}>
      <div className={styles['buttons']}>
        <QuietButton
          icon={FileBox}
          label={t('engine.add_file')}
          title={t('engine.add_file_note')}
          onClick={() => {
            void chooseModel().then((item) => item && onAdded(item.id));
          }}
        />
        <QuietButton
          icon={Link}
          label={t('engine.add_address')}
          aria-expanded={isAddressOpen}
          onClick={() => setAddressOpen(!isAddressOpen)}
        />
        {status.ownEngine === null && (
          <QuietButton
            icon={Server}
            label={t('engine.use_sd_server')}
            title={t('engine.use_sd_server_note')}
            onClick={() => void chooseEngine()}
          />
        )}
      </div>
      {isAddressOpen && (
        <AddressForm
          status={status}
          onAdded={(model) => {
            setAddressOpen(false);
            if (model !== null) onAdded(model);
          }}
        />
      )}
      {status.ownEngine !== null && <OwnEngine path={status.ownEngine} />}
    </div>
  );
}

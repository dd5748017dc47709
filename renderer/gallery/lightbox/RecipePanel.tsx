// How a picture was made, beside it: everything that is known, and where it leads.
import { Copy } from 'lucide-react';
import type { RecipeFacts } from '../../../shared/gallery-actions';
import { type GalleryImage, imageUrl } from '../../../shared/ipc';
import { copyText } from '../../picture-actions';
import { formatBytes, formatCost, formatDuration } from '../../ui/format';
import { IconButton } from '../../ui/IconButton';
import { modelLabel, providerLabel } from '../search/filters';
import styles from './RecipePanel.module.css';

type Props = { image: GalleryImage; facts: RecipeFacts | null; onOpen: (imageId: string) => void };

export function RecipePanel({ image, facts, onOpen }: Props) {
  const { prompt, provider, model, width, height, bytes, createdAt } = image;
  const rows: [name: string, value: string | null][] = [
    ['Model', modelLabel(model)],
    ['Provider', providerLabel(provider)],
    ['Seed', facts?.params ? String(facts.params.seed) : null],
    ['Shape', facts?.params?.aspectRatio ?? image.aspectRatio],
    ['Size', `${width} × ${height} px`],
    ['File', [facts?.format, formatBytes(bytes)].filter(Boolean).join(', ')],
    ['Made', new Date(createdAt).toLocaleString('en-GB', { dateStyle: 'long', timeStyle: 'short' })],
    ['Took', facts?.durationMs == null ? null : formatDuration(facts.durationMs)],
    ['Cost', facts?.costMicroUsd == null ? null : formatCost(facts.costMicroUsd)],
    ['Chat', facts?.conversation?.title ?? null],
  ];
  return (
    <aside className={styles['panel']} aria-label="Recipe">
      <header className={styles['head']}>
        <h2>Prompt</h2>
        <IconButton icon={Copy} size={16} label="Copy the prompt" onClick={() => void copyText(prompt)} />
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a long one scrolls, and has to be reachable by keyboard. */}
      <p className={styles['prompt']} tabIndex={0}>
        {prompt}
      </p>
      <dl className={styles['facts']}>
        {rows.map(
          ([name, value]) =>
            value !== null &&
            value !== '' && (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ),
        )}
      </dl>
      {facts?.parent && <Parent parent={facts.parent} onOpen={onOpen} />}
    </aside>
  );
}

function Parent({ parent, onOpen }: { parent: { id: string; prompt: string } } & Pick<Props, 'onOpen'>) {
  return (
    <section className={styles['lineage']}>
      <h2>Made from</h2>
      <button type="button" className={styles['parent']} onClick={() => onOpen(parent.id)}>
        <img src={imageUrl(parent.id, '256')} alt="" draggable={false} />
        <span>{parent.prompt}</span>
      </button>
    </section>
  );
}

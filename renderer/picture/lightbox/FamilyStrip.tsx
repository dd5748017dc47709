// The family of the open picture in a row: the pictures that it was made from, its siblings, and those made from it.

import { ChevronRight, ImageOff, Trash2 } from 'lucide-react';
import { Fragment, type KeyboardEvent, useEffect, useRef } from 'react';
import type { Family, FamilyMember } from '../../../shared/domain/lineage';
import { imageUrl } from '../../../shared/domain/pictures';
import { t } from '../../../shared/languages/translate';
import { keyAlongLine } from '../../ui/direction';
import { hasModifier } from '../../ui/shortcut';
import { joinFacts } from '../join-facts';
import styles from './FamilyStrip.module.css';

type Props = { family: Family; currentId: string; onOpen: (imageId: string) => void };

type Place = 'made_from' | 'this' | 'beside' | 'made_from_it';

export function FamilyStrip({ family, currentId, onOpen }: Props) {
  const strip = useRef<HTMLElement>(null);
  const { ancestors, siblings, children } = family;
  const generations: [place: Place, members: FamilyMember[]][] = [
    ...ancestors.map((member): [Place, FamilyMember[]] => ['made_from', [member]]),
    ['beside', siblings],
    ['made_from_it', children],
  ];
  const isStop = [...ancestors, ...siblings, ...children].some(({ id }) => id === currentId);

  // biome-ignore lint/correctness/useExhaustiveDependencies: runs for each current picture.
  useEffect(() => {
    const current = strip.current?.querySelector('[aria-current]');
    current?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [currentId, family]);

  /** Arrow keys move within the strip. Elsewhere in the lightbox they go to the neighbours. */
  function onKeyDown(event: KeyboardEvent): void {
    if (hasModifier(event)) return;
    const buttons = [...(strip.current?.querySelectorAll<HTMLButtonElement>('button:enabled') ?? [])];
    const { activeElement } = document;
    const at = activeElement instanceof HTMLButtonElement ? buttons.indexOf(activeElement) : -1;
    const to = {
      ArrowRight: at + 1,
      ArrowLeft: at - 1,
      Home: 0,
      End: buttons.length - 1,
    }[keyAlongLine(event.key)];
    if (to === undefined || at < 0) return;
    event.preventDefault();
    event.stopPropagation();
    buttons[to]?.focus();
  }

  return (
    <nav ref={strip} className={styles['strip']} aria-label={t('picture.lineage')} onKeyDown={onKeyDown}>
      {generations
        .filter(([, members]) => members.length > 0)
        .map(([place, members], index) => (
          <Fragment key={members[0]?.id}>
            {index > 0 && (
              <ChevronRight className={styles['step']} size={16} strokeWidth={1.75} aria-hidden />
            )}
            <ol className={styles['generation']}>
              {members.map((member, at) => (
                <li key={member.id}>
                  <Member
                    member={member}
                    place={member.id === currentId ? 'this' : place}
                    isTabStop={member.id === currentId || (!isStop && index === 0 && at === 0)}
                    onOpen={onOpen}
                  />
                </li>
              ))}
            </ol>
          </Fragment>
        ))}
    </nav>
  );
}

type MemberProps = {
  member: FamilyMember;
  place: Place;
  isTabStop: boolean;
  onOpen: Props['onOpen'];
};

function Member({ member: { id, prompt, state }, place, isTabStop, onOpen }: MemberProps) {
  const isCurrent = place === 'this';
  const says = joinFacts([prompt, state === undefined ? '' : t(`picture.relative_${state}`)].filter(Boolean));
  const name = t(`picture.relative_${place}`, { picture: says });
  const isThere = state === undefined || state === 'missing';
  const Icon = state === 'missing' ? ImageOff : Trash2;
  return (
    <button
      type="button"
      className={styles['member']}
      aria-label={name}
      aria-current={isCurrent || undefined}
      title={name}
      tabIndex={isTabStop ? 0 : -1}
      disabled={!isThere}
      onClick={() => onOpen(id)}
    >
      {state === undefined ? (
        <img src={imageUrl(id, '256')} alt="" draggable={false} />
      ) : (
        <Icon size={16} strokeWidth={1.75} aria-hidden />
      )}
    </button>
  );
}

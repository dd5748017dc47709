// The menu of all actions on a picture, which is the same everywhere.

import { useEffect } from 'react';
import { createPortal } from 'react-dom';
import { t } from '../../../shared/languages/translate';
import { useGallery } from '../../state/gallery/gallery-store';
import { Menu } from '../../ui/Menu';
import { offeredSections } from '../offered-actions';
import { useFacts } from '../use-facts';
import { type OpenMenu, usePictureMenu } from './picture-menu-store';

/** Rendered once in the app. */
export function PictureMenu() {
  const { menu, close } = usePictureMenu();
  return menu && createPortal(<Opened key={menu.key} menu={menu} onClose={close} />, menu.container);
}

function Opened({ menu, onClose }: { menu: OpenMenu; onClose: () => void }) {
  // Renders again when tiles are loaded, because only the gallery knows whether a picture is a favourite.
  useGallery((state) => state.tiles);
  const known = menu.target();
  const [id] = known.count === 1 ? known.ids() : [];
  const facts = useFacts(known.withFacts && id !== undefined ? id : null);
  const target = facts && known.withFacts ? known.withFacts(facts) : known;
  const { describe, tiles } = useGallery.getState();
  const unknown = id !== undefined && !tiles.has(id) ? id : null;
  useEffect(() => {
    if (unknown !== null) void describe([unknown]);
  }, [unknown, describe]);
  return (
    <Menu
      name={t('picture.picture')}
      sections={offeredSections(target)}
      place={menu.place}
      onClose={onClose}
    />
  );
}

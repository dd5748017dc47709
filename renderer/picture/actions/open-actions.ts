// Actions that open a picture, or a tool for it.
import { Brush, Columns2, Maximize2, Scaling } from 'lucide-react';
import { t } from '../../../shared/languages/translate';
import { maxCompared, useCompare } from '../../state/pictures/compare-store';
import { useEditor } from '../../state/pictures/editor-store';
import { useUpscale } from '../../state/pictures/upscale-store';
import { forEach, hasFile, isOne, type PictureAction } from './picture-action';

/** In the order of the menu. */
export const openActions = {
  open: {
    icon: Maximize2,
    label: 'picture.open',
    // Views handle Enter themselves, because it first belongs to the focused button.
    shortcut: 'Enter',
    isOffered: ({ open, isOpen }) => open !== undefined && !isOpen,
    run: ({ open }) => open?.(),
  },
  edit: {
    icon: Brush,
    label: 'picture.edit',
    buttonName: 'picture.edit_picture',
    hint: 'picture.edit_hint',
    shortcut: 'E',
    isOffered: isOne,
    isEnabled: hasFile,
    run: forEach((imageId) => useEditor.getState().open(imageId)),
  },
  upscale: {
    icon: Scaling,
    label: 'picture.upscale',
    hint: 'picture.upscale_hint',
    // With Shift, because it may cost money.
    shortcut: 'Shift+E',
    isOffered: isOne,
    isEnabled: hasFile,
    run: forEach((imageId) => useUpscale.getState().open(imageId)),
  },
  compare: {
    icon: Columns2,
    label: 'picture.compare',
    hint: () => t('picture.compare_hint', { max: maxCompared }),
    isOffered: ({ isSelection }) => isSelection,
    isEnabled: ({ count }) => count >= 2 && count <= maxCompared,
    run: ({ ids }) => useCompare.getState().show(ids()),
  },
  compareWithBefore: {
    icon: Columns2,
    label: ({ before }) =>
      t(before?.()?.isOriginal ? 'picture.compare_with_original' : 'picture.compare_with_before'),
    isOffered: (target) => isOne(target) && (target.before?.() ?? null) !== null,
    isEnabled: hasFile,
    run({ ids, before }) {
      const other = before?.();
      if (other) useCompare.getState().show([other.id, ...ids()]);
    },
  },
} satisfies Record<string, PictureAction>;

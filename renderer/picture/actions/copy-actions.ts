// Actions that copy, save or share a picture or its prompt.
import { ClipboardCopy, Copy, Download, FolderOpen, Share } from 'lucide-react';
import { t } from '../../../shared/languages/translate';
import { copyPicture, copyText, sharePicture, showInFolder } from '../../state/pictures/picture-actions';
import { savePictures } from '../../state/pictures/save-pictures';
import { isMac } from '../../ui/shortcut';
import { forEach, hasFile, hasPrompt, isOne, type PictureAction } from './picture-action';

/** In the order of the menu. */
export const copyActions = {
  copyPicture: {
    icon: ClipboardCopy,
    label: 'picture.copy_picture',
    shortcut: 'Mod+C',
    isOffered: isOne,
    isEnabled: hasFile,
    run: forEach(copyPicture),
  },
  copyPrompt: {
    icon: Copy,
    label: 'picture.copy_prompt',
    shortcut: 'Mod+Shift+C',
    isOffered: hasPrompt,
    isOfRecipe: true,
    run: ({ recipe }) => recipe && void copyText(recipe.prompt),
  },
  save: {
    icon: Download,
    label: ({ groupSize }) => t(groupSize === undefined ? 'picture.save' : 'picture.save_all'),
    shortcut: 'Mod+S',
    isEnabled: hasFile,
    run: ({ ids }) => void savePictures(ids()),
  },
  share: {
    icon: Share,
    label: 'picture.share',
    // Electron offers the system's menu for sharing only on macOS.
    isOffered: (target) => isMac && isOne(target),
    isEnabled: hasFile,
    run: forEach(sharePicture),
  },
  showInFolder: {
    icon: FolderOpen,
    label: 'picture.show_in_folder',
    shortcut: 'O',
    isOffered: isOne,
    run: forEach(showInFolder),
  },
} satisfies Record<string, PictureAction>;

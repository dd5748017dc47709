// The composer's "+": attaches files, pictures of the gallery, or what is on the clipboard.

import { Clipboard, Images, Paperclip, Plus } from 'lucide-react';
import { useRef } from 'react';
import { t } from '../../../shared/languages/translate';
import { attachFiles, pastePicture } from '../../state/composer/attach-pictures';
import { FileField, pictureFiles } from '../../ui/FileField';
import { IconButton } from '../../ui/IconButton';
import { moveFocus, Popover } from '../../ui/Popover';
import styles from './AddPictures.module.css';
import { usePicker } from './picker-store';

/** @param focusField moves the focus into the message, where a paste goes. */
export function AddPictures({ focusField }: { focusField: () => void }) {
  const field = useRef<HTMLInputElement>(null);
  const openPicker = usePicker((state) => state.open);

  const options = [
    {
      icon: Paperclip,
      label: t('composer.from_files'),
      run() {
        // The user continues to write, even without choosing a file.
        focusField();
        field.current?.click();
      },
    },
    { icon: Images, label: t('composer.from_gallery'), run: openPicker },
    {
      icon: Clipboard,
      label: t('composer.paste'),
      run() {
        focusField();
        void pastePicture();
      },
    },
  ];
  return (
    <>
      <Popover
        name={t('composer.add_pictures')}
        initialFocus="button"
        onKeyDown={moveFocus}
        trigger={(props) => <IconButton icon={Plus} label={t('composer.add_pictures')} {...props} />}
      >
        {(close) =>
          options.map(({ icon: Icon, label, run }) => (
            <button
              key={label}
              type="button"
              className={styles['option']}
              onClick={() => {
                close();
                run();
              }}
            >
              <Icon size={16} strokeWidth={1.75} aria-hidden />
              {label}
            </button>
          ))
        }
      </Popover>
      <FileField
        field={field}
        accept={pictureFiles}
        data-testid="attach-files"
        onFiles={(files) => void attachFiles(files)}
      />
    </>
  );
}

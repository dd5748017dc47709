// Lets the user choose pictures or a folder to import.

import { ImageUp } from 'lucide-react';
import { type ChangeEvent, useRef } from 'react';
import { importedExtensions } from '../../../shared/domain/picture-files';
import { t } from '../../../shared/languages/translate';
import { request } from '../../ipc';
import { useFolders } from '../../state/folders-store';
import { PopMenu } from '../../ui/PopMenu';
import { importFiles } from './import-files';

const accepted = importedExtensions.map((extension) => `.${extension}`).join(',');

export function ImportButton() {
  const field = useRef<HTMLInputElement>(null);

  function onChange({ currentTarget }: ChangeEvent<HTMLInputElement>): void {
    const files = [...(currentTarget.files ?? [])];
    // Cleared, so that choosing the same files again triggers a change.
    currentTarget.value = '';
    if (files.length > 0) void importFiles(files);
  }

  return (
    <>
      <PopMenu
        icon={ImageUp}
        label={t('import.button')}
        name={t('import.menu')}
        side="below"
        options={[
          { label: t('import.pictures'), onChoose: () => field.current?.click() },
          // Most systems have no dialog for both. A page receives the files of a folder, not the folder itself.
          { label: t('import.folder'), onChoose: () => void request('desktop:choose-folder', {}) },
          { label: t('import.watch_folder'), onChoose: () => void useFolders.getState().choose() },
        ]}
      />
      <input
        ref={field}
        type="file"
        multiple
        hidden
        accept={accepted}
        data-testid="import-files"
        onChange={onChange}
      />
    </>
  );
}

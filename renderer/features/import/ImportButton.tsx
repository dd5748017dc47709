// Lets the user choose pictures or a folder to import.

import { ImageUp } from 'lucide-react';
import { useRef } from 'react';
import { t } from '../../../shared/languages/translate';
import { useFolders } from '../../state/folders-store';
import { FileField, pictureFiles } from '../../ui/FileField';
import { PopMenu } from '../../ui/PopMenu';
import { chooseToImport, importFiles } from './import-files';

export function ImportButton() {
  const field = useRef<HTMLInputElement>(null);

  return (
    <>
      <PopMenu
        icon={ImageUp}
        label={t('import.button')}
        name={t('import.menu')}
        side="below"
        options={[
          { label: t('import.pictures'), onChoose: () => field.current?.click() },
          // Most systems have no dialog for both, and a page would get the files of a folder, not the folder itself.
          { label: t('import.folder'), onChoose: () => void chooseToImport('folder') },
          { label: t('import.watch_folder'), onChoose: () => void useFolders.getState().choose() },
        ]}
      />
      <FileField
        field={field}
        accept={pictureFiles}
        data-testid="import-files"
        onFiles={(files) => void importFiles(files)}
      />
    </>
  );
}

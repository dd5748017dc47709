// A hidden field for files. A click on it opens the system's dialog.
import type { RefObject } from 'react';
import { importedExtensions } from '../../shared/domain/picture-files';

/** The `accept` of a field for pictures. */
export const pictureFiles = importedExtensions.map((extension) => `.${extension}`).join(',');

type Props = {
  field: RefObject<HTMLInputElement | null>;
  /** The `accept` attribute. */
  accept: string;
  /** Whether only one file can be chosen. */
  isSingle?: boolean;
  'data-testid'?: string;
  /** Called with at least one file. */
  onFiles: (files: readonly File[]) => void;
};

export function FileField({ field, isSingle = false, onFiles, ...attributes }: Props) {
  return (
    <input
      ref={field}
      type="file"
      multiple={!isSingle}
      hidden
      {...attributes}
      onChange={({ currentTarget }) => {
        const files = [...(currentTarget.files ?? [])];
        // Cleared, so that choosing the same files again triggers a change.
        currentTarget.value = '';
        if (files.length > 0) onFiles(files);
      }}
    />
  );
}

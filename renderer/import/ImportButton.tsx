// Opens the system's dialog to choose pictures; what is chosen goes the way of what is dropped.
import { ImageUp } from 'lucide-react';
import { type ChangeEvent, useRef } from 'react';
import { pictureFormats } from '../../shared/picture-files';
import { IconButton } from '../ui/IconButton';
import { bringIn } from './bring-in';

const accepted = Object.values(pictureFormats).join(',');

export function ImportButton() {
  const field = useRef<HTMLInputElement>(null);

  function onChange({ currentTarget }: ChangeEvent<HTMLInputElement>): void {
    const files = [...(currentTarget.files ?? [])];
    // Emptied, so that the same choice counts again.
    currentTarget.value = '';
    if (files.length > 0) void bringIn(files);
  }

  return (
    <>
      <IconButton icon={ImageUp} label="Import…" onClick={() => field.current?.click()} />
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

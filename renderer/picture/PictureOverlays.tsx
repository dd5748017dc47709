// The overlays for pictures in every view: the menu, the comparison, and dialogs.
import { ChooseCollection } from './ChooseCollection';
import { Compare } from './compare/Compare';
import { DeleteStack } from './DeleteStack';
import { PictureMenu } from './menu/PictureMenu';
import { StyleDialog } from './styles/StyleDialog';
import { UpscaleDialog } from './upscale/UpscaleDialog';

/** `onMade`: shows a picture that was made here. */
export function PictureOverlays({ onMade }: { onMade: (imageId: string) => void }) {
  return (
    <>
      <Compare />
      <ChooseCollection />
      <StyleDialog />
      <DeleteStack />
      <UpscaleDialog onMade={onMade} />
      <PictureMenu />
    </>
  );
}

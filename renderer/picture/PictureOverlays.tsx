// What floats above the app for pictures of every place: the menu, the comparison, and what is asked before.
import { ChooseCollection } from './ChooseCollection';
import { Compare } from './compare/Compare';
import { DeleteStack } from './DeleteStack';
import { PictureMenu } from './menu/PictureMenu';
import { StyleDialog } from './styles/StyleDialog';

export function PictureOverlays() {
  return (
    <>
      <Compare />
      <ChooseCollection />
      <StyleDialog />
      <DeleteStack />
      <PictureMenu />
    </>
  );
}

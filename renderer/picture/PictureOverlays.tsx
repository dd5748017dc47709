// What floats above the app for pictures of every place: the menu, the comparison and the choice of a collection.
import { ChooseCollection } from './ChooseCollection';
import { Compare } from './compare/Compare';
import { PictureMenu } from './menu/PictureMenu';
import { StyleDialog } from './styles/StyleDialog';

export function PictureOverlays() {
  return (
    <>
      <Compare />
      <ChooseCollection />
      <StyleDialog />
      <PictureMenu />
    </>
  );
}

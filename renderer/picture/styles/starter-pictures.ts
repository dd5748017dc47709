// The small pictures of the starter styles, made by the offline painter (scripts/paint-starters.mjs).
import type { StarterName } from '../../../shared/domain/styles';
import blueprint from './starter-pictures/blueprint.webp';
import childrensBook from './starter-pictures/childrens_book.webp';
import filmStill from './starter-pictures/film_still.webp';
import isometric from './starter-pictures/isometric.webp';
import lineDrawing from './starter-pictures/line_drawing.webp';
import lowPoly from './starter-pictures/low_poly.webp';
import pencilSketch from './starter-pictures/pencil_sketch.webp';
import photograph from './starter-pictures/photograph.webp';
import pixelArt from './starter-pictures/pixel_art.webp';
import productShot from './starter-pictures/product_shot.webp';
import stainedGlass from './starter-pictures/stained_glass.webp';
import watercolour from './starter-pictures/watercolour.webp';

export const starterPictures: Readonly<Record<StarterName, string>> = {
  photograph,
  film_still: filmStill,
  product_shot: productShot,
  watercolour,
  pencil_sketch: pencilSketch,
  line_drawing: lineDrawing,
  childrens_book: childrensBook,
  isometric,
  low_poly: lowPoly,
  pixel_art: pixelArt,
  blueprint,
  stained_glass: stainedGlass,
};

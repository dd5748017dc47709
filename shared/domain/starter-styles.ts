// The built-in styles: names in the language of the interface, prompts in English, which every model reads.
import { t } from '../languages/translate';
import type { StarterName, StyleTexts } from './styles';

type Pieces = Omit<StyleTexts, 'name'>;

const starterPieces: Readonly<Record<StarterName, Pieces>> = {
  photograph: {
    prompt: 'photograph of {prompt}, natural light, sharp focus, 50 mm lens, realistic colours',
    negativePrompt: 'painting, drawing, illustration, 3d render',
  },
  film_still: {
    prompt:
      'film still of {prompt}, {{light=golden hour}}, shallow depth of field, anamorphic lens, fine grain',
    negativePrompt: 'text, watermark, frame',
  },
  product_shot: {
    prompt:
      'studio product photograph of {prompt} on {{surface=a plain light background}}, softbox lighting, soft shadow',
    negativePrompt: 'clutter, text, watermark',
  },
  watercolour: {
    prompt: 'loose watercolour painting of {prompt}, wet on wet, visible paper texture, soft edges',
    negativePrompt: 'photograph, hard outlines',
  },
  pencil_sketch: {
    prompt: 'pencil sketch of {prompt}, graphite on white paper, cross-hatching, unfinished edges',
    negativePrompt: 'colour, photograph',
  },
  line_drawing: {
    prompt: 'minimal line drawing of {prompt}, one continuous black line, white background, no shading',
    negativePrompt: 'colour, shading, photograph',
  },
  childrens_book: {
    prompt:
      'children’s book illustration of {prompt}, gouache, warm colours, friendly shapes, plenty of white space',
    negativePrompt: 'photograph, frightening, text',
  },
  isometric: {
    prompt:
      'isometric illustration of {prompt}, clean geometry, soft shadows, pastel colours, plain background',
    negativePrompt: 'perspective, photograph, text',
  },
  low_poly: {
    prompt: 'low poly 3d render of {prompt}, flat shaded triangles, limited palette, soft light',
    negativePrompt: 'photograph, fine detail, text',
  },
  pixel_art: {
    prompt: 'pixel art of {prompt}, 16-bit, limited palette, crisp square pixels, no blur',
    negativePrompt: 'photograph, smooth gradients, blur',
  },
  blueprint: {
    prompt:
      'blueprint of {prompt}, white lines on blue paper, technical drawing, front and side view, thin grid',
    negativePrompt: 'photograph, colour, shading',
  },
  stained_glass: {
    prompt: 'stained glass window of {prompt}, bold lead lines, glowing jewel colours, light from behind',
    negativePrompt: 'photograph, blur',
  },
};

/** Returns a starter style with its name in the language of the interface. */
export function starterStyle(name: StarterName): StyleTexts & { id: StarterName } {
  return { id: name, name: t(`styles.starter_${name}`), ...starterPieces[name] };
}

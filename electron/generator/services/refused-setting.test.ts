import { expect, test } from 'vitest';
import { isSettingRefused } from './refused-setting';

test.each([
  [null, "Unknown parameter: 'size[]'."],
  [null, 'json: unknown field "image_size"'],
  [null, 'Unrecognized request argument supplied: output_compression'],
  [null, "Unsupported parameter: 'background' is not supported with this model."],
  [null, "openai does not support parameters: ['quality'], for model=flux"],
  [null, 'Extra inputs are not permitted'],
  [null, 'Additional property guidance_scale is not allowed'],
  [
    null,
    'Invalid JSON payload received. Unknown name "imageSize" at \'generation_config\': Cannot find field.',
  ],
  [null, "Missing required parameter: 'n'."],
  ['size', "Invalid value: '512x512'. Supported values are: '1024x1024'."],
  ['image_size', 'Input should be a valid dictionary'],
  ['input.width', 'must be a multiple of 8'],
])(
  'recognizes an error about the field %s with the message “%s” as one about a setting',
  (field, message) => {
    expect(isSettingRefused(field, message)).toBe(true);
  },
);

test.each([
  [null, ''],
  [null, 'Your prompt is too long.'],
  [null, 'Request contains an invalid argument.'],
  [null, "Missing required parameter: 'prompt'."],
  [null, 'Invalid image file or mode for image 1.'],
  [null, 'The picture is too large.'],
  ['prompt', 'Unknown parameter: something.'],
  ['messages[0].content', 'Invalid type.'],
  ['image[]', 'Unsupported format.'],
  ['input', 'Expected a string.'],
])(
  'does not recognize an error about the field %s with the message “%s” as one about a setting',
  (field, message) => {
    expect(isSettingRefused(field, message)).toBe(false);
  },
);

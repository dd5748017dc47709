// Shared parts of the strict servers: validating a request with a schema, data URLs, bearer keys, and errors in
// OpenAI's form.
import { z } from 'zod';
import { Refusal, type WireRequest, type WireState } from './wire-server';

/** Validates a value. @throws Refusal like most services: with the first problem and the name of its parameter. */
export function read<Shape extends z.ZodType>(schema: Shape, value: unknown, status = 400): z.infer<Shape> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const names = issue?.code === 'unrecognized_keys' ? issue.keys.join(', ') : issue?.path.join('.');
  throw new Refusal(status, `Argument not supported: ${names}. ${issue?.message}`);
}

/** Returns the fields of a form by name; empty if the request is not a form, which the schema then rejects. */
export function fieldsOf({ form }: Pick<WireRequest, 'form'>): Record<string, unknown> {
  return Object.fromEntries(form ?? []);
}

/** Returns the number of pictures that the test requests for an answer. */
export function many<Picture>({ count }: WireState, picture: () => Picture): Picture[] {
  return Array.from({ length: count }, picture);
}

/** Returns the picture in the form that the test requests. */
export const picked = (state: WireState) =>
  state.byUrl ? { url: state.link() } : { b64_json: state.base64 };

export const base64 = z.base64().min(1);
export const dataUrl = z.string().regex(/^data:image\/(png|jpeg|webp);base64,[A-Za-z0-9+/]+=*$/);
export const prompt = z.string().min(1);
export const seed31 = z.int().min(0).max(2_147_483_647);
export const one = z.literal(1);
export const model = z.string().min(1);

export const bearer = { header: 'authorization', value: (key: string) => `Bearer ${key}` };

export const openaiError = (status: number, message: string) => ({
  error: {
    message,
    type: 'invalid_request_error',
    param: null,
    code: status === 401 ? 'invalid_api_key' : null,
  },
});

export const unknownOpenaiModel = (model: string) => ({
  status: 404,
  body: {
    error: {
      message: `The model ${model} does not exist.`,
      type: 'invalid_request_error',
      code: 'model_not_found',
    },
  },
});

/** A size such as “1024x1024” within limits. */
export function sizeText(separator: string, isValid: (width: number, height: number) => boolean) {
  return z.string().refine((text) => {
    const [width = Number.NaN, height = Number.NaN] = text.split(separator).map(Number);
    return Number.isInteger(width) && Number.isInteger(height) && isValid(width, height);
  }, 'Invalid size.');
}

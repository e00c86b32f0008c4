/** VK's rules for a keyboard, checked the way VK checks them: a broken one is error 911, a good one is stored as sent. */
import { z } from 'zod';

/** Limits of VK's keyboard page: rows × buttons in a row, buttons in all. */
const ORDINARY = { rows: 10, row: 5, all: 40 } as const;
const INLINE = { rows: 6, row: 5, all: 10 } as const;
const LABEL = 40;
const PAYLOAD = 255;

/** A payload is a JSON object, as text or embedded; VK counts bytes or characters, so the stricter count is used here. */
const payload = z
  .union([z.string(), z.record(z.string(), z.unknown())])
  .transform((value) => (typeof value === 'string' ? value : JSON.stringify(value)))
  .refine((value) => Buffer.byteLength(value) <= PAYLOAD, `button payload is longer than ${PAYLOAD} bytes`)
  .refine(isObjectText, 'button payload must be a JSON object');
const label = z
  .string()
  .min(1, 'button label is empty')
  .refine((value) => [...value].length <= LABEL, `button label is longer than ${LABEL} characters`);

const action = z.discriminatedUnion('type', [
  z.object({ type: z.literal('text'), label, payload: payload.optional() }),
  z.object({ type: z.literal('callback'), label, payload: payload.optional() }),
  z.object({ type: z.literal('open_link'), label, link: z.url(), payload: payload.optional() }),
  z.object({
    type: z.literal('open_app'),
    label,
    app_id: z.number().int().positive(),
    owner_id: z.number().int().optional(),
    hash: z.string().optional(),
    payload: payload.optional(),
  }),
  z.object({ type: z.literal('location'), payload: payload.optional() }),
  z.object({ type: z.literal('vkpay'), hash: z.string(), payload: payload.optional() }),
]);
const button = z.object({
  action,
  color: z.enum(['primary', 'secondary', 'positive', 'negative', 'default']).optional(),
});
const keyboard = z.object({
  one_time: z.boolean().optional(),
  inline: z.boolean().optional(),
  buttons: z.array(z.array(button)),
});

export type Keyboard = z.output<typeof keyboard>;
export type KeyboardButton = z.output<typeof button>;

/** The keyboard, or the reason VK would give after «Keyboard format is invalid:». */
export function readKeyboard(text: string): { readonly keyboard: Keyboard } | { readonly wrong: string } {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { wrong: 'keyboard is not valid JSON' };
  }
  const read = keyboard.safeParse(json);
  if (!read.success) {
    const issue = read.error.issues[0];
    return { wrong: `${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`.trim() };
  }
  const wrong = measure(read.data);
  return wrong === undefined ? { keyboard: read.data } : { wrong };
}

function measure({ inline = false, one_time = false, buttons }: Keyboard): string | undefined {
  const limit = inline ? INLINE : ORDINARY;
  if (inline && one_time) return 'one_time is not allowed in an inline keyboard';
  if (buttons.length > limit.rows) return `too many rows: ${buttons.length} of ${limit.rows}`;
  for (const row of buttons)
    if (row.length < 1 || row.length > limit.row) return `a row holds 1–${limit.row} buttons, not ${row.length}`;
  const all = buttons.flat().length;
  return all > limit.all ? `too many buttons: ${all} of ${limit.all}` : undefined;
}

function isObjectText(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}

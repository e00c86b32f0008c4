/** Form parameters: strings as they come, checked and read by the method that takes them. */
import { z } from 'zod';
import { type Answer, refuse } from './refusal.ts';
import type { World } from './world.ts';

export type Form = Readonly<Record<string, string>>;

/** An integer as text. */
export const int = z
  .string()
  .regex(/^-?\d{1,19}$/, 'not integer')
  .transform(Number);
/** Integers with commas between them. */
export const ints = z
  .string()
  .regex(/^-?\d{1,19}(,-?\d{1,19})*$/, 'not a list of integers')
  .transform((text) => text.split(',').map(Number));
export const flag = z
  .enum(['0', '1', 'true', 'false'], 'not boolean')
  .transform((text) => text === '1' || text === 'true');
export const text = z.string();
/** Words with commas between them. */
export const words = z.string().transform((list) => list.split(',').map((word) => word.trim()));

export type Method = {
  readonly known: ReadonlySet<string>;
  call(world: World, form: Form): Answer;
};

/** A method from the parameters it knows (all others are accepted and reported) and what it does with them. */
export function method<S extends z.ZodRawShape>(
  shape: S,
  run: (world: World, params: z.output<z.ZodObject<S>>) => Answer,
): Method {
  const schema = z.object(shape);
  return {
    known: new Set(Object.keys(shape)),
    call(world, form) {
      // To VK an empty parameter is an absent one.
      const given = Object.fromEntries(Object.entries(form).filter(([, value]) => value !== ''));
      const read = schema.safeParse(given);
      if (read.success) return run(world, read.data);
      const issue = read.error.issues[0];
      const name = issue?.path.join('.') ?? '';
      return refuse(
        100,
        name in given ? `${name} ${issue?.message ?? 'is invalid'}` : `${name} is a required parameter`,
      );
    },
  };
}

/**
 * Reads what it can of a settings object that another version, or a hand, has written. A field that is missing, at any
 * depth, is one that the writer did not know: it gets its default. One that cannot be read gets it too, and is lost.
 */
import { z } from 'zod';

export interface Salvaged<T> {
  readonly value: T;
  /** Something that was chosen is not in `value`. Top-level fields that the schema does not know are not counted. */
  readonly hasLost: boolean;
}

export type Fields = Record<string, unknown>;
/** A strict object, so that its defaults parse to themselves. */
export type FieldsSchema<T> = z.ZodObject<z.ZodRawShape, z.core.$strict> & z.ZodType<T>;

/** @param found of a JSON file. */
export function salvage<T extends Fields>(schema: FieldsSchema<T>, found: Fields, defaults: T): Salvaged<T> {
  const parts = Object.entries(schema.shape).map(([name, part]) => ({
    name,
    ...salvageField(part as z.ZodType, found[name], defaults[name]),
  }));
  const whole = schema.safeParse(Object.fromEntries(parts.map(({ name, value }) => [name, value])));
  if (!whole.success) return { value: defaults, hasLost: true };
  return { value: whole.data, hasLost: parts.some(({ hasLost }) => hasLost) };
}

function salvageField(schema: z.ZodType, found: unknown, byDefault: unknown): Salvaged<unknown> {
  if (found === undefined) return { value: byDefault, hasLost: false };
  const { success, data } = schema.safeParse(found);
  if (success) return { value: data, hasLost: false };
  if (!(schema instanceof z.ZodObject) || !isFields(found) || !isFields(byDefault)) {
    return { value: byDefault, hasLost: true };
  }
  const { value, hasLost } = salvage(schema as FieldsSchema<Fields>, found, byDefault);
  return { value, hasLost: hasLost || Object.keys(found).some((name) => !(name in schema.shape)) };
}

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value of an attribute as it stands in the tag of an element, or in its attributes alone; null where it has none of that name. The name may be a pattern. */
export function attributeOf(element: string, name: string): string | null {
  return new RegExp(String.raw`(?:^|\s)${name}=(?:"([^"]*)"|'([^']*)')`).exec(element)?.slice(1).find((value) => value !== undefined) ?? null
}

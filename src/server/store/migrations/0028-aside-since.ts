/** From when on what a member sends is set aside as a whole; null where it counts. */
export const asideSinceMigration = {
  name: '0028-aside-since',
  statements: [`alter table members add column aside_since text`],
} as const

/** The day and the topic with which the report counts an entry, whatever was edited since; empty where it counts none. Filled from the changes when the store is opened (`renewProjection`). */
export const countedMigration = { name: '0036-counted', statements: [`alter table entries add column counted text not null default ''`] } as const

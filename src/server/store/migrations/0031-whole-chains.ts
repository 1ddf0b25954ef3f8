/** Up to which place of its chain nothing is missing of a device: what stands behind it is counted, and no more. Counted once for what is there. */
export const wholeChainsMigration = { name: '0031-whole-chains', statements: [`alter table devices add column whole_to bigint not null default 0`] } as const

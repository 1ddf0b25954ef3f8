/** The private half of the key that bundles are sealed for; the public half stands in the settings. Empty until a start has made it. */
export const encryptionKeyMigration = {
  name: '0008-encryption-key',
  statements: [`alter table campaigns add column encryption_private_key text`],
} as const

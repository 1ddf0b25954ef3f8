const untrusted = 'its certificate is not trusted: see that it is of the host in DATABASE_URL, has not ended, and is of an authority that this machine knows (sslrootcert)'

/** By what PostgreSQL (SQLSTATE) or its line say: it answers, and does not let Terrain in, or no further. Somebody has to mend it; then everything goes on by itself. */
const reasons: Readonly<Record<string, string>> = {
  '28P01': 'it refuses the password', '28000': 'it refuses this user', '3D000': 'there is no database of that name', '42501': 'this user may not use its tables',
  CERT_HAS_EXPIRED: untrusted, DEPTH_ZERO_SELF_SIGNED_CERT: untrusted, SELF_SIGNED_CERT_IN_CHAIN: untrusted, UNABLE_TO_VERIFY_LEAF_SIGNATURE: untrusted, ERR_TLS_CERT_ALTNAME_INVALID: untrusted,
  unpromised: 'it does not keep what it has acknowledged',
}

/** Of a connection that does not promise what Terrain promises to phones. */
export const unpromised = 'unpromised'

/** Why the database lets nobody in; null for any other failure. */
export function whyShutOut(error: unknown): string | null {
  const code = error instanceof Error ? Reflect.get(error, 'code') : undefined
  return typeof code === 'string' && Object.hasOwn(reasons, code) ? (reasons[code] ?? null) : null
}

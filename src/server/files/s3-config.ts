import { fail, ok } from '#domain/result.ts'
import type { Result } from '#domain/result.ts'
import type { S3Bucket } from '#server/files/s3-client.ts'

const needed = ['S3_ENDPOINT', 'S3_BUCKET', 'S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY'] as const

/** The bucket that the environment names, null when it names none. No sentence ever holds a key. */
export function readS3Config(env: Readonly<Record<string, string | undefined>>): Result<S3Bucket | null, readonly string[]> {
  const set = [...needed, 'S3_REGION'].filter((name) => env[name])
  if (set.length === 0) return ok(null)
  const missing = needed.filter((name) => !env[name])
  if (missing.length > 0) return fail([`${set.join(', ')} is set, but for files in S3 ${missing.join(', ')} must be set too; leave all of them out to keep files under TERRAIN_DATA.`])
  const [endpoint = '', bucket = '', accessKeyId = '', secretAccessKey = ''] = needed.map((name) => env[name])
  const region = env['S3_REGION'] || 'us-east-1'
  const faults = [
    ...(isEndpoint(endpoint) ? [] : ['S3_ENDPOINT must be an address without a path, a query or a name in it, like https://s3.eu-west-1.amazonaws.com; the bucket goes into S3_BUCKET.']),
    ...(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(bucket) ? [] : [`S3_BUCKET is "${bucket}", but a bucket's name has 3 to 63 lower-case letters, digits, dots and hyphens.`]),
    ...(/^[a-z0-9-]{1,40}$/.test(region) ? [] : [`S3_REGION is "${region}", but a region is written like eu-west-1.`]),
    ...(/^\S+$/.test(accessKeyId) ? [] : ['S3_ACCESS_KEY_ID has blanks in it.']),
    ...(/^\S+$/.test(secretAccessKey) ? [] : ['S3_SECRET_ACCESS_KEY has blanks in it.']),
  ]
  return faults.length > 0 ? fail(faults) : ok({ endpoint: endpoint.replace(/\/+$/, ''), bucket, region, accessKeyId, secretAccessKey })
}

function isEndpoint(text: string): boolean {
  const url = URL.parse(text)
  return url !== null && /^https?:$/.test(url.protocol) && url.pathname === '/' && url.search === '' && url.hash === '' && url.username === '' && url.password === ''
}

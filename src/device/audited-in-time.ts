import type { DeviceGround } from '#device/device-ground.ts'
import type { DeviceDatabase } from '#device/store/database.ts'
import { isFit } from '#device/store/fitness.ts'

/**
 * Resolves when the store may be shown, with what ends when it may be sent from. Where nothing has to be mended before it is shown, the
 * audit waits until the first screen stands: a phone with a thousand entries looks at them for half a second. What a new version of the
 * app folds anew is waited for by nobody.
 */
export async function auditedInTime(db: DeviceDatabase, { appVersion, whenIdle }: Pick<DeviceGround, 'appVersion' | 'whenIdle'>): Promise<{ readonly audit: Promise<void>; readonly isMended: boolean }> {
  const idle = (): Promise<void> => (whenIdle === undefined ? Promise.resolve() : new Promise((resolve) => whenIdle(resolve)))
  // Most starts mend nothing, and the code for it comes behind the first screen.
  const load = () => import('#device/store/audit.ts')
  const audit = async () => (await load()).audit(db, appVersion)
  const mayWait = whenIdle !== undefined && (await isFit(db))
  const audited = mayWait ? idle().then(audit) : audit()
  // Where it fails, a phone without any room for instance, the next start goes on with it.
  const folded = audited.then(idle).then(async () => (await load()).foldAnew(db, appVersion, idle)).catch(() => undefined)
  if (!mayWait) await audited
  if (whenIdle === undefined) await folded
  return { audit: audited, isMended: !mayWait }
}

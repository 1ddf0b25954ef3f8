import { chosenDatabase } from '#device/media/chosen-database.ts'

const key = 'terrain-was-here'

/** Somebody is a member in the database of this window. Kept beside it, where browsers that throw databases away for want of room mostly leave it. */
export function noteMember(): void {
  try {
    localStorage.setItem(key, chosenDatabase())
  } catch {
    // Then nobody is told, as where all of it went.
  }
}

/** Whether there was one. */
export function wasMemberHere(): boolean {
  try {
    return localStorage.getItem(key) === chosenDatabase()
  } catch {
    return false
  }
}

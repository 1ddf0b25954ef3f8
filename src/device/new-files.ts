/** A photo as the media layer made it: re-encoded, without EXIF. */
export interface ShrunkPhoto {
  readonly bytes: ArrayBuffer
  readonly type: 'image/webp' | 'image/jpeg'
  readonly width: number
  readonly height: number
  readonly thumb: ArrayBuffer
}

/** A voice note as the media layer has recorded it so far. */
export interface RecordedVoice {
  readonly bytes: ArrayBuffer
  readonly type: 'audio/webm' | 'audio/mp4' | 'audio/ogg'
  readonly seconds: number
}

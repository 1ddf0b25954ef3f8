import { render } from '@testing-library/react'
import type { RenderResult } from '@testing-library/react'
import type { ReactNode } from 'react'
import { arabic } from '#i18n/ar/language.ts'
import { english } from '#i18n/en/language.ts'
import { LanguageProvider } from '#ui/language/language.tsx'

export function renderInEnglish(piece: ReactNode): RenderResult {
  return render(<LanguageProvider language={english} timeZone="UTC">{piece}</LanguageProvider>)
}

export function renderInArabic(piece: ReactNode): RenderResult {
  return render(<LanguageProvider language={arabic} timeZone="UTC">{piece}</LanguageProvider>)
}

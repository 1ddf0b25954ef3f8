/** The working report, as the desk offers it. */
export const deskReport = {
  'bar.report': 'Report',
  'reports.title': 'Report',
  'reports.protects': 'Places are regions, no name stands in it, numbers under five are not shown, and sensitive entries are only counted.',
  'reports.language': 'Language of the report',
  'reports.open': 'Open the page',
  'reports.save': 'Save as a file',
  'reports.word': 'Save for Word',
  'reports.print': 'To make a PDF, open the page and print it.',
  'reports.making': 'Composing the report …',
  'reports.saved': '{name} is saved.',
} as const

/** The labels that the first screen shows; all others come behind it. */
export const homeLabels = {
  topic: { EDU: 'Education and learning', ECC: 'Early childhood and care', HEA: 'Health', MHP: 'Mental health and wellbeing', FSC: 'Food and nutrition', WSH: 'Water, sanitation and hygiene', LIV: 'Work and income', SHL: 'Housing and household items', PRO: 'Safety and protection from violence', SOC: 'Isolation, stigma and discrimination', INF: 'Information, rumours and internet access', CUL: 'Culture, arts and heritage', ENV: 'Environment and science', DIS: 'Displacement and migration', MOB: 'Transport and access to services', GOV: 'Rights and participation', OTH: 'Other' },
  kind: { challenge: 'Challenge', action: 'Action' },
} as const

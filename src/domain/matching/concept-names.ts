/** What reports are known to speak of; by which words, `concepts.ts` says. */
export const concepts = [
  'water', 'dirtyWater', 'latrine', 'food', 'kitchen', 'price', 'money', 'work', 'boat', 'crop', 'livestock', 'shelter', 'sleepOutside', 'window',
  'collapse', 'cold', 'heatwave', 'fuel', 'power', 'school', 'computer', 'network', 'broadcast', 'rumour', 'information', 'language', 'signLanguage',
  'medicine', 'clinic', 'disease', 'vaccine', 'mask', 'death', 'trauma', 'lonely', 'violence', 'theft', 'fighting', 'displaced', 'flood', 'storm',
  'quake', 'fire', 'road', 'rescue', 'document', 'legal', 'border', 'stigma', 'milk', 'malnutrition', 'disability', 'clothes', 'waste', 'trees',
  'sheet', 'mud', 'mosquito', 'culture', 'artist', 'care', 'labour', 'prison',
] as const
export type Concept = (typeof concepts)[number]

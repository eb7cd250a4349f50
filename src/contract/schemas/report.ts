/** How revenue is credited to the campaigns that a contact met; LINEAR is the default (documented). */
export const attributionModels = [
  'LINEAR',
  'FIRST_INTERACTION',
  'LAST_INTERACTION',
  'FULL_PATH',
  'U_SHAPED',
  'W_SHAPED',
  'TIME_DECAY',
  'J_SHAPED',
  'INVERSE_J_SHAPED',
] as const
export type AttributionModel = (typeof attributionModels)[number]

/** The contacts of a campaign that a report can list (documented). */
export const contactTypes = ['contactFirstTouch', 'contactLastTouch', 'influencedContacts'] as const
export type ContactType = (typeof contactTypes)[number]

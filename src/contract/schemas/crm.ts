import { type Static, Type } from '@sinclair/typebox'

/** The path of the properties of an object type. */
export const PropertiesPath = Type.Object({ objectType: Type.String() })

/** The names that clients use for campaigns as an object type (observed in clients). */
export const campaignObjectTypes: readonly string[] = ['campaign', 'campaigns']

export const PropertyOption = Type.Object({
  label: Type.String(),
  value: Type.String(),
  displayOrder: Type.Integer(),
  hidden: Type.Boolean(),
})

/** A property of campaigns. The members are those that clients read, with the names of HubSpot's properties API. */
export const Property = Type.Object(
  {
    name: Type.String(),
    label: Type.String(),
    type: Type.String(),
    fieldType: Type.String(),
    description: Type.String(),
    groupName: Type.String(),
    options: Type.Array(PropertyOption),
    displayOrder: Type.Integer(),
    calculated: Type.Boolean(),
    externalOptions: Type.Boolean(),
    hasUniqueValue: Type.Boolean(),
    hidden: Type.Boolean(),
    hubspotDefined: Type.Boolean(),
    formField: Type.Boolean(),
    archived: Type.Boolean(),
  },
  { title: 'Property' },
)
export type Property = Static<typeof Property>

export const CollectionResponsePropertyNoPaging = Type.Object(
  { results: Type.Array(Property) },
  { title: 'CollectionResponsePropertyNoPaging' },
)

/** The custom objects of an account. This mock has none. */
export const CollectionResponseObjectSchemaNoPaging = Type.Object(
  { results: Type.Array(Type.Object({})) },
  { title: 'CollectionResponseObjectSchemaNoPaging' },
)

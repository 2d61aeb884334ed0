/** The id of the realm `shop`. */
export const realm = '0b5e9c1d-7f3a-4c26-9d18-4a6be2f0c751'

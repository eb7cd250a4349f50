/** The suffix of an issued access token: its time of issue, in milliseconds since the epoch. */
export const issuedSuffix = /\.access-(\d{13})$/

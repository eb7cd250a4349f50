/** Parts of the names of parameters, members and headers whose values are secrets. */
const secretParts =
  /key|token|secret|passw|passphrase|pwd|auth|credential|cookie|session(?!s)|jwt|bearer|assertion|signature|csrf|xsrf|private-app|device_code|user_code|code_verifier/i

/** Words that are too short to be found inside of other words: `sig`, but not `design`. */
const secretWords = /(?:^|[^a-z])(?:sig|sid|otp|pin|pass)(?:$|[^a-z])/i

const codeOfOAuth = /^\W*code\W*$/i

/** Names with one of these parts in them that are not secrets. */
const publicNames =
  /^(?:token_type|token_type_hint|token_use|grant_type|access-control-[a-z-]+|(?:www|proxy)-authenticate|x-hubspot-auth-failure)$/i

/** Whether the value of a parameter, a member or a header with this name is a secret. */
export function isSecretName(name: string): boolean {
  const isSecret = secretParts.test(name) || secretWords.test(name) || codeOfOAuth.test(name)
  return isSecret && !publicNames.test(name)
}

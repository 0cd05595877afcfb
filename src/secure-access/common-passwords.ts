/**
 * What belongs to this service and its country, and what the list of common passwords lacks of long ones, once case,
 * digits, signs and the usual stand-ins (p@ssw0rd) are taken away: letters only.
 */
const OWN_WORDS = `abc abcabc abcd abcde abcdef adminpassword cardiffcity ceredigion changemenow changethispassword
  commontransfer commontransferfile commontransfersystem croeso cyfrinair cymruambyth educationwales evertonfc gwynedd
  headteacher iloveyouforever letmeinplease llanelli login manchesterunited merthyr mynewpassword mysecretpassword
  ospreys passphrase passwordadmin pembrokeshire primaryschool pupil qwertyuiopasdfghjkl schooloffice schoolpassword
  secondaryschool secretpassword secureaccess stwos swanseacity temporarypassword testpassword thisismypassword
  thisisapassword unitedkingdom welcometohogwarts welshassembly wrexhamafc ysgol`

/** The same with letters and digits in a pattern of the keyboard, which stand as they are. */
const OWN_PATTERNS = `1q2w3e4r5t6y7u 1q2w3e4r5t6y7u8i 1q2w3e4r5t6y7u8i9o0p a1b2c3d4e5f6 abc123abc123 qwer1234asdf
  147258369147 123123123123 121212121212 1qaz1qaz1qaz 3rjs1la7qeqe 18atcskd2w00`

/** The shortest word of the list that counts in a longer password: shorter ones stand in too many others. */
const WORD_MIN = 4

/** Passwords that many people use, in small letters: a deny list as NIST SP 800-63B and the NCSC ask for. */
export interface CommonPasswords {
  /** The whole password is one. */
  has(password: string): boolean
  /** Its letters come down to one. */
  hasWord(letters: string): boolean
}

let loaded: Promise<CommonPasswords> | undefined

/** The list, loaded when the first password is chosen: 49,000 take 25 ms, which the start of the service need not. */
export function commonPasswords(): Promise<CommonPasswords> {
  loaded ??= load()
  return loaded
}

async function load(): Promise<CommonPasswords> {
  const { dictionary } = await import('@zxcvbn-ts/language-common')
  const list = new Set([...dictionary['passwords-common'], ...OWN_PATTERNS.split(/\s+/)])
  const own = new Set(OWN_WORDS.split(/\s+/))
  return {
    has: (password) => list.has(password),
    hasWord: (letters) => own.has(letters) || (letters.length >= WORD_MIN && list.has(letters)),
  }
}

/**
 * What the commonest long passwords come down to once case, digits, signs and the usual stand-ins (p@ssw0rd) are taken
 * away, and what belongs to this service: a deny list as NIST SP 800-63B and the NCSC ask for. Letters only.
 */
export const COMMON_WORDS: ReadonlySet<string> = new Set(
  `abcabc abc abcd abcde abcdef administrator admin adminadmin adminpassword arsenal baseball blackburn bristol
  cardiff cardiffcity ceredigion changeme changemenow changethispassword charlie chelsea chocolate commontransfer
  commontransferfile commontransfersystem computer croeso cyfrinair cymru cymruambyth default dragon education
  educationwales england evertonfc everton football forever gwynedd headteacher hello helloworld iloveyou
  iloveyouforever incorrect internet letmein letmeinletmein letmeinplease liverpool liverpoolfc llanelli login lovely
  manchester manchesterunited master merthyr monday monkey mynewpassword mypassword mysecretpassword newpassword
  newport nopassword ospreys passphrase password passwordadmin passwordpassword passwords pembrokeshire
  primaryschool princess pupil qazwsx qazwsxedc qwerty qwertyqwerty qwertyuiop qwertyuiopasdfghjkl rainbow rugby
  school schooloffice schoolpassword secondaryschool secret secretpassword secure secureaccess september starwars
  stwostwo summer sunshine superman swansea swanseacity teacher temporary temporarypassword test testpassword testtest
  thisismypassword thisisapassword tottenham transfer trustno unitedkingdom wales welcome welcometohogwarts
  welcomewelcome welshassembly whatever winter wrexham wrexhamafc ysgol zaqwsx zxcvbnm`.split(/\s+/),
)

/** Common long passwords that mix letters and digits in a pattern of the keyboard. */
export const COMMON_PATTERNS: ReadonlySet<string> = new Set(
  `1q2w3e4r5t6y 1q2w3e4r5t6y7u 1q2w3e4r5t6y7u8i 1q2w3e4r5t6y7u8i9o0p 1qaz2wsx3edc 1qaz2wsx3edc4rfv 1qazxsw23edc
  q1w2e3r4t5y6 q1w2e3r4t5y6u7 a1b2c3d4e5f6 a1s2d3f4g5h6 zaq12wsxcde3 qwe123qwe123 abc123abc123 1234qwerasdf
  1234qwerasdfzxcv qwer1234asdf qweasdzxc123 123qweasdzxc zaq1xsw2cde3 147258369147 123456789abc 123456789qwe
  112233445566 102030405060 123123123123 121212121212 1qaz1qaz1qaz 3rjs1la7qeqe 18atcskd2w00`.split(/\s+/),
)

import type { Language } from './kit/i18n.ts'
import type { Role } from './permissions/table.ts'

/** An account of the demonstration. Its people are invented; its password is no secret, so it is in no other installation. */
export interface DemonstrationAccount {
  username: string
  password: string
  name: string
  organisation: string
  /** `approver`: of that alone. */
  role: Role
  /** Approves for its organisation beside the role. */
  approver?: boolean
  language: Language
  /** The password is a one-time password: another must be set at the first sign-in. */
  mustChange?: boolean
}

/** Who can sign in to a demonstration: the first is a secretary with leavers to send. */
export const DEMONSTRATION_ACCOUNTS: readonly DemonstrationAccount[] = [
  {
    username: 'rogerstone',
    password: 'lantern-harbour-42',
    name: 'Menna Quillfeather',
    organisation: '6802276',
    role: 'school-user',
    language: 'en',
  },
  {
    username: 'johnfrost',
    password: 'copper-meadow-17',
    name: 'Idwal Brannock-Ley',
    organisation: '6804020',
    role: 'school-user',
    language: 'en',
  },
  {
    username: 'cardiffhigh',
    password: 'willow-station-63',
    name: 'Perpetua Vantongeren',
    organisation: '6814039',
    role: 'school-user',
    language: 'en',
  },
  {
    username: 'pencae',
    password: 'enfys-mynydd-28',
    name: 'Tegfan Eirlysgwyn',
    organisation: '6812177',
    role: 'school-user',
    language: 'cy',
  },
  {
    username: 'newportla',
    password: 'saffron-bridge-91',
    name: 'Hopkin Tallowmere',
    organisation: '680LLLL',
    role: 'lea-user',
    language: 'en',
  },
  {
    username: 'cardiffla',
    password: 'granite-orchard-35',
    name: 'Nesta Farthingwood',
    organisation: '681LLLL',
    role: 'lea-school',
    language: 'en',
  },
  {
    username: 'national',
    password: 'velvet-compass-58',
    name: 'Ffraid Ottersley',
    organisation: '101LLLL',
    role: 'national-administrator',
    language: 'en',
  },
  {
    username: 'firstday',
    password: 'one-time-teapot-7',
    name: 'Caron Whistlecroft',
    organisation: '6804059',
    role: 'school-user',
    language: 'en',
    mustChange: true,
  },
  {
    username: 'rogerstonehead',
    password: 'orchard-pebble-24',
    name: 'Delyth Marchbanks',
    organisation: '6802276',
    role: 'school-user',
    approver: true,
    language: 'en',
  },
  {
    username: 'johnfrosthead',
    password: 'kestrel-ladder-53',
    name: 'Gruffydd Pennywell',
    organisation: '6804020',
    role: 'approver',
    language: 'en',
  },
  {
    username: 'cardiffhighhead',
    password: 'thimble-quarry-86',
    name: 'Ottilie Vaughan-Sorrel',
    organisation: '6814039',
    role: 'school-user',
    approver: true,
    language: 'en',
  },
  {
    username: 'pencaehead',
    password: 'afal-cwmwl-39',
    name: 'Lleucu Morfydd Hafgan',
    organisation: '6812177',
    role: 'approver',
    language: 'cy',
  },
  {
    username: 'newportdba',
    password: 'marigold-anvil-72',
    name: 'Emrys Fothergate',
    organisation: '680LLLL',
    role: 'lea-dba',
    language: 'en',
  },
  {
    username: 'newportclo',
    password: 'juniper-candle-15',
    name: 'Rhonwen Ashgrove',
    organisation: '680LLLL',
    role: 'approver',
    language: 'en',
  },
  {
    username: 'newportview',
    password: 'heather-compass-94',
    name: 'Bleddyn Oakhanger',
    organisation: '680LLLL',
    role: 'lea-dba-view-only',
    language: 'en',
  },
  {
    username: 'newportlost',
    password: 'harvest-lantern-67',
    name: 'Siwan Brightwater',
    organisation: '680LLLL',
    role: 'lea-lost-pupil',
    language: 'en',
  },
  {
    username: 'newportplasc',
    password: 'walnut-ribbon-31',
    name: 'Macsen Thornbury-Lake',
    organisation: '680LLLL',
    role: 'lea-plasc',
    language: 'en',
  },
  {
    username: 'newportadmissions',
    password: 'skylark-button-48',
    name: 'Gwenllian Fairchilde',
    organisation: '680LLLL',
    role: 'lea-admissions',
    language: 'en',
  },
  {
    username: 'cardiffdba',
    password: 'pewter-meadow-29',
    name: 'Taliesin Merrow',
    organisation: '681LLLL',
    role: 'lea-dba',
    language: 'en',
  },
  {
    username: 'cardiffclo',
    password: 'cobalt-hedge-76',
    name: 'Angharad Whitlock-Dunn',
    organisation: '681LLLL',
    role: 'approver',
    language: 'en',
  },
  {
    username: 'cardifflost',
    password: 'bramble-signal-13',
    name: 'Cadfael Hollinshade',
    organisation: '681LLLL',
    role: 'lea-lost-pupil-transfer',
    language: 'en',
  },
  {
    username: 'nationalclo',
    password: 'willow-parcel-62',
    name: 'Heledd Cranmoor',
    organisation: '101LLLL',
    role: 'approver',
    language: 'en',
  },
]

/** Organisations that get an invented address, so that the demonstration shows its e-mails: nobody's real ones. */
export const DEMONSTRATION_ADDRESSES: Record<string, string> = {
  '6802276': 'office@rogerstone.example.org',
  '6802295': 'office@high-cross.example.org',
  '6804020': 'office@john-frost.example.org',
  '6804025': 'office@newport-high.example.org',
  '6804059': 'office@caerleon.example.org',
  '6812017': 'office@fairwater.example.org',
  '6812177': 'swyddfa@pencae.example.org',
  '6814039': 'office@cardiff-high.example.org',
  '6814071': 'swyddfa@glantaf.example.org',
  '6702105': 'office@bishopston.example.org',
  '6704063': 'office@gowerton.example.org',
  '6704069': 'office@bishopston-high.example.org',
  '680LLLL': 'transfers@newport.example.org',
  '681LLLL': 'transfers@cardiff.example.org',
  '670LLLL': 'transfers@swansea.example.org',
}

/** What became of a file, and who did it. */
export type Fate = 'waiting' | 'fetched' | 'collected' | 'recalled' | { rejected: string; sentOnTo?: string }

/** A file of the demonstration: from, to, how many pupils, how many days ago, and what became of it. */
export interface Story {
  from: string
  to: string
  pupils: number
  daysAgo: number
  fate: Fate
  /** The LA that sent it for the school. */
  sentBy?: string
}

const NOT_OURS = 'Two of these pupils are not on our roll; we believe that they went to another school.'

/** A year's end: leavers of primary schools on their way, pupils who moved, and some who could not be placed. */
export const STORIES: readonly Story[] = [
  { from: '6802276', to: '6804020', pupils: 24, daysAgo: 15, fate: 'collected' },
  { from: '6802276', to: '6804025', pupils: 9, daysAgo: 14, fate: 'waiting' },
  { from: '6802276', to: '6804059', pupils: 7, daysAgo: 13, fate: { rejected: NOT_OURS } },
  {
    from: '6802276',
    to: '6702105',
    pupils: 1,
    daysAgo: 12,
    fate: { rejected: 'The family moved on before term began.', sentOnTo: '6704063' },
  },
  { from: '6802276', to: '6802295', pupils: 2, daysAgo: 9, fate: 'recalled' },
  { from: '6802276', to: 'XXXXXXX', pupils: 1, daysAgo: 8, fate: 'waiting' },
  { from: '6802276', to: 'MMMMMMM', pupils: 1, daysAgo: 6, fate: 'waiting' },
  { from: '6802276', to: '6814039', pupils: 1, daysAgo: 2, fate: 'fetched' },
  { from: '6812017', to: '6802276', pupils: 2, daysAgo: 20, fate: 'collected' },
  { from: '6702105', to: '6802276', pupils: 1, daysAgo: 18, fate: 'collected' },
  {
    from: '6802295',
    to: '6802276',
    pupils: 3,
    daysAgo: 11,
    fate: { rejected: 'One child stayed at your school after all.' },
  },
  { from: '6802295', to: '6802276', pupils: 2, daysAgo: 4, fate: 'fetched' },
  { from: '6812177', to: '6802276', pupils: 1, daysAgo: 3, fate: 'waiting' },
  { from: '6812017', to: '6802276', pupils: 4, daysAgo: 2, fate: 'waiting' },
  { from: '6702105', to: '6802276', pupils: 1, daysAgo: 1, fate: 'waiting' },
  { from: '6802295', to: '6804020', pupils: 31, daysAgo: 16, fate: 'collected' },
  { from: '6814039', to: '6804020', pupils: 2, daysAgo: 7, fate: 'waiting' },
  { from: '6704063', to: '6804020', pupils: 1, daysAgo: 5, fate: 'fetched' },
  { from: '6812017', to: '6804020', pupils: 3, daysAgo: 3, fate: 'waiting', sentBy: '681LLLL' },
  { from: '6804025', to: '6804020', pupils: 1, daysAgo: 1, fate: 'waiting' },
  { from: '6804020', to: '6814039', pupils: 2, daysAgo: 10, fate: 'collected' },
  { from: '6804020', to: '6704069', pupils: 1, daysAgo: 4, fate: 'waiting' },
  { from: '6804020', to: 'XXXXXXX', pupils: 1, daysAgo: 3, fate: 'waiting' },
  { from: '6812017', to: '6814039', pupils: 28, daysAgo: 15, fate: 'collected' },
  { from: '6812177', to: '6814071', pupils: 26, daysAgo: 15, fate: 'collected' },
  { from: '6812177', to: '6814039', pupils: 3, daysAgo: 9, fate: 'waiting' },
  { from: '6812017', to: '6812177', pupils: 1, daysAgo: 5, fate: 'waiting' },
  { from: '6802276', to: '6812177', pupils: 1, daysAgo: 1, fate: 'waiting' },
  { from: '6704063', to: '6814039', pupils: 1, daysAgo: 2, fate: 'waiting' },
  { from: '6702105', to: '6704063', pupils: 19, daysAgo: 14, fate: 'collected' },
  { from: '6814039', to: '680LLLL', pupils: 2, daysAgo: 8, fate: 'waiting' },
  { from: '6704069', to: '680LLLL', pupils: 1, daysAgo: 3, fate: 'fetched' },
  { from: '680LLLL', to: '6804059', pupils: 1, daysAgo: 6, fate: 'collected' },
  { from: '6802295', to: '681LLLL', pupils: 1, daysAgo: 4, fate: 'waiting' },
  {
    from: '6812177',
    to: '6814071',
    pupils: 2,
    daysAgo: 7,
    fate: { rejected: 'Nid yw’r ddau blentyn hyn ar ein cofrestr.' },
  },
]

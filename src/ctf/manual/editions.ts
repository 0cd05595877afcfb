/** What is known of a version of the format. */
export interface Edition {
  version: string
  /** From when it was valid. */
  valid: string
  added: string
  sure: 'V' | 'I' | 'U'
  source: string
}

/** The versions, and what each is known to have added. The rows of the content model say it element by element. */
export const EDITIONS: readonly Edition[] = [
  {
    version: '2, 3',
    valid: '2002, 2004',
    added: 'The electronic file becomes statutory (June 2002).',
    sure: 'V',
    source: 'SIMS guidance on CTF 2; CBDS',
  },
  {
    version: '9',
    valid: 'about 2009',
    added: 'Known by the name of its schema only, CTF9Full-v1-1.xsd.',
    sure: 'V',
    source: 'CBDS',
  },
  {
    version: '10',
    valid: 'about 2010',
    added: 'Partial files say what they carry: DataQualifier with FSP, KS1, KS2, KS3, ULN.',
    sure: 'I',
    source: 'CBDS D00191',
  },
  {
    version: '11',
    valid: 'autumn 2011',
    added: 'Free school meals as a history of periods; qualifiers FSM and PHO; Country as free text.',
    sure: 'I',
    source: 'CBDS; DfE notices',
  },
  {
    version: '12',
    valid: 'November 2012',
    added: 'UCI; UKcountry of a period of free meals; qualifiers OTH and FPH.',
    sure: 'V',
    source: 'CBDS; MIS12',
  },
  {
    version: '13',
    valid: 'November 2013',
    added: 'AcademicYear in the header; qualifier WNT.',
    sure: 'V',
    source: 'CBDS; DfE notices',
  },
  {
    version: '14',
    valid: 'autumn 2014',
    added: 'New kinds of result and of special need; new attendance codes.',
    sure: 'V',
    source: 'CBDS D00242; DfE notices',
  },
  {
    version: '15',
    valid: 'September 2015',
    added: 'SEN provision E and K after the reform of 2014; new ethnic groups.',
    sure: 'V',
    source: 'CBDS D00250',
  },
  {
    version: '16',
    valid: '2016',
    added: 'Proficiency in English; nationality; country of birth.',
    sure: 'I',
    source: 'dates in CBDS',
  },
  {
    version: '17',
    valid: 'September 2017',
    added:
      'Service child; start and end of SEN provision and needs; removal grounds; files of joiners and leavers (CMJ, CML).',
    sure: 'V',
    source: 'CBDS; contents of its specification',
  },
  {
    version: '18',
    valid: 'September 2018',
    added: 'URN of schools; concerns about a service child. ServiceChildSource goes.',
    sure: 'V',
    source: 'CBDS; contents of its specification',
  },
  { version: '19', valid: 'September 2019', added: 'Not known.', sure: 'U', source: 'DfE notices' },
  { version: '20', valid: 'September 2020', added: 'Not known.', sure: 'U', source: 'DfE notices' },
  { version: '21', valid: 'September 2021', added: 'Not known.', sure: 'U', source: 'DfE notices' },
  { version: '22', valid: '2022', added: 'Not known.', sure: 'U', source: 'One Education help pages' },
  {
    version: '23',
    valid: 'September 2023',
    added: 'Sex takes the place of Gender, here or in 24.',
    sure: 'U',
    source: 'DfE notices; MTC, GIAP',
  },
  {
    version: '24',
    valid: 'September 2024',
    added: 'New attendance codes in England, some of two characters.',
    sure: 'U',
    source: 'One Education help pages',
  },
  { version: '25', valid: 'September 2025', added: 'Sex, as the DfE writes it.', sure: 'V', source: 'GIAP' },
  {
    version: '26',
    valid: 'September 2026',
    added:
      'Verification and category of free school meals; additional learning needs of Wales (perhaps in 25).',
    sure: 'I',
    source: 'GIAP',
  },
]

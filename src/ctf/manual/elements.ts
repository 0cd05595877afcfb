/** What elements hold where their label does not say it: `Group.Name | words`, one a line. */
const ABOUT = `
Header.DocumentName | always "Common Transfer File"
Header.DateTime | when the file was made
SourceSchool.SchoolName | also the name of a body that is no school
Pupil.UniqueLearnerNumber | for life, from about 14 on
Pupil.UCI | of examination boards
Pupil.Surname | the legal one
Pupil.Forename | the first one only
BasicDetails.FormerUPN | often the temporary one
BasicDetails.PreferredSurname | as the school calls the pupil
BasicDetails.FormerForename | of old files
BasicDetails.MiddleNames | a single blank between two
BasicDetails.NCyearActual | the year that the pupil is taught in, which may differ from its age
BasicDetails.Ethnicity | a main group or a finer one within it
BasicDetails.ServiceChild | whether a parent serves in the regular forces
BasicDetails.MedicalFlag | if true, ask the old school
BasicDetails.EnrolStatus | C is the usual one
Type.LanguageType | first, one of several first, home …
FSMhistory.FSMreviewDate | a day to come
FSMinstance.FSMstartDate | the first day
FSMinstance.FSMendDate | the last day; absent while it goes on
FSMinstance.FSMEligibilityVerificationDate | when the entitlement was confirmed
NAWdetails.DateEntry | after 1 September 2002
SEN.StartDate | needed unless the provision is N
SEN.EndDate | absent while it goes on
SENneed.SENtypeRank | 1, 2 … without gaps
Address.County | the postal county
Address.Easting | metres on the National Grid
Address.Northing | metres on the National Grid
BS7666Address.SAON | secondary addressable object: what is within the building
BS7666Address.PAON | primary addressable object: the building
BS7666Address.Locality | a village or district within a town
BS7666Address.AdministrativeArea | county or unitary authority
BS7666Address.PostTown | by Royal Mail
Contact.Order | whom to call first; ties are allowed
Contact.Responsibility | in law
YearData.SessionsPossible | two a day
AttendSessions.AttendanceMarks | one string; see above
KeyStage.Stage | or a year or scheme of assessment
StageAssessment.Locale | \`ENG\` or \`WAL\`: whose curriculum
StageAssessment.Subject | by component file
StageAssessment.Method | \`TA\` teacher assessment, \`TT\` task or test; others by component file
StageAssessment.Component | by component file
StageAssessment.ResultStatus | a result, or an estimate, interim, provisional or target
StageAssessment.ResultQualifier | level, score, mark …
StageAssessment.Result | a number, a level or a code, by component file
School.LeavingDate | absent while the pupil is there
School.RemovalGrounds | the legal ground
`

/** What an element holds, by group and name, where its label does not say it. */
export const ELEMENT_PROSE: ReadonlyMap<string, string> = new Map(
  ABOUT.trim()
    .split('\n')
    .map((line) => {
      const [path = '', words = ''] = line.split(' | ')
      return [path, words]
    }),
)

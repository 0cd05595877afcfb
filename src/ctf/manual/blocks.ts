/** What each block is for, and where it trips people up: Markdown by the name of its group. */
export const BLOCK_PROSE: Readonly<Record<string, string>> = {
  Header: `Who made the file, when, for whom, and by which version. Receivers look here first: at the destination, which must be
their own number, and at the version.

- \`CTFversion\` is the academic year of the **format**, \`26.0\` for 2026/27. Systems take the current version and the one
  before; another is worth a warning, not a refusal.
- \`AcademicYear\` is the year in which the academic year **began**. Some systems turn it on 1 August, others on 1 September,
  so in August both are right.
- A sender that is no school writes \`XXX\` and \`XXXX\` and says who it is in \`SchoolName\`. A local authority writes \`LLLL\` as
  its establishment number.
- \`LEA\` of the destination is a number. \`ULN\` there, in a request for learner numbers, is a mistake that makes the whole file
  invalid.`,
  Pupil: `The core of a pupil, and the blocks around it. Without the unique pupil number (UPN) nothing can be matched; names and date of
birth are the second way to find a pupil.

- **UPN**: a check letter, the number of the authority and of the school that gave it (which need not be where the pupil is now),
  the year, and a serial number; a temporary number ends in a letter. For the check letter, multiply each of characters 2 to 13 by
  its position, 2 to 13, add up, and divide by 23: the remainder, counted from 0, picks from \`ABCDEFGHJKLMNPQRTUVWXYZ\`. A letter at
  the end counts as its place in that row. \`H801200001001\` is right.
- **ULN**: ten digits. Ten times the first, nine times the second, and so on to twice the ninth; the sum divided by 11 leaves a
  remainder, which is never 0, and ten less the remainder is the last digit. \`1000000027\` is right.
- **UCI**: five digits of the examination centre, 0 (or a letter for centres abroad), six digits and a letter.
- **Gender** became **Sex** between version 23 and 24: which of the two is not verified. Read either in any version; write the one
  that your version has.
- Surnames in capitals are common in real files. Show them as they are.`,
  BasicDetails: `Other names, year group, ethnicity, languages, disability: what a school form asks at the start.

- \`EthnicitySource\` must be there where \`Ethnicity\` is. If the group was refused, only the child or the parent can have
  done so.
- \`PreferredSurname\` is what the school calls the child; \`Surname\` stays the legal one.
- A child with two first languages has two \`Type\` blocks with \`LanguageType\` M, not one with F.
- \`MedicalFlag\` says only that the old school holds medical information worth asking for.
- Nationality, country of birth and proficiency in English came with 17; whether versions after 18 carry them is not verified.
- The concerns about the child of somebody in the armed forces came with 18: MoveConcern, DeployConcern, SepConcern (NONE, ACAD, EMOT or BOTH,
  CBDS CS103), ConcernDetails (500 characters) and DateOfAssessment (CBDS N00628 to N00632). The element around them is not known,
  so they are in no table here and are kept as unknown.`,
  FSMhistory: `Periods in which the pupil was entitled to free school meals, past ones too.

- An open period has no \`FSMendDate\`; its \`FSMreviewDate\` then lies ahead. A period that ended needs no review.
- \`UKcountry\` stays blank for periods that ended before 1 September 2012.
- Before 2012 a period may be a single day: that of the school census.
- \`FSMreviewDate\` stands once, before the periods, not in them.`,
  NAWdetails: `What Wales asks for beside the rest (NAW: National Assembly for Wales): the Welsh language, national identity, English as an
additional language, and, since 2025, additional learning needs (ALN) in place of special educational needs. Its names are seen
in two exporters; its code lists are not published where we could read them, so a strange code there is only a warning.

- \`EthnicitySource\` stands here a second time, for the Welsh definition.
- The four \`SEN…\` items say how much support a pupil has, from 1 on.`,
  LookedAfter: `Whether a local authority looks after the child. Where \`InCare\` is true, \`CareAuthority\` says which, and among the contacts
there is a social worker (\`SWR\`) with a telephone number. Treat it with particular care: few people in a school may know.`,
  SENhistory: `The support that a pupil had and has (\`SEN\`), period by period, and what for (\`SENneeds\`).

- England uses \`N\`, \`K\` and \`E\` since 2014; \`A\`, \`P\` and \`S\` are right for earlier periods.
- \`StartDate\` is needed unless the provision is \`N\`, and so is at least one need.
- \`SENtypeRank\` counts needs from 1 without gaps; older systems wrote it behind \`SENtype\`.
- Wales replaced it by ALN from September 2025; the history stays.`,
  Address: `Where somebody lives; the same block for pupils and contacts.

- **Either** \`BS7666Address\` (the parts of an address by British Standard 7666: \`PAON\` is the house, \`SAON\` the flat) **or**
  \`AddressLines\`. Some files have both: read both.
- A BS 7666 address has at least one of \`Locality\`, \`Town\`, \`AdministrativeArea\`. \`Street\` may be missing: a farm has none.
- It is \`PostCode\`, with a capital C: \`A9 9AA\`, \`A99 9AA\`, \`A9A 9AA\`, \`AA9 9AA\`, \`AA99 9AA\`, \`AA9A 9AA\` or \`BFPO 999\`, with
  one space. An O for the zero of its second half is a common slip.
- A contact who lives with the pupil has \`AddressAsPupil\` and nothing else.
- \`County\` is the postal county and \`Zip\` a postcode abroad.`,
  Phones: `Telephone numbers of the pupil or of a contact. Digits with a leading + at most is the rule; spaces and hyphens occur in real files
and do no harm if you take them out.`,
  Contacts: `Parents, carers and others to call, in the order of \`Order\`; several may share a place.

- \`Responsibility\` is parental responsibility in law, which a step-parent or foster carer often does not have, and a parent
  who lives elsewhere often has. It decides who is asked and told.
- **Never match a contact by name and sex alone** with one that you hold. A system once did, and overwrote the addresses of
  other families.
- \`Title\`: write \`Mr\`, \`Mrs\`, \`Ms\`, \`Miss\`, \`Rev\`, \`Fr\`, \`Dr\`, \`Prof\`, \`Hon\`, \`Sir\`, \`Lord\` and \`Lady\` exactly so; any other is
  free text.`,
  Attendance: `Sessions (half days) by academic year, as sums and, term by term, as marks.

- \`SessionsPossible\` is at least the sum of the two kinds of absence; a term has fewer than 151 sessions, a year at most 400.
- \`AttendanceMarks\` is one string: morning, afternoon, morning, afternoon, from \`AttendanceStartDate\` on. \`/\` is present in the
  morning, \`\\\` in the afternoon, \`#\` a session on which the school is closed. Whether weekends are in it is not said: if every
  Saturday and Sunday that the string would reach is \`#\`, they are.
- Since August 2024 England has marks of **two characters** (\`C1\`, \`Y2\`). How they are strung together is not verified, so do not
  take the string apart without knowing who wrote it.
- A pupil who was at two schools in a year has two \`YearData\`, each with its school. \`SchoolName\` is needed where \`Estab\` is
  \`XXXX\`.`,
  StageAssessments: `Results, grouped by stage: \`KeyStage\` holds a \`Stage\` and its assessments.

- A result is understood by **four codes together**: \`Subject\`, \`Method\`, \`Component\` and \`ResultQualifier\`. The DfE publishes
  the combinations each year as _component files_, which are not part of the format; this product knows their shape only.
- \`Locale\` is the curriculum that the pupil was assessed by, not the country the pupil lives in.
- \`Year\` is the calendar year in which the academic year **ended**.
- \`Result\` is up to nine characters: a number, a level, or a code such as \`A\` for absent. Never assume a number. The
  multiplication tables check, for example, gives 0 to 25 or a letter.
- **Multiplication tables check**: \`KS2\`, \`MAT\`, \`TT\`, \`MTC\`, \`R\`, \`MT\`, and 0 to 25, or A absent, B working below, H cheating,
  J just arrived, L left, NAA not able to take it, Q maladministration, U unable to access, X not taken, Z wrongly registered
  (MTC).
- **Phonics screening**: 0 to 40, or A absent, D did not take part, L left, Q maladministration (a school system's help pages).
- To be sent where the school has them (CBDS CS064): \`EYF\`, \`FSP\`, \`KS1\`, \`K1T\`, \`K2P\`, \`K3P\`, \`KS2\`, \`KS3\`, \`SL2\` to
  \`SL6\`.`,
  SchoolHistory: `The schools that the pupil has been to, with dates and reasons: the first that an authority reads when it looks for a child.

- The school that makes the file belongs in it, with the day on which the pupil leaves.
- A school abroad or unknown is \`XXX\` and \`XXXX\` with its name.
- \`LeavingReason\` has new codes; those of old records (\`JS\`, \`ST\`, \`OT\` …) stay right for old records.
- \`RemovalGrounds\` is another thing: the legal ground on which a name was taken off the register.`,
  ATFheader: `The header of an admissions file: as that of a CTF, but for \`ATFversion\`, the text of \`DocumentName\`, and no items of partial
files. The source is the authority, \`LLLL\`.`,
  ATFpupil: `A pupil to whom a place is offered. The element is called \`Pupil\` here too; only what differs from the CTF has a section of its
own. A child who has not been at a school yet has no UPN.`,
  ATFbasicDetails: `As \`BasicDetails\` of a CTF, but that the former UPN is called \`UPN\` and there is no enrolment status.`,
  Admissions: `Whether the place is accepted.`,
}

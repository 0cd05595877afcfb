/** The chapters behind the tables: kinds of file, Wales, sending and receiving, how sure, checking, open questions. */
export const KINDS = `
## Partial files

A partial file has the same frame. Its header says \`partial\`, its \`DataQualifier\` and the middle of its name say which kind, and
each pupil has the core items and the blocks that the kind is about, no more.

| qualifier | what it carries                                     | blocks beside the core items       | certainty           |
| --------- | --------------------------------------------------- | ---------------------------------- | ------------------- |
| \`FSP\`     | early years foundation stage profile                | \`StageAssessments\`, stage \`EYF\`     | code verified, blocks inferred |
| \`KS1\`     | key stage 1                                         | \`StageAssessments\`                 | code verified, blocks inferred |
| \`KS2\`     | key stage 2, and the multiplication tables check    | \`StageAssessments\`                 | verified (MTC)      |
| \`KS3\`     | key stage 3                                         | \`StageAssessments\`                 | code verified, blocks inferred |
| \`PHO\`     | phonics screening check of year 1                   | \`StageAssessments\`                 | code verified, blocks inferred |
| \`FSM\`     | eligibility for free school meals                   | \`FSMhistory\`                       | code verified, blocks inferred |
| \`ULN\`     | unique learner numbers                              | \`Address\` in a request             | verified (s2s)      |
| \`FPH\`     | Foundation Phase of Wales                           | \`StageAssessments\`                 | code verified, blocks inferred |
| \`WNT\`     | Welsh National Tests                                | \`StageAssessments\`                 | code verified, blocks inferred |
| \`CMJ\`     | pupils who joined a school                          | see below                          | code verified, blocks inferred |
| \`CML\`     | pupils who left a school                            | see below                          | code verified, blocks inferred |
| \`OTH\`     | what the user chose                                 | any                                | code verified, blocks inferred |

\`DataDescriptor\` may say it in words. The exporters of the DfE itself leave \`DataQualifier\` out of their partial files, so a
reader must not demand it; the name says the same. The codes are CBDS CS065.

## Joiners and leavers (CMJ, CML)

Since CTF 17 a school can tell its local authority which pupils joined and which left, so that an authority notices a child whom
no school has. The specification has a chapter for the message, whose text we have not seen. **Inferred**: the same root and header,
\`DataQualifier\` \`CMJ\` or \`CML\`, the authority (\`681LLLL\`) as the destination; for each pupil the core items, address, contacts, and
the school history with \`RemovalGrounds\` of a leaver.

## A request for learner numbers (ULN)

A school asks the Learning Records Service for unique learner numbers by a partial file with the qualifier \`ULN\`, and gets a file back
with them. Each pupil needs UPN, surname, forename, date of birth, sex (or gender) and a **postcode**, and either house
(\`PAON\`), street and one of locality, town and area, **or** the first address line. Without a postcode the service rejects the whole
file (return code RC10). Send nothing else: any mistake in a contact or a need rejects it too. The destination is the school's own
number. When the answer comes, add numbers to pupils who have none; never overwrite one. (education.gov.uk page on CTF 12; s2s ULN FAQ, 2013.)

## Wales

One format serves both countries. What differs:

- \`NAWdetails\`, the codes of which are U: known, not verified.
- Special educational needs gave way to **additional learning needs** (ALN) with individual development plans (IDP); the elements for
  them are known from CTF 26.
- Assessments carry \`Locale\` \`WAL\`: outcomes of the Foundation Phase, national tests as age-standardised scores (\`NA\`) and progress
  scores (\`NG\`), stages \`NC2\` to \`NC9\` for school years.
- UPNs may hold a pseudo LA number of Wales in place of a real one.
- In the UK country of a free meals period Wales is \`WLS\`; as a locale it is \`WAL\`.

## The admissions transfer file (ATF)

Local authorities send schools the pupils to whom they offer a place in a sister format, made by the same authors from the same
blocks. The root is \`ATfile\`, its children \`Header\` and \`ATFpupilData\`, \`DocumentName\` is _Admissions Data Transfer File_,
\`ATFversion\` takes the place of \`CTFversion\`, and the source is the authority with \`LLLL\`. Beside the blocks of the CTF a
pupil has an \`ApplicationReference\` at its start and \`Admissions\` with \`Accept\`. In \`BasicDetails\` the former UPN is called \`UPN\`.
Attendance and assessments are not in it. What the tables say of \`ATfile\` rests on one example of ATF 15 and one writer of ATF 19.

## Sending and receiving

- **Importing.** Match by UPN first, then by full name **and** date of birth; what matches neither is a new pupil or applicant. Let
  the user choose blocks, and show what would change. Warn when the same pupil is imported twice.
- **Not ours.** Refuse a file whose destination is another school, and tell the sender.
- **Keep what you do not know.** Elements that your version does not have, and \`SuppInfo\`, belong to the child's record: keep them for
  the next file.
- **Version.** Read the current version and the one before at least. Reading the union of all versions is easy, since nothing has
  changed its meaning: this product does so from 12 on.
- **Size.** Marks make most of a file. A year group is some megabytes; read it as a stream.
`

/** How sure the facts are, and where they come from. */
export const CERTAINTY = `
## How sure, and why

The DfE announces a specification and a schema for each version on gov.uk. Neither was at hand for this manual, which is put
together from what was:

| short    | source                                                                                                       |
| -------- | ------------------------------------------------------------------------------------------------------------ |
| CBDS     | DfE, _Common Basic Data Set_, August 2018: items, formats, code sets; marks the 111 items that CTF 17 and 18 carry |
| MIS12    | a published exporter and importer of CTF 12 of a school system: names, nesting, order                        |
| ATF15    | the example of the DfE and the National Assembly for Wales of the sister file ATF 15.0                       |
| ATF19    | a published writer of ATF 19: what is optional                                                               |
| MTC      | the DfE's Multiplication Tables Check, whose exporter writes partial files                                   |
| GIAP     | the DfE's Get Information about Pupils, whose exporter writes CTF 25 and 26                                  |
| guidance | Welsh Government, guidance for local authorities on s2s: names of files, the Lost Pupil Database             |

Each row of a table says how sure it is, and so does each code set:

- **V**, verified: stands in a source. A value of another form refuses the file, and so does a core item that is missing;
  order, and what is merely _expected_, only warn.
- **I**, inferred: from sources that agree, or from the nearest sister. A breach is a warning.
- **U**, unverified: known, but no source was seen. A breach is a warning.

CBDS is England's and of 2018. Codes that were added since are U until somebody shows us a source; we are glad of every correction.
`

/** How to check and write a file with this product. */
export const CHECKING = `
## Checking a file

\`\`\`sh
cts ctf check 6814039_CTF_6804020_001.XML            # what is wrong, where, and what to do; --lang cy in Welsh
cts ctf xsd --version 26 > ctf26.xsd                 # the same structure as an XML schema
cts ctf sample --version 26 --pupils 20 --seed 1     # an invented file to try an importer with
\`\`\`

[All rules](ctf-rules.md) have a number, a reason and a source. The same check runs when a file is uploaded. From a program, use
[the library](ctf-library.md).
`

/** What is not known. */
export const OPEN = `
## Open questions

In the order of what an answer would be worth:

1. The official schema and example of CTF 25 or 26 would settle order and how often, the element around the concerns about a
   service child, the places of \`RemovalGrounds\` and of the end dates, and the message of joiners and leavers.
2. The code lists of Wales.
3. The component files: subject, method, component and result.
4. How attendance marks of two characters are strung together since August 2024.
5. In which version Gender became Sex, and whether in contacts too.
6. Whether nationality, country of birth, proficiency in English and the dates of an address are carried after CTF 18; whether the year of
   attendance is the first or the last of its academic year; whether newer census items, such as young carer, were added.
`

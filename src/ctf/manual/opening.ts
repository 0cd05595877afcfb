/** The first chapters of the manual, before the versions: what a CTF is, who sends it, a first file, names and frame. */
export const OPENING = `
## What a Common Transfer File is

A Common Transfer File (CTF) is an XML file with what a school knows of one or more of its pupils. When a pupil moves,
the old school's system writes it and the new school's system reads it, so that nobody has to type a child's history
again, and no child is lost between two registers.

- A **full** file goes with a pupil who moves to another school.
- A **partial** file carries one kind of data while the pupil stays where it is: results of a national test, eligibility
  for free school meals, a request for unique learner numbers. The Department for Education (DfE) also calls it an
  _XML data transfer_. [Partial files](#partial-files) lists the kinds.

One file may hold a single pupil, brothers and sisters, or a whole year group. It carries data only: no documents, no
pictures, no GCSE results. Making a file must not take a pupil off the roll; that is a decision of its own. A school may
address a file to itself, to move data between two systems of its own.

This manual was made without the DfE's own specification, from other public sources. So it says of every fact how sure
it is: see [How sure, and why](#how-sure-and-why).

## Who must send one, and when

- **England**: when a pupil leaves a maintained school and is registered at another, the old school (or its local
  authority) sends the file within **15 school days** of the pupil's ceasing to be registered (The Education (Pupil
  Information) (England) Regulations 2005, SI 2005/1437, regulation 9; Schedule 2 lists the data: identity, ethnic group,
  first language, special educational needs, attendance of the year, results, and the two schools).
- **Wales**: The Education (Pupil Information) (Wales) Regulations 2011, SI 2011/1942 (W. 209). Schedule 2 adds the unique
  learner number, national identity, fluency in Welsh and Welsh at home, free school meals, and the stage of acquiring
  English, with who said so. Maintained schools in Wales must use the Common Transfer System.
- The file may go **ahead of the pupil**, as soon as a place is accepted, and again later with more in it.
- **Nobody knows where the child went**: wait 15 school days for a new school to make contact, then address the file to
  \`XXXXXXX\`. It goes to the Lost Pupil Database, which the local authorities search.
- **The child left the maintained sector** of England and Wales (an independent school that has no number in use, Scotland,
  Northern Ireland, abroad): address it to \`MMMMMMM\`. It is kept in the same place, in case the child comes back. A school
  that has a number, such as a service school abroad, is addressed by it.
- A file for \`XXXXXXX\` or \`MMMMMMM\` has **exactly one pupil**, so that it can be found and handed on alone (guidance for
  local authorities on s2s, §1.3).
- A school that receives looks for files at least once a week, as authorities advise.

## A first file

The least that a full file of CTF 26 can be. \`cts ctf sample\` writes larger ones, with every block.

\`\`\`xml
<?xml version="1.0" encoding="UTF-8"?>
<CTfile>
  <Header>
    <DocumentName>Common Transfer File</DocumentName>
    <CTFversion>26.0</CTFversion>
    <DateTime>2026-11-20T10:00:00</DateTime>
    <DocumentQualifier>full</DocumentQualifier>
    <SupplierID>Example MIS 1.0</SupplierID>
    <SourceSchool>
      <LEA>681</LEA>
      <Estab>4039</Estab>
      <SchoolName>Ysgol Ddychmygol</SchoolName>
      <AcademicYear>2026</AcademicYear>
    </SourceSchool>
    <DestSchool>
      <LEA>680</LEA>
      <Estab>4020</Estab>
    </DestSchool>
  </Header>
  <CTFpupilData>
    <Pupil>
      <UPN>H801200001001</UPN>
      <Surname>Llewelyn</Surname>
      <Forename>Siân</Forename>
      <DOB>2015-03-01</DOB>
      <Sex>F</Sex>
    </Pupil>
  </CTFpupilData>
</CTfile>
\`\`\`

Its name is \`6814039_CTF_6804020_001.XML\`.

## File names

\`\`\`text
6814039_CTF_6804020_001.XML
│  │    │   │  │    └── serial number: 001, 002 … for each destination
│  │    │   └──┴─────── who receives it, built in the same way
│  │    └────────────── what it is: CTF, or the qualifier of a partial file
└──┴─────────────────── who sends it: LA number (3 digits), establishment number (4)
\`\`\`

| part                    | written                                                                      | certainty    |
| ----------------------- | ---------------------------------------------------------------------------- | ------------ |
| a school                | LA number and establishment number, \`6814039\`                                | verified     |
| a local authority       | LA number and \`LLLL\`, \`681LLLL\`                                              | verified     |
| destination not known   | \`XXXXXXX\`                                                                    | verified     |
| left the maintained sector | \`MMMMMMM\`                                                                 | verified     |
| a partial file          | its qualifier in place of \`CTF\`: \`6814039_KS2_6804020_001.XML\`               | verified     |
| an admissions file      | \`681LLLL_ATF_6814039_001.XML\`                                                | verified     |

The grammar is Appendix 2 of the guidance for local authorities on s2s. Letter case does not matter; upper case is the
canonical spelling. Two traps:

- A browser that saves a second copy writes \`…_001 (1).xml\`. Many systems refuse that name; \`cts\` reads it and says what
  was meant.
- The two schools in the name are those in the header. A file whose name and header disagree is refused.

## The frame

- The root element is \`CTfile\` (capital C and T), **without a namespace** and without attributes. Its children are
  \`Header\` and \`CTFpupilData\`, which holds one \`Pupil\` or more. The sister format has [other names](#the-admissions-transfer-file-atf).
- **UTF-8**, with an XML declaration. No document type, no entities of one's own.
- **Elements only**: data never stands in attributes, and no text stands between elements.
- **Order counts.** The children of an element stand in the order of the tables below. Write that order; when reading, be
  lenient: in some places it is inferred.
- **Leave out what you do not have.** Real files have \`<LeavingDate/>\` in them, and strict importers fail on it.
- **Dates** are \`CCYY-MM-DD\`, times \`CCYY-MM-DDThh:mm:ss\` in 24 hours, without a fraction and without a zone. **Yes or no** is
  \`true\` or \`false\`; \`1\` and \`0\` are as good. Blanks at both ends of a value do not count.
- **\`SuppInfo\`** may end most blocks: a \`SuppID\` that says whose it is, and then anything well formed. It is the only place
  for data of your own. Keep what others put there.
- **Core items**, without which a file is refused: UPN, surname, forename, date of birth, and sex (or gender). Everything else
  can be left out: in most systems each other block is a box to tick.
`

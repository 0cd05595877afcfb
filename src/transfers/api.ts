import { z } from 'zod'
import { wordsOf, type Language } from '../kit/i18n.ts'
import { route, type Exchange } from '../permissions/route.ts'
import { confirmFile } from './confirm-file.ts'
import { fetchFile } from './fetch-file.ts'
import {
  checkedFileAnswer,
  fileAnswer,
  fileWithHistoryAnswer,
  toFileAnswer,
  toFindingAnswer,
  toHistoryAnswer,
} from './file-answer.ts'
import { listFilesAction } from './list-files.ts'
import { noteContentSent } from './note-content-sent.ts'
import { readdressFile } from './readdress-file.ts'
import { recallFile } from './recall-file.ts'
import { rejectFile } from './reject-file.ts'
import type { Side } from './rules.ts'
import { showFile } from './show-file.ts'
import type { FileRow } from './store.ts'
import { uploadFile } from './upload-file.ts'

const FILE_TYPES = ['application/xml', 'text/xml', 'application/zip', 'application/octet-stream']

function checked(file: FileRow, language: Language): z.infer<typeof checkedFileAnswer> {
  const words = wordsOf(language)
  return { ...toFileAnswer(file), findings: file.findings.map((finding) => toFindingAnswer(finding, words)) }
}

/** Sends the bytes under their own name. */
function answerContent(fetched: { file: FileRow; as: Side; bytes: Buffer }, exchange: Exchange): Buffer {
  void exchange.reply
    .type('application/xml')
    .header('content-disposition', `attachment; filename="${fetched.file.name}"`)
  noteContentSent(fetched, exchange, exchange.actor)
  return fetched.bytes
}

/** The API of this room. */
export const routes = [
  route({
    method: 'POST',
    path: '/api/v1/files',
    action: uploadFile,
    query: ['name'],
    bytes: FILE_TYPES,
    status: ({ again }) => (again ? 200 : 201),
    summary: 'Send a file; the answer is its receipt',
    refusals: [409, 413, 415, 422, 503],
    answers: checkedFileAnswer,
    answer: ({ file }, { language }) => checked(file, language),
  }),
  route({
    method: 'GET',
    path: '/api/v1/files',
    action: listFilesAction,
    query: ['box', 'status', 'kind', 'since', 'after'],
    summary: 'Files that await us or that we sent, newest first',
    answers: z.object({ items: z.array(fileAnswer), next: z.string().nullable() }),
    answer: ({ items, next }) => ({ items: items.map(toFileAnswer), next }),
  }),
  route({
    method: 'GET',
    path: '/api/v1/files/{id}',
    action: showFile,
    summary: 'One file with its findings and history',
    answers: fileWithHistoryAnswer,
    answer: ({ file, history }, { language }) => ({
      ...checked(file, language),
      history: history.map(toHistoryAnswer),
    }),
  }),
  route({
    method: 'GET',
    path: '/api/v1/files/{id}/content',
    action: fetchFile,
    summary: 'The bytes of a file exactly as sent',
    refusals: [409, 410],
    answers: 'application/xml',
    answer: answerContent,
  }),
  route({
    method: 'POST',
    path: '/api/v1/files/{id}/confirm',
    action: confirmFile,
    summary: 'Downloaded correctly',
    refusals: [409],
    answers: fileAnswer,
    answer: toFileAnswer,
  }),
  route({
    method: 'POST',
    path: '/api/v1/files/{id}/reject',
    action: rejectFile,
    summary: 'Reject a file with a reason',
    refusals: [409],
    answers: fileAnswer,
    answer: toFileAnswer,
  }),
  route({
    method: 'POST',
    path: '/api/v1/files/{id}/readdress',
    action: readdressFile,
    status: 201,
    summary: 'Send an own file that was rejected on to another destination',
    refusals: [409, 410, 422, 503],
    answers: checkedFileAnswer,
    answer: (file, { language }) => checked(file, language),
  }),
  route({
    method: 'DELETE',
    path: '/api/v1/files/{id}',
    action: recallFile,
    summary: 'Recall an own file before it is fetched',
    refusals: [409],
    answers: fileAnswer,
    answer: toFileAnswer,
  }),
] as const

import { expect, test } from '@jest/globals'
import { fileAccessOf } from './file-access.js'

test.each([
  ['', '', '', {}],
  ['0644', '2775', '', { fileMode: 0o644, folderMode: 0o2775 }],
  ['', '', '1000:100', { owner: 1000, group: 100 }],
  ['600', '', '0:0', { fileMode: 0o600, owner: 0, group: 0 }],
])('mode %j, folders %j, owner %j', (file_mode, folder_mode, owner, access) => {
  expect(fileAccessOf({ file_mode, folder_mode, owner })).toEqual({
    ...{ fileMode: undefined, folderMode: undefined, owner: undefined, group: undefined },
    ...access,
  })
})

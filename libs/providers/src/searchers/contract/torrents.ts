/** A list of two files. Written by hand, so that the hash is of bytes that nobody of ours encoded. */
const FILES = 'd6:lengthi7e4:pathl6:01.mp3eed6:lengthi9e4:pathl3:CD26:02.mp3ee'
const PIECES = `6:pieces20:${'p'.repeat(20)}`

const info = (more: string) => `d5:filesl${FILES}e${more}4:name5:Album12:piece lengthi16384e${PIECES}e`

export const INFO = info('')
export const HYBRID_INFO = info('9:file treede12:meta versioni2e')
export const V2_INFO = 'd9:file treed6:01.mp3d0:d6:lengthi7eeee12:meta versioni2e4:name5:Album12:piece lengthi16384ee'

export const torrentOf = (rawInfo: string) => Buffer.from(`d8:announce11:http://t/an4:info${rawInfo}e`, 'latin1')

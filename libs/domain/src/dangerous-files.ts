/** What runs when it is opened, or makes other things run: none of it belongs to music, films or series. Images of discs do. */
const PROGRAMS = [
  ...['exe', 'com', 'scr', 'pif', 'cpl', 'dll', 'sys', 'ocx', 'msi', 'msp', 'msix', 'appx', 'gadget'],
  ...['bat', 'cmd', 'ps1', 'psm1', 'vb', 'vbs', 'vbe', 'js', 'jse', 'wsf', 'wsh', 'hta', 'sct', 'reg', 'scf', 'chm', 'hlp'],
  ...['lnk', 'library-ms', 'settingcontent-ms', 'application', 'jar', 'apk', 'xpi', 'crx', 'ipa'],
  ...['sh', 'bash', 'command', 'desktop', 'run', 'elf', 'pkg', 'deb', 'rpm', 'appimage', 'py', 'pyc', 'pl', 'rb'],
  ...['docm', 'xlsm', 'pptm', 'xlam', 'dmg', 'vhd', 'vhdx'],
]
const ARCHIVES = ['rar', 'zip', '7z', 'tar', 'gz', 'tgz', 'bz2', 'xz', 'zst', 'ace', 'arj', 'cab', 'lzh', 'zipx']

const DANGEROUS = new Set(PROGRAMS)
const PACKED = new Set(ARCHIVES)
// Makes the end of a name be shown elsewhere: `song<override>3pm.exe`.
const TURNS_TEXT = /[\u202D\u202E]/
/** What some systems leave out when they open a file. */
const IGNORED_AT_THE_END = new Set([' ', '.', '\u00A0', '\u200B', '\u200E', '\u200F'])
const PART_OF_ARCHIVE = /^r\d{2,3}$/

interface Named {
  path: string
}

/** The first file that nobody should have on disk. */
export function dangerousFile<T extends Named>(files: readonly T[]): T | undefined {
  return files.find(({ path }) => TURNS_TEXT.test(path) || DANGEROUS.has(extensionOf(path)))
}

export function isArchive({ path }: Named): boolean {
  const extension = extensionOf(path)
  return PACKED.has(extension) || PART_OF_ARCHIVE.test(extension)
}

function extensionOf(path: string): string {
  let end = path.length
  while (end > 0 && IGNORED_AT_THE_END.has(path[end - 1] ?? '')) end -= 1
  const name = path.slice(path.lastIndexOf('/', end - 1) + 1, end)
  const dot = name.lastIndexOf('.')
  return dot < 0 ? '' : name.slice(dot + 1).toLowerCase()
}

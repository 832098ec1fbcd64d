import { chmod, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * Names what a program is to do with the script's arguments, by the content of files and without the name of what it makes. What
 * it has done once it is not started for again: that is most of the work on a short sample, and hundreds of tickets want the same few.
 */
const KEY = `key=$(for arg; do
  if [ "$arg" = "$output" ]; then echo output
  elif [ -f "$arg" ]; then cksum < "$arg"
  else echo "$arg"
  fi
done | cksum)`

/** The end of a shell script: runs ffmpeg, whose last argument is what it makes. */
export function makeOnce(ffmpeg: string): string {
  return `for output; do :; done
case $output in /*) ;; *) exec '${ffmpeg}' "$@" ;; esac
${KEY}
[ ! -e "made-$key" ] || exec cp "made-$key" "$output"
'${ffmpeg}' "$@" 2> "errors.$$"
code=$?
cat "errors.$$" >&2
# It may end well although it could not write.
grep -q 'No space left' "errors.$$" && exit $code
[ $code = 0 ] || exit $code
rm "errors.$$"
cp "$output" "made-$key.$$" && mv "made-$key.$$" "made-$key"
`
}

/** An ffprobe that looks at the same content once; its path. */
export async function makeRememberingFfprobe(folder: string, ffprobe: string): Promise<string> {
  const path = join(folder, 'ffprobe')
  await mkdir(folder, { recursive: true })
  await writeFile(path, script(folder, ffprobe))
  await chmod(path, 0o755)
  return path
}

function script(folder: string, ffprobe: string): string {
  return `#!/bin/sh
cd '${folder}'
output=
${KEY}
said="said-$key"
if [ ! -e "$said" ]; then
  '${ffprobe}' "$@" > "$said.$$" 2> "$said.$$.warnings"
  code=$?
  cat "$said.$$.warnings" >&2
  [ $code = 0 ] || exit $code
  mv "$said.$$.warnings" "$said.warnings" && mv "$said.$$" "$said"
else
  cat "$said.warnings" >&2
fi
exec cat "$said"
`
}

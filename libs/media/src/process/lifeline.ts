/**
 * Runs a program so that it dies with us. ffmpeg ignores broken pipes and would run on when our process is killed with -9,
 * beside the attempt that replaces it. The watcher's read ends when our end of pipe 3 closes, however that came about, and
 * takes the process group down. The trap keeps the leader alive on SIGTERM until the program has had its grace; the shell's
 * traps are reset in the program itself. The first argument bounds the memory of all of it, in KB of addresses; 0 is no bound.
 */
export const LIFELINE_SCRIPT = `
[ "$1" = 0 ] || ulimit -v "$1" 2>/dev/null
shift
trap : TERM
"$@" 3<&- & program=$!
(trap '' TERM; read -r _ <&3; kill -9 0) >/dev/null 2>&1 & watcher=$!
exec 3<&-
wait $program; code=$?
while kill -0 $program 2>/dev/null; do wait $program; code=$?; done
kill -9 $watcher 2>/dev/null
exit $code
`

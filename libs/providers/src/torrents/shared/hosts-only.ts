/** aria2 repeats whole addresses in its complaints, and the path of a tracker is often a user's key. Of each only the host stays. */
export function hostsOnly(text: string): string {
  return text
    .replace(/\b([a-z][a-z0-9+.-]{1,20}):\/\/(?:[^\s/?#@]*@)?([^\s/?#]*)[^\s]*/gi, '$1://$2/…')
    .replace(/magnet:\?\S*/gi, 'magnet:?…')
}

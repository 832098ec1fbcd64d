-- By hand: artist and name find all that the id of a track would, since an id counts only together with them.
DROP INDEX "torrent_contents_track_idx";

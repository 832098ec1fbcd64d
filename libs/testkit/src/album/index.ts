export { type Album, type AlbumOptions, type AlbumTrack, makeAlbum } from './make-album.js'
export { albumTicket, type Offer, type OfferOptions, offerAlbum } from './offer-album.js'

package dev.elbo.map;

/** What noise of maps is for; the order is part of the result. */
enum MapNoise {
  SELECTION,
  START
}

package dev.rekey.service.port;

/** Where new ids come from. */
public interface Ids {

  /**
   * An id that no other operation has: letters, digits and hyphens, later ones sort behind earlier
   * ones.
   */
  String next();
}

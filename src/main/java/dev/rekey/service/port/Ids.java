package dev.rekey.service.port;

import org.jspecify.annotations.Nullable;

/** Where new ids come from. */
public interface Ids {

  /**
   * An id that no other operation has: letters, digits and hyphens.
   *
   * @param last the id that it sorts behind, whatever the clock says; null if there is none
   */
  String next(@Nullable String last);
}

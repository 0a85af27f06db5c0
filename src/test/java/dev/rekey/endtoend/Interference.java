package dev.rekey.endtoend;

import dev.rekey.reencryption.Listing;
import dev.rekey.reencryption.Look;
import dev.rekey.reencryption.SecretRef;

/** What a test does to the cluster at given points of a run. Called on the thread that works. */
interface Interference {
  Interference NONE = new Interference() {};

  /** A page of a list has come. */
  default void afterPage(String namespace, Listing<SecretRef> page) {}

  /**
   * A patch is about to be sent.
   *
   * @param inFlight patches sent before it whose answers weren't taken yet
   */
  default void beforePatch(SecretRef secret, int inFlight) {}

  /** An answer to a patch was taken. */
  default void afterLook(Look look) {}
}

package dev.rekey.reencryption;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What came of one empty patch. The server's error text is never kept: it can quote data. */
public sealed interface PatchAnswer {

  /** The patch went through; the Secret now has this resourceVersion. */
  record Patched(String resourceVersion) implements PatchAnswer {}

  /** There is no such Secret any more (404). */
  record Gone() implements PatchAnswer {}

  /**
   * The server refuses for a reason that another try does not change.
   *
   * @param by the name of the policy or webhook that denied it; null where there is none
   */
  record Refused(ExceptionReason reason, @Nullable String by) implements PatchAnswer {}

  /**
   * No final answer: try again later.
   *
   * @param retryAfter the server's own wish; null if it named none
   */
  record Busy(BusyCause cause, @Nullable Duration retryAfter) implements PatchAnswer {}
}

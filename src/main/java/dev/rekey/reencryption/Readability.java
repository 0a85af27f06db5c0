package dev.rekey.reencryption;

/**
 * What a trial says of Secrets that lie where no key id tells under which key: each was read, so
 * that an API server could decrypt it, and would be written again.
 *
 * @param readable Secrets that an API server was seen to read
 * @param unread Secrets that no API server was seen to read
 * @param unwritable Secrets that were read, and that something stands against writing
 * @param stands whether the trial stands and the counters speak for each of its looks
 */
public record Readability(long readable, long unread, long unwritable, boolean stands) {

  /** Of a pass; one that hasn't ended says nothing. */
  public static Readability of(Pass pass) {
    ExceptionCounts exceptions = pass.exceptions();
    long unread = exceptions.unread();
    long untold = exceptions.of(ExceptionReason.DRY_RUN_UNSUPPORTED);
    long all = exceptions.byReason().values().stream().mapToLong(Long::longValue).sum();
    boolean stands = pass.kind() == PassKind.TRIAL && pass.stands() && pass.isCounted();
    long readable = pass.tally().discovered() - pass.tally().deleted() - unread;
    return new Readability(readable, unread, all - unread - untold, stands);
  }

  /** Whether every Secret was read, and nothing is known to stand against writing any. */
  public boolean isOfAll() {
    return stands && unread == 0 && unwritable == 0;
  }
}

package dev.rekey.service.port;

/**
 * What is counted and alerted on. No Secret's value or name and no text of another system goes in.
 */
public interface Signals {

  /**
   * Counts that something happened.
   *
   * @param name what, such as {@code key-event-ignored}
   * @param reason the stable token of the reason
   */
  void count(String name, String reason);

  /**
   * Counts that something happened, and says what a person needs to know to mend it.
   *
   * @param detail our own words, such as the message of an {@link OutsideFault}
   */
  default void tell(String name, String reason, String detail) {
    count(name, reason);
  }

  /** Counts that a call to the outside failed, with the fault's own words for a person. */
  default void tell(String name, OutsideFault fault) {
    tell(name, fault.token(), String.valueOf(fault.getMessage()));
  }
}

package dev.rekey.testbed.functionshost.worker;

/**
 * How a call ended.
 *
 * @param returned null where the function returns nothing, or failed
 * @param failure null where it succeeded
 */
public record CallResult(Object returned, String failure) {

  static CallResult success(Object returned) {
    return new CallResult(returned, null);
  }

  static CallResult failure(String message) {
    return new CallResult(null, message);
  }

  public boolean succeeded() {
    return failure == null;
  }
}

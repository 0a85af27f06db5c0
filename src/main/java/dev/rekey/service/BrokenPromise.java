package dev.rekey.service;

/**
 * A promise of docs/reliability.md is about to be broken, or has been: by a mistake of ours, or
 * because somebody has changed our records. The operation goes no step further.
 */
final class BrokenPromise extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String promise;

  /**
   * @param promise its number, such as {@code K2}
   * @param what what is not so, in our own words
   */
  BrokenPromise(String promise, String what) {
    super(promise + ": " + what);
    this.promise = promise;
  }

  String promise() {
    return promise;
  }
}

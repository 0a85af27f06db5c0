package dev.rekey.key;

/** Whether a key version can serve in a slot, or the first reason why not. */
public enum KeyFitness {
  FIT("it can be used"),
  DISABLED("it is disabled"),
  NOT_YET_VALID("its not-before date has not come"),
  EXPIRED("it has expired"),
  NOT_RSA("it is not an RSA key, the only type that AKS supports"),
  LACKS_OPERATIONS("it does not permit both encrypt and decrypt");

  private final String sentence;

  KeyFitness(String sentence) {
    this.sentence = sentence;
  }

  public String sentence() {
    return sentence;
  }
}

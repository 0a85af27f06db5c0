package dev.rekey.reencryption;

/** Why a search may not have named all. The token is stable: users see it. */
public enum Doubt {
  BOUNDED("bounded", "the search came to its limit of rounds, looks or names"),
  OTHERS_READ("others-read", "other clients read as many such Secrets as were counted"),
  INTERRUPTED("interrupted", "API servers restarted or went unseen in each round");

  private final String token;
  private final String sentence;

  Doubt(String token, String sentence) {
    this.token = token;
    this.sentence = sentence;
  }

  public String token() {
    return token;
  }

  public String sentence() {
    return sentence;
  }
}

package dev.rekey.operation;

/** Who gets in over a vault's public endpoint. */
public enum Openness {
  ALL_NETWORKS("open to all networks"),
  SELECTED_NETWORKS("open to selected networks only"),
  CLOSED("closed to the public");

  private final String sentence;

  Openness(String sentence) {
    this.sentence = sentence;
  }

  public String sentence() {
    return sentence;
  }
}

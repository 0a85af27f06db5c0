package dev.rekey.key;

/**
 * A text that is not the full URL of a key version in a vault of the cloud. Its message names form
 * and remedy, and never quotes the text.
 */
public final class InvalidKeyId extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /** What is wrong with it. */
  public enum Problem {
    FORM("not the URL of a key version"),
    FOREIGN_HOST("the host is no vault of this cloud");

    private final String sentence;

    Problem(String sentence) {
      this.sentence = sentence;
    }
  }

  private final Problem problem;

  InvalidKeyId(Problem problem, Cloud cloud) {
    super(
        problem.sentence
            + "; expected https://<vault>."
            + cloud.vaultSuffix()
            + "/keys/<name>/<version>, as printed by: az keyvault key show --query key.kid");
    this.problem = problem;
  }

  public Problem problem() {
    return problem;
  }
}

package dev.rekey.operation;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A whole version of Kubernetes, such as 1.27.9: what an upgrade is asked for by. */
public record KubernetesVersion(int major, int minor, int patch) {
  /** What it looks like, for whoever has to type one. */
  public static final String FORM = "<major>.<minor>.<patch>, such as 1.27.9";

  private static final String NUMBER = "(0|[1-9]\\d{0,3})";
  private static final Pattern WHOLE = Pattern.compile(NUMBER + "\\." + NUMBER + "\\." + NUMBER);

  /** Reads one; empty if the text is none, such as {@code 1.27}, which leaves the patch to AKS. */
  public static Optional<KubernetesVersion> of(@Nullable String text) {
    Matcher version = WHOLE.matcher(text == null ? "" : text);
    return version.matches()
        ? Optional.of(
            new KubernetesVersion(
                number(version.group(1)), number(version.group(2)), number(version.group(3))))
        : Optional.empty();
  }

  private static int number(String digits) {
    return Integer.parseInt(digits);
  }

  public MinorVersion minorVersion() {
    return new MinorVersion(major, minor);
  }

  /**
   * Whether AKS takes a cluster there in one upgrade: to the next minor version, neither further
   * nor back.
   *
   * @param running the version that runs, as ARM shows it
   */
  public boolean isNextAfter(String running) {
    return MinorVersion.of(running)
        .map(MinorVersion::next)
        .filter(minorVersion()::equals)
        .isPresent();
  }

  @Override
  public String toString() {
    return major + "." + minor + "." + patch;
  }
}
